public import Simulation

/// Says whether a try that came to nothing may be sent again.
///
/// Without one, three layers that each retry three times turn a request into 64.
public protocol RetryBudget: Limit {
  /// Hears that a first try is sent.
  mutating func deposit(at now: Instant)
  /// Whether a retry may be sent now; if so, it is paid for.
  mutating func withdraw(at now: Instant) -> Bool
  /// Hears how a try ended, a first one or a retry.
  mutating func heard(_ outcome: Outcome, isRetry: Bool, at now: Instant)
}

extension RetryBudget {
  /// One budget is enough.
  public static var kind: LimitKind { .retry }

  /// It turns nobody away: what is not sent again ends as it was lost.
  public static var refusal: Refusal { .noServer }

  /// Outcomes do not matter, by default.
  public mutating func heard(_ outcome: Outcome, isRetry: Bool, at now: Instant) {}
}
