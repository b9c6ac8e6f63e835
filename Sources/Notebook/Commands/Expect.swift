import Cloud
import Display
import Simulation

/// `expect`: says whether a condition holds.
package enum Expect: Command {
  package static let spec = Spec(
    "expect", group: "experiment", "Check a condition.",
    positionals: [
      Parameter(
        "condition", .expression(.measurement), "what is to hold", required: true,
        example: "latency.p99 < 300ms"),
      Parameter("message", .text, "what to say when it does not", keyword: "else"),
    ],
    examples: [
      Example("expect latency.p99 < 300ms", "99% of the last run took less than 300ms"),
      Example("expect failed == 0 and servers <= 5", "both"),
      Example(
        "expect queue < 10 else {queue} requests wait", "with words of your own"),
    ],
    details: [
      "Measurements are of the last run or send, states are of now. In the message each "
        + "expression in braces becomes its value."
    ],
    synonyms: ["assert", "verify"])
  package static let effect = CommandEffect.looks

  package static func start(_ call: Call, in session: inout Session, on host: any Host)
    throws(Diagnostic) -> Activity
  {
    let environment = session.state.environment
    let condition = try call.condition("condition", scope: session.state.scope)
    let holds = try environment.value(of: condition).isTrue
    let names = condition.names.map { ($0.text, environment.value(of: $0)) }
    guard holds else {
      let failure = Failure(of: condition, in: call.source, environment)
      guard call.has("message") else {
        throw Diagnostic(failure.sentence, at: failure.range)
      }
      let message = try call.template("message", scope: session.state.scope)
        .text(in: { environment.value(of: $0) }, format: \.shown)
      throw Diagnostic(message, at: failure.range, help: failure.sentence)
    }
    if call.has("message") {
      _ = try call.template("message", scope: session.state.scope)
    }
    var line: StyledText = "\("holds", .good)"
    for (index, (name, value)) in names.enumerated() {
      guard let value else { continue }
      line += "\(index == 0 ? ": " : ", ")\(name) is \(value.shown, .value)"
    }
    let values = names.map { JSON.Member($0, JSON(quantity: $1)) }
    return .done(Output(["holds": true, "values": .object(values)], line: line))
  }
}

extension JSON {
  /// A value, or null when there is none.
  init(quantity: Quantity?) { self = quantity?.json ?? .null }
}

/// The part of a condition that does not hold, and by how much.
private struct Failure {
  var range: Range<Int>
  var sentence: String

  init(of condition: Expression, in source: String, _ environment: Environment) {
    let node = Self.culprit(condition.root, environment)
    range = node.range
    sentence = Self.sentence(node, condition, Source(source), environment)
  }

  /// The first part that is to hold and does not; all of it where no single part is at fault.
  private static func culprit(
    _ node: Expression.Node, _ environment: Environment
  ) -> Expression.Node {
    guard case .binary(.and, let left, let right) = node.operation else { return node }
    return culprit(environment.value(of: left)?.isTrue == true ? right : left, environment)
  }

  private static func sentence(
    _ node: Expression.Node, _ condition: Expression, _ source: Source,
    _ environment: Environment
  ) -> String {
    func text(_ node: Expression.Node) -> String { source.text(node.range) }
    /// What was measured: "latency.p99 is 2.51s".
    func measured(_ node: Expression.Node) -> String {
      let value = environment.value(of: node)?.shown ?? "–"
      return text(node) == value ? value : "\(text(node)) is \(value)"
    }
    /// What was wanted: "300ms", or "servers * 2, 8".
    func wanted(_ node: Expression.Node) -> String {
      if case .literal = node.operation { return text(node) }
      return "\(text(node)), \(environment.value(of: node)?.shown ?? "–")"
    }
    switch node.operation {
    case .binary(let joining, let left, let right) where joining.compares:
      var sentence = "\(measured(left)), not \(joining.rawValue) \(wanted(right))"
      if joining == .equal { sentence = "\(measured(left)), not \(wanted(right))" }
      if joining == .unequal { sentence = "\(measured(left)), as it should not be" }
      guard let one = environment.value(of: left), let other = environment.value(of: right),
        joining != .unequal, one.unit.isNumeric
      else { return sentence }
      return sentence + distance(one, other.value)
    case .isWord(let name, let word):
      return "\(name.text) is \(environment.value(of: name)?.shown ?? "–"), not \(word)"
    case .within(let value, let low, let high):
      var sentence = "\(measured(value)), not in \(text(low))..\(text(high))"
      guard let one = environment.value(of: value), let least = environment.value(of: low),
        let most = environment.value(of: high)
      else { return sentence }
      sentence += distance(one, one.value < least.value ? least.value : most.value)
      return sentence
    default:
      let values = condition.names.map { name in
        "\(name.text) is \(environment.value(of: name)?.shown ?? "–")"
      }
      let facts = values.isEmpty ? "" : "; " + values.joined(separator: ", ")
      return "'\(text(node))' does not hold\(facts)"
    }
  }

  /// How far a value is off, unless that says nothing new.
  private static func distance(_ value: Quantity, _ goal: Double) -> String {
    let off = Quantity(abs(value.value - goal), value.unit)
    guard off.value > 0, goal != 0 else { return "" }
    return value.value > goal ? ": \(off.shown) too much" : ": \(off.shown) too little"
  }
}

extension Expression.Operator {
  fileprivate var compares: Bool { binding == 4 }
}
