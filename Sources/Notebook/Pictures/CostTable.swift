import Cloud
import Display
import Simulation

/// Money and the server-time it bought, from the world's start to now; and what the last run cost
/// and gave.
enum CostTable {
  static func output(_ state: State) -> Output {
    let world = state.world
    let time = world.serverTime
    let completed = world.servers.reduce(0) { $0 + $1.completed }
    let booting = max(.zero, time.rented - time.served - time.pooled)
    let idle = max(.zero, time.served - time.busy)
    let unused = max(.zero, time.billed - time.rented)
    // By the request no server is paid, and what came before the rule is not counted.
    let isByRequest = if case .perRequest = world.billing { true } else { false }
    let whole = max(time.billed, time.rented)
    let waste =
      time.billed > .zero && !isByRequest ? 1 - min(1, time.busy / time.billed) : nil
    let perThousand =
      completed > 0 && !isByRequest ? time.dollars / Double(completed) * 1000 : nil
    let result: JSON = [
      "cost": [
        "total": .number(time.dollars), "hourly": .number(world.hourlyDollars),
        "billed": .number(time.billed.seconds), "rented": .number(time.rented.seconds),
        "booting": .number(booting.seconds), "pooled": .number(time.pooled.seconds),
        "busy": .number(time.busy.seconds),
        "idle": .number(idle.seconds), "completed": .int(completed),
        "perThousand": JSON(perThousand), "waste": JSON(waste),
      ], "run": state.runs.last.map { $0.measurement.json(name: $0.name) } ?? .null,
    ]
    guard whole > .zero else {
      return Output(
        result,
        line: "nothing was paid yet: \(Text.count(world.rented, "server")) rented, no time passed")
    }
    let parts: [(String, Simulation.Duration)] = [
      ("busy", time.busy), ("idle", idle), ("booting", booting), ("pooled", time.pooled),
      ("paid, not used", unused),
    ]
    let bars = parts.filter { $0.1 > .zero }.map { name, part in
      Bars.Bar(
        StyledText(name), part.seconds,
        text:
          "\(Text.time(part), .value)  \(Text.percent(part / whole).leftPadding(toCells: 6))")
    }
    let head: StyledText = """
      \(Text.dollars(time.dollars), .value) for \(Text.time(time.billed)) of \
      \(isByRequest ? "requests" : "server-time") \
      (\(world.billing.words))
      """
    var last: StyledText = "\(Text.dollars(world.hourlyDollars), .value) per hour now"
    if let perThousand {
      last = "\(Text.dollars(perThousand), .value) per thousand completed, " + last
    }
    if let waste {
      last += "; \(Text.percent(waste), waste > 0.5 ? .warning : .value) bought no work"
    }
    let blocks: [Block] = [.lines([head]), .bars(Bars(bars: bars)), .lines([last])]
    return Output(result, blocks + (state.runs.last.map { [.table(table(of: $0))] } ?? []))
  }

  /// What a run cost, what it gave, and what the machines did meanwhile.
  private static func table(of run: Run) -> Table {
    let measurement = run.measurement
    let economics = measurement.economics
    let elasticity = economics.elasticity
    let over = measurement.counts.completed + measurement.counts.lost
    var rows: [[StyledText]] = []
    func add(_ label: String, _ text: StyledText) { rows.append([StyledText(label), text]) }
    var cost: StyledText = "\(Text.dollars(economics.dollars), .value)"
    if let share = economics.dollarsPerThousand {
      cost += ", \(Text.dollars(share), .value) per thousand good requests"
    }
    add("cost", cost)
    var good: StyledText = """
      \(Text.count(economics.good), .value) of \(Text.count(over)) within \(Text.time(economics.limit))
      """
    if let p99 = measurement.latency.percentile(99) {
      good += ", p99 \(Display.Quantity.duration(ns: p99), .value)"
    }
    if let goodput = economics.goodput { good += ", goodput \(Text.rate(goodput), .value)" }
    add("good", good)
    let minutes = economics.minutesOutOfObjective
    add("missed", "over 1% in \(Text.count(minutes, "minute"), minutes > 0 ? .bad : .value)")
    let phases = Phase.allCases.filter { economics.times[$0] > .zero }
    add(
      "servers",
      phases.isEmpty
        ? "none"
        : StyledText(
          phases.map { "\($0.words) \(Text.time(economics.times[$0]))" }.joined(separator: ", ")))
    if let share = economics.wasteShare {
      add(
        "waste",
        "\(Text.time(economics.waste)) billed and not at work, \(Text.percent(share), .value)")
    }
    add(
      "supply",
      """
      \(Text.time(elasticity.underProvisioned), .value) of servers missing, \
      \(Text.time(elasticity.overProvisioned), .value) too many
      """)
    let catchUp = elasticity.timeToCapacity.map { ", enough after \(Text.time($0))" } ?? ""
    add("scaled", "\(Text.count(economics.actions, "time"), .value)\(catchUp)")
    add(
      "owned",
      """
      \(Text.dollars(economics.owned), .value) for the peak of \
      \(Text.count(economics.peak, "server")) all the time
      """)
    return Table([Table.Column(run.name), Table.Column("")], rows: rows)
  }
}

extension String {
  /// The text with blanks before it up to a number of cells.
  func leftPadding(toCells cells: Int) -> String {
    String(repeating: " ", count: max(0, cells - self.cells)) + self
  }
}
