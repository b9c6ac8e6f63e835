import Cloud
import Display
import Simulation

/// A scaling decision, slot by slot.
enum ScalingReasons {
  static func output(_ action: ScalingAction) -> Output {
    let decision = action.decision
    let after = decision.before + action.added.count - action.removed.count
    let head: StyledText = """
      \(action.name, .accent) at \(Text.time(action.time), .value): \(action.policy, .strong), \
      \(Text.count(decision.before)) → \(Text.count(after, "server"), .strong)
      """
    let columns = [
      Table.Column("  slot", priority: 9), Table.Column("rule", priority: 7),
      Table.Column("result", .right, priority: 8),
    ]
    let rows = decision.steps.map { step -> [StyledText] in
      let isIdle = step.rule == "none"
      return [
        "  \(step.slot, isIdle ? .dim : .plain)", StyledText(step.rule, isIdle ? .dim : .plain),
        StyledText(step.result, isIdle ? .dim : .value),
      ]
    }
    var last: [StyledText] = [ResultCard.row("because", StyledText(decision.reason))]
    if !action.added.isEmpty {
      last.append(
        ResultCard.row("asked for", "\(Text.servers(action.added), .accent)"))
    }
    if !action.removed.isEmpty {
      last.append(
        ResultCard.row("gave back", "\(Text.servers(action.removed), .accent)"))
    }
    if let size = decision.size {
      last.append(ResultCard.row("size", StyledText("\(size.target.words), \(size.mode.rawValue)")))
    }
    if !action.resized.isEmpty {
      last.append(ResultCard.row("resized", "\(Text.servers(action.resized), .accent)"))
    }
    let steps = decision.steps.map { step -> JSON in
      ["slot": .string(step.slot), "rule": .string(step.rule), "result": .string(step.result)]
    }
    let result: JSON = [
      "why": [
        "id": .string(action.name), "time": .number(action.time.seconds),
        "scaler": .string(action.scaler), "policy": .string(action.policy),
        "before": .int(decision.before), "after": .int(after), "reason": .string(decision.reason),
        "steps": .array(steps), "added": .array(action.added.map { .string($0.name) }),
        "removed": .array(action.removed.map { .string($0.name) }),
        "size": JSON(decision.size), "resized": .array(action.resized.map { .string($0.name) }),
      ]
    ]
    return Output(result, [.lines([head]), .table(Table(columns, rows: rows)), .lines(last)])
  }
}

extension JSON {
  /// The size that servers should have, or null.
  init(_ size: ServerSize?) {
    self = size.map { ["cpu": .int($0.target.cpu), "memory": .int($0.target.memory)] } ?? .null
  }
}
