import Cloud

/// An expression that a run waits for.
struct Condition: Sendable {
  private let expression: Expression
  private let references: [Reference?]

  fileprivate init(_ expression: Expression) {
    self.expression = expression
    references = expression.names.map { Reference($0.text) }
  }

  /// Whether it holds in a world; bare measurements are since the measurement began.
  fileprivate func holds(in world: World, runs: [Run]) -> Bool {
    let measures = references.contains { $0?.isMeasured ?? false }
    let environment = Environment(
      world: world, measurement: measures ? world.measurement : nil, runs: runs)
    return expression.holds { name in references[name.index]?.value(in: environment) }
  }
}

extension Session {
  /// Reads an expression that a run waits for.
  func condition(_ source: String, in range: Range<Int>) throws(Diagnostic) -> Condition {
    let expression = try Expression(source, in: range, scope: state.scope)
    guard expression.isBoolean else {
      throw Diagnostic(
        "a run waits for a condition; '\(expression.text)' is \(expression.unit.noun)",
        at: expression.root.range, help: "compare it with something: run --until queue > 10")
    }
    return Condition(expression)
  }

  /// Advances event by event, for at most so many, until a condition holds.
  mutating func advance(until condition: Condition, events: Int) -> Engine.Exit {
    for _ in 0..<events {
      if condition.holds(in: world, runs: state.runs) { return .stopped }
      let position = state.world.position
      let exit = state.world.advance(until: Stop(position: position + 1))
      if state.world.position == position { return exit == .stopped ? .idle : exit }
    }
    return condition.holds(in: world, runs: state.runs) ? .stopped : .budget
  }
}
