public import Simulation

/// nginx `least_time last_byte`.
public struct NginxLeastTime: Composed {
  /// The name it is typed by.
  public static let name = "nginx.least-time"
  /// What it does, in a sentence.
  public static let summary = "The least response time × connections for its weight."
  /// Requests that no server accepts are turned away: nginx has no queue.
  public static var queues: Bool { false }
  /// What `help` says.
  public static let details = StrategyDetails(
    rule: """
      Take the least t × (1 + active) ÷ weight. An answer of v ms makes the average \
      ⌊0.5 + 0.05 v + 0.95 average⌋, the first one v. A server not asked for s > fail-timeout \
      seconds has its average halved ⌊s ÷ (fail-timeout + 1)⌋ times. t is 5000 above that, else \
      the next multiple of 20 ms. Only answers count.
      """,
    source: "nginx 1.31, ngx_http_upstream_least_time_module.c, without `inflight`.",
    ties: "Smooth weighted round robin among the tied. No draws.",
    failure: """
      A newcomer counts as 20 ms whatever the others take, so it gets everything until its own \
      requests or answers say otherwise.
      """,
    lesson: "07")
  /// What can be set.
  public static var parameters: [Parameter<Self>] {
    [
      Parameter(
        "fail-timeout", \.failTimeout, .duration(0...86_400),
        "How long a time holds unheard; whole seconds.")
    ]
  }

  var rule = Least(NginxTime(), among: Everyone(), ties: SmoothTurns())

  /// For how many seconds a time is taken as it is; whole ones.
  public var failTimeout: Double {
    get { Double(rule.cost.failTimeout) }
    set { rule.cost.failTimeout = Int(min(max(0, newValue), 86_400)) }
  }

  /// With nothing heard.
  public init() {}

  /// It learns from answers.
  public static var listens: Bool { true }

  /// The server with the least time; its silence is over.
  public mutating func pick(
    for request: borrowing Request, from view: borrowing View, using random: inout RandomStream
  ) -> Int? {
    guard let place = rule.pick(for: request, from: view, using: &random) else { return nil }
    rule.cost.check(view.id(place), at: view.now)
    return place
  }

  /// Times an answer.
  public mutating func finished(
    _ request: borrowing Request, on server: ServerID, _ outcome: Outcome, after latency: Duration
  ) {
    if outcome == .answered { rule.cost.hear(latency, from: server) }
  }
}
