import Cloud

/// An expression that a run waits for.
struct Condition: Sendable {
  let expression: Expression
}

extension Session {
  /// Reads an expression that a run waits for.
  func condition(_ source: String, in range: Range<Int>) throws(Diagnostic) -> Condition {
    Condition(expression: try Expression(source, in: range, scope: Scope([])))
  }

  /// Advances event by event until a condition holds.
  mutating func advance(until condition: Condition, events: Int) -> Engine.Exit { .stopped }
}
