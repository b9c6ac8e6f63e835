public import Simulation

/// Lets as many retries be under way as a share of all tries under way.
///
/// A retry passes while fewer are under way than max(3, 20 % of active). Source: Envoy,
/// `retry_budget` of circuit breakers.
public struct RetryConcurrency: RetryBudget {
  /// The share of tries under way.
  public var share: Double
  /// How many may always be.
  public var least: Int
  private var active = 0
  private var retries = 0

  /// Nothing is under way.
  public init(share: Double = 0.2, least: Int = 3) {
    self.share = share
    self.least = least
  }

  /// A first try is under way.
  public mutating func deposit(at now: Instant) { active += 1 }

  /// Whether one more retry may be under way; if so, it is.
  public mutating func withdraw(at now: Instant) -> Bool {
    guard Double(retries) < max(Double(least), share * Double(active)) else { return false }
    retries += 1
    active += 1
    return true
  }

  /// A try is over.
  public mutating func heard(_ outcome: Outcome, isRetry: Bool, at now: Instant) {
    active = max(0, active - 1)
    if isRetry { retries = max(0, retries - 1) }
  }
}
