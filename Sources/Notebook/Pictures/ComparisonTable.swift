import Cloud
import Display
import Simulation

/// Runs beside each other, with what differs from the first.
enum ComparisonTable {
  static func output(_ runs: [Run]) -> Output {
    let same = runs.allSatisfy { $0.measurement.traffic == runs.first?.measurement.traffic }
    let oracle = same ? runs.first { $0.isForeseen }?.measurement.economics : nil
    let result: JSON = [
      "runs": .array(
        runs.map { run in
          let json = run.measurement.json(name: run.name)
          guard case .object(let members) = json, let oracle else { return json }
          let regret = run.measurement.economics.regret(against: oracle)
          return .object(members + [JSON.Member("regret", .number(regret))])
        }), "sameRequests": .bool(same),
    ]
    let scales = Set(runs.map { $0.start.autoscalers.map(\.words) }).count > 1
    let economics = scales ? economicMetrics(oracle) : []
    // Of few a column each, where all their names have room.
    let table =
      runs.count <= 3 && runs.reduce(0, { $0 + $1.name.count }) <= 40
      ? byMetric(runs, metrics + economics)
      : byRun(runs, scales ? scalingMetrics(economics) : metrics, scales: scales)
    var head = head(runs, same: same)
    if scales, let limit = runs.first?.measurement.economics.limit {
      head += "; good within \(Text.time(limit))"
    }
    return Output(result, [.lines([head]), .table(table)])
  }

  /// Whether they met the same requests: the first question about any comparison.
  private static func head(_ runs: [Run], same: Bool) -> StyledText {
    guard let first = runs.first?.measurement else { return "" }
    if same {
      let requests = Text.count(first.counts.arrived, "request")
      return """
        \("the same \(requests)", .good) in \(Text.time(first.duration)), seed \(first.seed)
        """
    }
    let seeds = Set(runs.map(\.measurement.seed)).count > 1
    let lengths = Set(runs.map(\.measurement.duration)).count > 1
    let why =
      seeds ? "the seeds differ" : lengths ? "they lasted differently long" : "the loads differ"
    return "\("not the same requests", .warning): \(why), so differences may be chance"
  }

  fileprivate struct Metric: Sendable {
    var title: String
    var short: String
    var priority = 5
    var compares = true
    var unit: Display.Quantity.Unit
    var value: @Sendable (Measurement) -> Double?
  }

  private static let metrics: [Metric] = [
    Metric(title: "latency mean", short: "mean", priority: 6, unit: .seconds) {
      $0.latency.mean.map { $0 / 1e9 }
    },
    Metric(title: "latency p50", short: "p50", priority: 3, unit: .seconds) { $0.p(50) },
    Metric(title: "latency p95", short: "p95", priority: 1, unit: .seconds) { $0.p(95) },
    Metric(title: "latency p99", short: "p99", priority: 9, unit: .seconds) { $0.p(99) },
    Metric(title: "latency max", short: "max", priority: 4, unit: .seconds) { $0.p(100) },
    Metric(title: "completed", short: "done", priority: 2, unit: .count) {
      Double($0.counts.completed)
    },
    Metric(title: "lost", short: "lost", priority: 8, unit: .count) { Double($0.counts.lost) },
    Metric(title: "servers at the end", short: "servers", priority: 5, unit: .count) {
      Double($0.servers.count { $0.server.state == .inService })
    },
    Metric(title: "utilisation", short: "busy", priority: 4, compares: false, unit: .ratio) {
      $0.utilisation
    },
    Metric(title: "cost", short: "cost", priority: 7, unit: .dollars) { $0.cost },
  ]

  /// What tells autoscalers apart beside what any run has.
  private static func economicMetrics(_ oracle: RunEconomics?) -> [Metric] {
    [
      Metric(title: "goodput", short: "goodput", priority: 8, compares: false, unit: .perSecond) {
        $0.economics.goodput
      },
      Metric(title: "scaling actions", short: "actions", priority: 8, compares: false, unit: .count)
      { Double($0.economics.actions) },
      Metric(title: "regret", short: "regret", priority: 8, compares: false, unit: .dollars) {
        measurement in oracle.map { measurement.economics.regret(against: $0) }
      },
    ]
  }

  /// What matters where fleets grow and shrink: the money first, and what it bought.
  private static func scalingMetrics(_ economics: [Metric]) -> [Metric] {
    func old(_ names: [String]) -> [Metric] {
      names.compactMap { name in metrics.first { $0.short == name } }
    }
    let quiet = old(["mean", "p50", "p95", "max", "done"]).map { metric in
      var metric = metric
      metric.priority = min(metric.priority, 2)
      return metric
    }
    return quiet + old(["cost", "p99"]) + economics + old(["lost", "servers", "busy"])
  }

  /// A row for each metric, a column for each run: for two or three runs.
  private static func byMetric(_ runs: [Run], _ metrics: [Metric]) -> Table {
    var columns = [Table.Column("", priority: 9)]
    for (index, run) in runs.enumerated() {
      columns.append(Table.Column(run.name, .right, priority: 8))
      if index > 0 { columns.append(Table.Column("", .right, priority: 8)) }
    }
    let rows = metrics.compactMap { metric -> [StyledText]? in
      let values = runs.map { metric.value($0.measurement) }
      guard values.contains(where: { $0 != nil }) else { return nil }
      if metric.short == "lost", values.allSatisfy({ $0 == 0 }) { return nil }
      var row: [StyledText] = [StyledText(metric.title, metric.priority == 9 ? .strong : .plain)]
      for (index, value) in values.enumerated() {
        row.append(text(value, metric))
        if index > 0 { row.append(change(from: values[0], to: value, metric)) }
      }
      return row
    }
    return Table(columns, rows: rows)
  }

  /// A row for each run: for many.
  ///
  /// Beside what autoscalers cost and do, a change against the first says little: it leaves before
  /// a value does, and before a name is cut short.
  private static func byRun(_ runs: [Run], _ metrics: [Metric], scales: Bool) -> Table {
    let shown = metrics.filter { metric in
      metric.priority > 2
        && (metric.short != "lost" || runs.contains { metric.value($0.measurement) ?? 0 > 0 })
        && runs.contains { metric.value($0.measurement) != nil }
        && (metric.short != "servers"
          || Set(runs.map { metric.value($0.measurement) }).count > 1)
    }
    var columns = [Table.Column("", priority: 9, isWhole: scales)]
    for metric in shown {
      columns.append(Table.Column(metric.short, .right, priority: metric.priority))
      if metric.isMain { columns.append(Table.Column("", .right, priority: scales ? 3 : 6)) }
    }
    let rows = runs.map { run -> [StyledText] in
      var row: [StyledText] = [StyledText(run.name, .accent)]
      for metric in shown {
        let value = metric.value(run.measurement)
        row.append(text(value, metric))
        guard metric.isMain else { continue }
        let first = runs.first.flatMap { metric.value($0.measurement) }
        row.append(run.name == runs.first?.name ? "" : change(from: first, to: value, metric))
      }
      return row
    }
    return Table(columns, rows: rows)
  }

  private static func text(_ value: Double?, _ metric: Metric) -> StyledText {
    guard let value else { return StyledText("–", .dim) }
    let text =
      metric.unit == .count ? Text.count(Int(value)) : Display.Quantity.text(value, metric.unit)
    return StyledText(text, metric.short == "lost" && value > 0 ? .bad : .value)
  }

  /// The change in percent; green where less is better and it is less.
  private static func change(from old: Double?, to new: Double?, _ metric: Metric) -> StyledText {
    guard metric.compares, let old, let new else { return "" }
    if metric.unit == .count {
      let difference = Int(new - old)
      if difference == 0 { return StyledText("same", .dim) }
      let sign = difference < 0 ? "−" : "+"
      let isBetter = (difference < 0) != (metric.short == "done")
      return StyledText(sign + Text.count(abs(difference)), isBetter ? .good : .bad)
    }
    let text = Change.percent(from: old, to: new)
    if text == "same" { return StyledText(text, .dim) }
    return StyledText(text, new < old ? .good : .bad)
  }
}

extension ComparisonTable.Metric {
  /// Whether a table of many runs shows its change.
  fileprivate var isMain: Bool { short == "p99" || short == "cost" }
}

extension Run {
  /// Whether it was scaled by one that knew the future.
  fileprivate var isForeseen: Bool { start.autoscalers.contains { $0.policy is Oracle } }
}

extension Measurement {
  /// A percentile of latency in seconds.
  fileprivate func p(_ percent: Double) -> Double? {
    latency.percentile(percent).map { Double($0) / 1e9 }
  }
}
