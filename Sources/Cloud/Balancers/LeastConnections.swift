/// The server with the fewest requests for its weight.
public struct LeastConnections: Composed {
  /// The name it is typed by.
  public static let name = "least-connections"
  /// What it does, in a sentence.
  public static let summary = "The server with the fewest requests for its weight."
  /// What `help` says.
  public static let details = StrategyDetails(
    rule: "Take the least active ÷ weight; active are the requests in service and waiting.",
    source: "nginx, ngx_http_upstream_least_conn_module.c.",
    ties: """
      Smooth weighted round robin among the tied, and only they gain credit. Quotients are \
      compared by cross products. No draws.
      """,
    failure: """
      A server that fails fast has few requests and so gets them all; news that is late sends \
      everybody to the same server.
      """,
    lesson: "07")

  var rule = Least(ActiveByWeight(), among: Everyone(), ties: SmoothTurns())

  /// Nobody with credit.
  public init() {}
}
