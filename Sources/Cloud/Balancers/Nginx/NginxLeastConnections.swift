public import Simulation

/// nginx's least_conn: the fewest requests for the weight, with passive health.
public struct NginxLeastConnections: NginxRule {
  /// The name it is typed by.
  public static let name = "nginx.least-conn"
  /// What it does, in a sentence.
  public static let summary = "The fewest requests for its weight; turns among equals."
  /// Backups are part of its rule.
  public static var ownsPriorities: Bool { true }
  /// What `help` says.
  public static let details = StrategyDetails(
    rule: """
      Of the usable servers take the least active ÷ weight. Health is as with nginx: after \
      max-fails failures a server is left out while now - checked ≤ fail-timeout, in whole seconds. \
      Servers of a priority above 0 are backups.
      """,
    source: "nginx 1.22, src/http/modules/ngx_http_upstream_least_conn_module.c.",
    ties: """
      Smooth weighted round robin by effective weight among the tied, and only they gain credit; \
      quotients are compared by cross products. No draws.
      """,
    failure: """
      A server that answers fast with wrong answers has few requests and so gets them all; what \
      counts as a failure decides everything.
      """,
    lesson: "10")
  /// What can be set.
  public static var parameters: [Parameter<Self>] { healthParameters }

  package var peers = NginxPeers()

  /// Nobody with credit or failures.
  public init() {}

  /// The fewest requests for the weight among usable servers; O(n).
  public mutating func pick(
    for request: borrowing Request, from view: borrowing View, using random: inout RandomStream
  ) -> Int? {
    peers.pick(ActiveByWeight(), turnsAlone: false, in: view)
  }

  /// What it knows of each server.
  public func explain(
    _ request: borrowing Request, from view: borrowing View, using random: RandomStream
  ) -> Explanation {
    peers.explain(ActiveByWeight(), turnsAlone: false, in: view)
  }
}
