import Cloud
import Simulation

/// An expression that a run waits for.
///
/// What holds now is tested after every event; what is measured, such as a percentile, at ticks.
struct Condition: Sendable {
  let expression: Expression
  /// Whether it asks for nothing that is measured.
  private let isOfThePresent: Bool

  /// Time between two tests of something measured.
  static let tick = Simulation.Duration.milliseconds(100)

  init(_ expression: Expression) {
    self.expression = expression
    isOfThePresent = expression.names.allSatisfy { Reference($0.text)?.isMeasured == false }
  }

  /// Advances a world until it holds, for at most a budget of events; `due` keeps the next tick
  /// from one part to the next, so that parts of any size test at the same instants.
  func advance(_ world: inout World, runs: [Run], events: Int, due: inout Instant?) -> Engine.Exit {
    // The world moves into the environment, so that no second owner makes every event copy it.
    var environment = Environment(world: World(), runs: runs)
    swap(&world, &environment.world)
    defer { swap(&world, &environment.world) }
    let end = environment.world.position.clampedSum(events)
    while environment.world.position < end {
      if due == nil, holds(in: &environment) { return .stopped }
      var stop = Stop(position: environment.world.position + 1)
      if !isOfThePresent {
        if due == nil, environment.world.isIdle { return .idle }
        due = due ?? environment.world.now + Self.tick
        stop = Stop(time: due)
      }
      let exit = environment.world.advance(until: stop, budget: end - environment.world.position)
      if exit == .idle || exit == .full { return exit }
      if exit == .stopped { due = nil }
    }
    return .budget
  }

  private func holds(in environment: inout Environment) -> Bool {
    if !isOfThePresent { environment.measurement = environment.world.measurement }
    return expression.holds { environment.value(of: $0) }
  }
}

extension Session {
  /// Reads an expression that a run waits for.
  func condition(_ call: Call, _ name: String) throws(Diagnostic) -> Condition {
    Condition(try call.condition(name, scope: state.scope))
  }

  /// Advances until a condition holds.
  mutating func advance(until condition: Condition, events: Int, due: inout Instant?)
    -> Engine.Exit
  {
    condition.advance(&state.world, runs: state.runs, events: events, due: &due)
  }
}
