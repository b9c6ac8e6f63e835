public import Simulation

/// Lets as many retries be under way as a share of all tries under way.
///
/// A retry passes while fewer are under way than max(3, 20 % of active). Source: Envoy,
/// `retry_budget` of circuit breakers.
public struct RetryConcurrency: RetryBudget {
  /// The name it is typed by.
  public static let name = "retry-concurrency"
  /// What it does, in a sentence.
  public static let summary = "Retries under way as a share of all tries under way."
  /// What `help` says.
  public static let details = StrategyDetails(
    rule: """
      A retry is sent while fewer are under way than max(min-retries, percent × tries under way). \
      A try is under way until it is answered or its client gives up.
      """,
    source: "Envoy, upstream/resource_manager_impl.h: retry_budget of circuit breakers.",
    ties: "None. No draws.",
    failure: "When everything hangs, a share of it is many.",
    lesson: "22")
  /// What can be set.
  public static var parameters: [Parameter<Self>] {
    [
      Parameter("percent", \.share, .ratio(0...1), "Retries among all tries under way."),
      Parameter("min-retries", \.least, in: 0...1_000_000, "How many may always be."),
    ]
  }

  /// The share of tries under way.
  public var share: Double
  /// How many may always be.
  public var least: Int
  private var active = 0
  private var retries = 0

  /// Envoy's defaults.
  public init() { self.init(share: 0.2) }

  /// Nothing is under way.
  public init(share: Double, least: Int = 3) {
    self.share = share
    self.least = least
  }

  /// So many tries are under way; which of them are retries is not known.
  public mutating func begin(open: Int, at now: Instant) { active = max(0, open) }

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
