import Cloud
import Display
import Simulation

/// Money and the server-time it bought, from the world's start to now.
enum CostTable {
  static func output(_ world: World) -> Output {
    let time = world.serverTime
    let completed = world.servers.reduce(0) { $0 + $1.completed }
    let booting = max(.zero, time.rented - time.served)
    let idle = max(.zero, time.served - time.busy)
    let unused = max(.zero, time.billed - time.rented)
    let waste = time.billed > .zero ? 1 - min(1, time.busy / time.billed) : nil
    let perThousand = completed > 0 ? time.dollars / Double(completed) * 1000 : nil
    let result: JSON = [
      "cost": [
        "total": .number(time.dollars), "hourly": .number(world.hourlyDollars),
        "billed": .number(time.billed.seconds), "rented": .number(time.rented.seconds),
        "booting": .number(booting.seconds), "busy": .number(time.busy.seconds),
        "idle": .number(idle.seconds), "completed": .int(completed),
        "perThousand": JSON(perThousand), "waste": JSON(waste),
      ]
    ]
    guard time.billed > .zero else {
      return Output(
        result,
        line: "nothing was paid yet: \(Text.count(world.rented, "server")) rented, no time passed")
    }
    let parts: [(String, Simulation.Duration)] = [
      ("busy", time.busy), ("idle", idle), ("booting", booting), ("paid, not used", unused),
    ]
    let bars = parts.filter { $0.1 > .zero }.map { name, part in
      Bars.Bar(
        StyledText(name), part.seconds,
        text:
          "\(Text.time(part), .value)  \(Text.percent(part / time.billed).leftPadding(toCells: 6))")
    }
    let head: StyledText = """
      \(Text.dollars(time.dollars), .value) for \(Text.time(time.billed)) of server-time \
      (\(world.billing.words))
      """
    var last: StyledText = "\(Text.dollars(world.hourlyDollars), .value) per hour now"
    if let perThousand {
      last = "\(Text.dollars(perThousand), .value) per thousand completed, " + last
    }
    if let waste {
      last += "; \(Text.percent(waste), waste > 0.5 ? .warning : .value) bought no work"
    }
    return Output(result, [.lines([head]), .bars(Bars(bars: bars)), .lines([last])])
  }
}

extension String {
  /// The text with blanks before it up to a number of cells.
  func leftPadding(toCells cells: Int) -> String {
    String(repeating: " ", count: max(0, cells - self.cells)) + self
  }
}
