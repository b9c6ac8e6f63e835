/// nginx's least_conn: the fewest requests for the weight, with passive health.
public struct NginxLeastConnections: NginxLeast {
  /// The name it is typed by.
  public static let name = "nginx.least-conn"
  /// What it does, in a sentence.
  public static let summary = "The fewest requests for its weight; turns among equals."
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

  package var peers = NginxPeers()
  var cost: ActiveByWeight { ActiveByWeight() }

  /// Nobody with credit or failures.
  public init() {}
}
