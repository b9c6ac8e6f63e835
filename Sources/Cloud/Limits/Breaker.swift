/// Turns requests away while as many are open, or wait, as may be: a circuit breaker.
public struct Breaker: Limit {
  /// The name it is typed by.
  public static let name = "breaker"
  /// What it does, in a sentence.
  public static let summary = "So many requests open at once, and so many waiting."
  /// What `help` says.
  public static let details = StrategyDetails(
    rule: """
      A try is limited while max-requests tries are on the servers or at the balancer, or \
      max-pending of them wait. A try whose client has left counts as long as a server has it.
      """,
    source: "Envoy, circuit breakers of a cluster: max_requests, max_pending_requests, 1024 each.",
    ties: "None. No draws.",
    failure: "One number for a fleet that grows is soon too small, or too large.",
    lesson: "22")
  /// What can be set.
  public static var parameters: [Parameter<Self>] {
    [
      Parameter("max-requests", \.maxRequests, in: 1...1_000_000_000, "Requests open at once."),
      Parameter("max-pending", \.maxPending, in: 1...1_000_000_000, "Requests waiting at once."),
    ]
  }
  /// What it is about.
  public static var kind: LimitKind { .breaker }
  /// Why a request is turned away.
  public static var refusal: Refusal { .tooMany }

  /// Tries at most on servers and at the balancer, by default as Envoy.
  public var maxRequests = 1024
  /// Tries at most that wait, by default as Envoy.
  public var maxPending = 1024

  /// Envoy's defaults.
  public init() {}

  /// Whether one more may be there, and wait.
  public mutating func admits(_ applicant: Applicant, among crowd: Crowd) -> Bool {
    crowd.open < maxRequests && crowd.waiting < maxPending
  }
}
