import Cloud
import Display
import Simulation

/// What was measured so far, as a table.
enum RunTable {
  static func output(_ runs: [Run]) -> Output {
    let result: JSON = ["runs": .array(runs.map { $0.measurement.json(name: $0.name) })]
    guard !runs.isEmpty else {
      return Output(
        result, line: "nothing was measured yet; \("run 60s", .command) lets a minute pass")
    }
    let columns = [
      Table.Column("run", priority: 9), Table.Column("balancer", priority: 3),
      Table.Column("length", .right, priority: 4), Table.Column("completed", .right, priority: 6),
      Table.Column("lost", .right, priority: 5), Table.Column("mean", .right, priority: 7),
      Table.Column("p99", .right, priority: 8),
    ]
    let rows = runs.map { run -> [StyledText] in
      let measurement = run.measurement
      let lost = measurement.counts.lost
      return [
        StyledText(run.name, .accent), StyledText(measurement.balancer),
        StyledText(Text.time(measurement.duration)),
        StyledText(Text.count(measurement.counts.completed), .value),
        StyledText(Text.count(lost), lost > 0 ? .bad : .dim),
        StyledText(measurement.latency.mean.map { Text.seconds($0 / 1e9) } ?? "–", .value),
        StyledText(
          measurement.latency.percentile(99).map { Text.seconds(Double($0) / 1e9) } ?? "–", .value),
      ]
    }
    return Output(result, [.table(Table(columns, rows: rows, foldedBeyond: 20))])
  }
}

extension Measurement.Counts {
  /// Requests that got no answer.
  var lost: Int { failed + refused + timedOut + limited }
}
