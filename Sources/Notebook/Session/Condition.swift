import Cloud
import Simulation

/// An expression that a run waits for.
///
/// What holds now, and counters, are tested after every event; percentiles, shares and rates, which
/// every instant changes a little, at ticks.
struct Condition: Sendable {
  let expression: Expression
  /// Whether it asks for something measured.
  private let isMeasured: Bool
  /// Whether that is more than counters.
  private let isTicked: Bool

  /// Time between two tests of percentiles, shares and rates.
  static let tick = Simulation.Duration.milliseconds(100)

  init(_ expression: Expression) {
    self.expression = expression
    let references = expression.names.map { Reference($0.text) }
    isMeasured = references.contains { $0?.isMeasured ?? true }
    isTicked = references.contains { reference in
      switch reference {
      case .measured(let named): named.entry.unit != .number
      case .server(_, .measured(let named)): named.entry.unit != .number
      case .present, .server(_, .present), .run: false
      case nil: true
      }
    }
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
      if isTicked {
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
    guard isMeasured else { return expression.holds { environment.value(of: $0) } }
    environment.measurement = environment.world.measurement
    // Given up before the world goes on, which would else copy the histograms at the next event.
    defer { environment.measurement = nil }
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
