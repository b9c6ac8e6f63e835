package import Simulation

/// What nginx's rules share: its own view of health, whose parameters every rule takes.
package protocol NginxRule: Balancer {
  /// What is known of the servers.
  var peers: NginxPeers { get set }
}

extension NginxRule {
  /// Requests that no server accepts are turned away: nginx has no queue.
  public static var queues: Bool { false }
  /// Outcomes are how it learns.
  public static var listens: Bool { true }
  /// It finds out by itself that a server is down.
  public static var ownsHealth: Bool { true }
  /// One marked `down` is still one of its servers.
  public static var seesAside: Bool { true }

  /// What can be set: its health, unless a rule says more.
  public static var parameters: [Parameter<Self>] { healthParameters }

  /// How it finds out that a server is down.
  static var healthParameters: [Parameter<Self>] {
    [
      Parameter("max-fails", \.maxFails, in: 0...1000, "Failures that put a server out; 0: never."),
      Parameter(
        "fail-timeout", \.failTimeout, .duration(0...86_400),
        "How long a server that failed is left out."),
    ]
  }

  /// Failures after which a server is left out; 0 is never.
  public var maxFails: Int {
    get { peers.maxFails }
    set { peers.maxFails = newValue }
  }

  /// Seconds for which it is left out, rounded down.
  public var failTimeout: Double {
    get { peers.failTimeout }
    set { peers.failTimeout = newValue }
  }

  /// Counts the servers.
  public mutating func changed(_ changes: FleetChanges, in view: borrowing View) {
    peers.changed(view)
  }

  /// Counts failures.
  public mutating func finished(
    _ request: borrowing Request, on server: ServerID, _ outcome: Outcome, after latency: Duration
  ) {
    peers.finished(request, on: server, outcome, after: latency)
  }
}
