import Cloud
import Display
import Simulation

/// What autoscalers changed, as a table.
enum DecisionTable {
  /// All since the world's start, or those of a run.
  static func output(_ actions: [ScalingAction], of run: String? = nil) -> Output {
    let all = actions.map { action -> JSON in
      [
        "id": .string(action.name), "time": .number(action.time.seconds),
        "before": .int(action.decision.before),
        "after": .int(action.decision.before + action.added.count - action.removed.count),
        "scaler": .string(action.scaler), "policy": .string(action.policy),
        "reason": .string(action.decision.reason),
        "size": JSON(action.decision.size),
      ]
    }
    let result: JSON = ["decisions": .array(all)]
    guard let first = actions.first else {
      if let run { return Output(result, line: "no autoscaler changed anything in \(run)") }
      return Output(
        result, line: "no autoscaler has changed anything; \("scale", .command) lists the policies")
    }
    let columns = [
      Table.Column("", priority: 9), Table.Column("time", .right, priority: 8),
      Table.Column("servers", .right, priority: 7), Table.Column("policy", priority: 1),
      Table.Column("because", priority: 6),
    ]
    let rows = actions.map { action -> [StyledText] in
      let after = action.decision.before + action.added.count - action.removed.count
      let before = action.decision.before
      let style: Style = after > before ? .warning : after < before ? .good : .plain
      return [
        StyledText(action.name, .accent), StyledText(Text.time(action.time)),
        "\(Text.count(before)) → \(Text.count(after), style)",
        StyledText(action.who), StyledText(action.decision.reason),
      ]
    }
    return Output(
      result,
      [
        .table(Table(columns, rows: rows, foldedBeyond: 20, wraps: true)),
        .note(
          "\("why \(first.name)\(run.map { " --of \($0)" } ?? "")", .command) shows every slot of a decision"
        ),
      ])
  }
}

extension ScalingAction {
  /// The policy, after its scaler's name where it was given one.
  var who: String { scaler == "main" ? policy : "\(scaler): \(policy)" }
}
