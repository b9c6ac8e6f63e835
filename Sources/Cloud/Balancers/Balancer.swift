public import Simulation

/// Chooses the server for each request.
///
/// A balancer is a value: its state travels with forks and steps back. It sees the fleet through a
/// ``View`` and draws chance only from the stream it is handed.
public protocol Balancer: Strategy {
  /// The place in the view of the server that takes the request; nil when none accepts it.
  ///
  /// The view is never empty. A server that does not accept (``View/accepts(_:)``) is not chosen.
  mutating func pick(
    for request: borrowing Request, from view: borrowing View, using random: inout RandomStream
  ) -> Int?

  /// Called when a try leaves a server, or did not get into it; nothing by default.
  ///
  /// The request's time is when this try was sent; the latency counts from then.
  mutating func finished(
    _ request: borrowing Request, on server: ServerID, _ outcome: Outcome, after latency: Duration)

  /// Called when a request that waited is given to the server that became free, without a pick;
  /// nothing by default.
  mutating func assigned(_ request: borrowing Request, to server: ServerID)

  /// Called, once an instant, after the servers or their weights changed; nothing by default.
  mutating func changed(_ view: borrowing View)

  /// Whether ``finished(_:on:_:after:)`` is to be called at all; false by default.
  static var listens: Bool { get }

  /// What `pick` would do now and why; names the server that `pick` returns.
  func explain(_ request: borrowing Request, from view: borrowing View, using random: RandomStream)
    -> Explanation

  /// Runs the engine with this balancer: one dynamic call a command, the loop specialised for it.
  mutating func drive(_ engine: inout Engine, until stop: Stop, budget: Int) -> Engine.Exit
}

extension Balancer {
  /// Nothing to learn from a finish.
  @inlinable
  public mutating func finished(
    _ request: borrowing Request, on server: ServerID, _ outcome: Outcome, after latency: Duration
  ) {}

  /// Nothing to learn from a request that was not picked for.
  @inlinable
  public mutating func assigned(_ request: borrowing Request, to server: ServerID) {}

  /// Nothing is kept about the fleet.
  @inlinable
  public mutating func changed(_ view: borrowing View) {}

  /// Finishes are not listened to.
  @inlinable
  public static var listens: Bool { false }

  /// The loop of the engine, specialised for this balancer.
  public mutating func drive(_ engine: inout Engine, until stop: Stop, budget: Int) -> Engine.Exit {
    engine.run(&self, until: stop, budget: budget)
  }
}
