public import Simulation

/// nginx's `least_time last_byte`: the least time for the weight, with passive health.
public struct NginxLeastTime: NginxLeast {
  /// The name it is typed by.
  public static let name = "nginx.least-time"
  /// What it does, in a sentence.
  public static let summary = "The least response time × connections for its weight."
  /// What `help` says.
  public static let details = StrategyDetails(
    rule: """
      Take the least t × (1 + active) ÷ weight. An answer of v ms makes the average \
      ⌊0.5 + 0.05 v + 0.95 average⌋, the first one v. A server not checked for s > fail-timeout \
      seconds has its average halved ⌊s ÷ (fail-timeout + 1)⌋ times. t is 5000 above that, else \
      the next multiple of 20 ms. Only answers count. Health is as with nginx. Servers of a \
      priority above 0 are backups.
      """,
    source: "nginx 1.31, ngx_http_upstream_least_time_module.c, without `inflight`.",
    ties: "Smooth weighted round robin among the tied. No draws.",
    failure: """
      A newcomer counts as 20 ms whatever the others take, so it gets everything until its own \
      requests or answers say otherwise.
      """,
    lesson: "07")

  package var peers = NginxPeers()
  private(set) var cost = NginxTime()

  /// With nothing heard.
  public init() {}

  /// Counts failures and times answers.
  public mutating func finished(
    _ request: borrowing Request, on server: ServerID, _ outcome: Outcome, after latency: Duration
  ) {
    if outcome == .answered { cost.hear(latency, from: server) }
    peers.finished(request, on: server, outcome, after: latency)
  }
}
