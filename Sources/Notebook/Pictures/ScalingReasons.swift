import Cloud
import Display
import Simulation

/// A scaling decision, slot by slot.
enum ScalingReasons {
  /// A check: what it changed, or why nothing was changed.
  static func output(_ check: ScalingCheck) -> Output {
    if let action = check.action { return output(action) }
    let decision = check.decision
    let head: StyledText = """
      \(check.scaler, .accent) at \(Text.time(check.time), .value): \(check.policy, .strong), \
      \(Text.count(decision.before, "server"), .strong), no change
      """
    var last = [ResultCard.row("because", StyledText(decision.reason))]
    if decision.after != decision.before {
      let wanted =
        "it wants \(Text.count(decision.after)), another scaler wants as many as there are"
      last.append(ResultCard.row("but", StyledText(wanted)))
    }
    return card(
      head, decision, last,
      [
        JSON.Member("id", .null), JSON.Member("time", .number(check.time.seconds)),
        JSON.Member("scaler", .string(check.scaler)), JSON.Member("policy", .string(check.policy)),
        JSON.Member("before", .int(decision.before)), JSON.Member("after", .int(decision.before)),
      ])
  }

  /// What an autoscaler changed.
  static func output(_ action: ScalingAction) -> Output {
    let decision = action.decision
    let after = decision.before + action.added.count - action.removed.count
    let head: StyledText = """
      \(action.name, .accent) at \(Text.time(action.time), .value): \(action.who, .strong), \
      \(Text.count(decision.before)) → \(Text.count(after, "server"), .strong)
      """
    var last = [ResultCard.row("because", StyledText(decision.reason))]
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
    return card(
      head, decision, last,
      [
        JSON.Member("id", .string(action.name)), JSON.Member("time", .number(action.time.seconds)),
        JSON.Member("scaler", .string(action.scaler)),
        JSON.Member("policy", .string(action.policy)),
        JSON.Member("before", .int(decision.before)), JSON.Member("after", .int(after)),
        JSON.Member("added", .array(action.added.map { .string($0.name) })),
        JSON.Member("removed", .array(action.removed.map { .string($0.name) })),
        JSON.Member("resized", .array(action.resized.map { .string($0.name) })),
      ])
  }

  private static func card(
    _ head: StyledText, _ decision: Decision, _ last: [StyledText], _ members: [JSON.Member]
  ) -> Output {
    let columns = [
      Table.Column("  slot", priority: 9), Table.Column("in", .right, priority: 6),
      Table.Column("rule", priority: 7), Table.Column("out", .right, priority: 8),
    ]
    // What a slot takes is what the one before it gave.
    let inputs = [""] + decision.steps.map(\.result)
    let rows = zip(decision.steps, inputs).map { step, input -> [StyledText] in
      let isIdle = step.rule == "none"
      return [
        "  \(step.slot, isIdle ? .dim : .plain)", StyledText(input, .dim),
        StyledText(step.rule, isIdle ? .dim : .plain),
        StyledText(step.result, isIdle ? .dim : .value),
      ]
    }
    let steps = zip(decision.steps, inputs).map { step, input -> JSON in
      [
        "slot": .string(step.slot), "input": input.isEmpty ? .null : .string(input),
        "rule": .string(step.rule), "result": .string(step.result),
      ]
    }
    let why: JSON = .object(
      members + [
        JSON.Member("reason", .string(decision.reason)), JSON.Member("steps", .array(steps)),
        JSON.Member("size", JSON(decision.size)),
      ])
    return Output(
      ["why": why], [.lines([head]), .table(Table(columns, rows: rows, wraps: true)), .lines(last)])
  }
}

extension JSON {
  /// The size that servers should have, or null.
  init(_ size: ServerSize?) {
    self = size.map { ["cpu": .int($0.target.cpu), "memory": .int($0.target.memory)] } ?? .null
  }
}
