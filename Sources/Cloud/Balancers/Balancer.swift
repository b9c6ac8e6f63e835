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

  /// Called every ``period``; nothing by default.
  mutating func tick(_ view: borrowing View)

  /// Whether levels of priority are part of its rule; else only servers of the first level that is
  /// well are in its view. False by default.
  static var ownsPriorities: Bool { get }

  /// How often ``tick(_:)`` is called; never by default.
  var period: Duration? { get }

  /// Called before the first pick and, once an instant, after servers or their weights changed;
  /// nothing by default.
  mutating func changed(_ changes: FleetChanges, in view: borrowing View)

  /// Whether ``finished(_:on:_:after:)`` is to be called at all; false by default.
  static var listens: Bool { get }

  /// Whether requests that no server accepts wait; else they are turned away. True by default.
  static var queues: Bool { get }

  /// Whether it may pick a server that has its `maxconn`: the request then waits for that server
  /// alone. False by default.
  static var waitsAtServer: Bool { get }

  /// Whether servers that come back take what waits themselves, in the order in which they come; else
  /// it is picked for. False by default.
  static var callsServers: Bool { get }

  /// Whether a request waits behind those that wait already, even if a server had room for it. False
  /// by default.
  static var queuesBehind: Bool { get }

  /// Which servers of a priority level above 0 serve when there is no other; nil by default: requests
  /// are spread over the levels by how many of their servers are well.
  var standbys: HAProxyBackups? { get }

  /// Whether it finds out by itself that a server is down: crashed servers then stay in its view.
  static var ownsHealth: Bool { get }

  /// Whether servers that are set aside stay in its view, where they accept nothing; else they leave
  /// it. False by default.
  static var seesAside: Bool { get }

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

  /// Nothing is to be done.
  @inlinable
  public mutating func assigned(_ request: borrowing Request, to server: ServerID) {}

  /// Nothing is to be done.
  @inlinable
  public mutating func tick(_ view: borrowing View) {}

  /// No ticks.
  @inlinable
  public var period: Duration? { nil }

  /// Requests wait.
  @inlinable
  public static var queues: Bool { true }

  /// Levels are chosen before it is asked.
  @inlinable
  public static var ownsPriorities: Bool { false }

  /// Full servers are not picked.
  @inlinable
  public static var waitsAtServer: Bool { false }

  /// The balancer is asked.
  @inlinable
  public static var callsServers: Bool { false }

  /// Each request is picked for.
  @inlinable
  public static var queuesBehind: Bool { false }

  /// Levels share the requests.
  @inlinable
  public var standbys: HAProxyBackups? { nil }

  /// Crashed servers leave the view at once.
  @inlinable
  public static var ownsHealth: Bool { false }

  /// Servers that are set aside leave the view.
  @inlinable
  public static var seesAside: Bool { false }

  /// Nothing is kept about the fleet.
  @inlinable
  public mutating func changed(_ changes: FleetChanges, in view: borrowing View) {}

  /// Finishes are not listened to.
  @inlinable
  public static var listens: Bool { false }

  /// The loop of the engine, specialised for this balancer.
  public mutating func drive(_ engine: inout Engine, until stop: Stop, budget: Int) -> Engine.Exit {
    engine.run(&self, until: stop, budget: budget)
  }
}
