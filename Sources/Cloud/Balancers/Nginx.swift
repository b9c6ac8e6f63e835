public import Simulation

/// nginx's default: smooth weighted round robin with passive health.
public struct Nginx: Balancer {
  /// The name it is typed by.
  public static let name = "nginx"
  /// What it does, in a sentence.
  public static let summary = "Smooth turns by weight, with nginx's view of health."
  /// Backups are part of its rule.
  public static var ownsPriorities: Bool { true }
  /// Requests that no server accepts are turned away: nginx has no queue.
  public static var queues: Bool { false }
  /// What `help` says.
  public static let details = StrategyDetails(
    rule: """
      Every usable server gains its effective weight as credit, the one with the most credit is \
      taken and pays the sum. A failure takes weight ÷ max-fails off the effective weight, each \
      round gives 1 back; after max-fails failures a server is left out while \
      now - checked ≤ fail-timeout, in whole seconds, and then probed by one request. A success \
      forgets failures only if the last of them came before the check; an error that answers the \
      last try is none. All left out: no server. \
      Servers of a priority above 0 are backups.
      """,
    source: "nginx 1.22, src/http/ngx_http_upstream_round_robin.c.",
    ties: "Equal credit: the first in declared order. No draws.",
    failure: """
      A server that returns gets its share back slowly; when all have failed nobody is asked until \
      the timeout is over; looks at each server for each pick.
      """,
    lesson: "07")
  /// What can be set.
  public static var parameters: [Parameter<Self>] {
    [
      Parameter("max-fails", \.maxFails, in: 0...1000, "Failures that put a server out; 0: never."),
      Parameter(
        "fail-timeout", \.failTimeout, .duration(0...86_400),
        "How long a server that failed is left out."),
    ]
  }
  /// Outcomes are how it learns.
  public static var listens: Bool { true }
  /// It finds out by itself that a server is down.
  public static var ownsHealth: Bool { true }
  /// One marked `down` is still one of its servers.
  public static var seesAside: Bool { true }

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
  private var peers = NginxPeers()

  /// Nobody with credit or failures.
  public init() {}

  /// The most credit among usable servers; O(n).
  public mutating func pick(
    for request: borrowing Request, from view: borrowing View, using random: inout RandomStream
  ) -> Int? {
    peers.pick(NoCost(), turnsAlone: true, in: view)
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

  /// What it knows of each server.
  public func explain(
    _ request: borrowing Request, from view: borrowing View, using random: RandomStream
  ) -> Explanation {
    peers.explain(NoCost(), turnsAlone: true, in: view)
  }
}
