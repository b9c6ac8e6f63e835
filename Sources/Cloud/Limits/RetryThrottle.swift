public import Simulation

/// Lets retries pass while more than half of the tokens are there.
///
/// A try that came to nothing takes one token, an answer brings a part of one; in whole
/// thousandths, so the ratio counts to three decimals. Source: gRFC A6.
public struct RetryThrottle: RetryBudget {
  /// The name it is typed by.
  public static let name = "retry-throttle"
  /// What it does, in a sentence.
  public static let summary = "No retries while failures outweigh the answers."
  /// What `help` says.
  public static let details = StrategyDetails(
    rule: """
      A failure takes a token, an answer brings token-ratio of one, at most max-tokens; a retry is \
      sent while more than half of them are there.
      """,
    source: "gRFC A6, retryThrottling; its example has 10 tokens and a ratio of 0.1.",
    ties: "None. No draws.",
    failure: "While most tries fail there are no retries at all, not even of lucky ones.",
    lesson: "22")
  /// What can be set.
  public static var parameters: [Parameter<Self>] {
    [
      Parameter("max-tokens", \.maxTokens, in: 1...1000, "Tokens at most, as at the start."),
      Parameter("token-ratio", \.tokenRatio, .number(0.001...1000), "Tokens an answer brings."),
    ]
  }

  /// Tokens at most.
  public var maxTokens: Int
  /// Tokens that an answer brings.
  public var tokenRatio: Double
  /// In thousandths.
  private var missing = 0

  /// Full, with the tokens of the source's example.
  public init() { self.init(maxTokens: 10) }

  /// Full, with so many tokens.
  public init(maxTokens: Int, tokenRatio: Double = 0.1) {
    self.maxTokens = maxTokens
    self.tokenRatio = tokenRatio
  }

  /// In thousandths.
  private var most: Int { min(max(1, maxTokens), 1_000_000) * 1000 }

  private var gain: Int {
    tokenRatio > 0 ? Int(min(tokenRatio, 1_000_000) * 1000 + 1e-9) : 0
  }

  /// A first try is free.
  public mutating func deposit(at now: Instant) {}

  /// Whether retries pass; the token was taken when the try came to nothing.
  public mutating func withdraw(at now: Instant) -> Bool { most - missing > most / 2 }

  /// Takes a token for a failure, brings a part of one for an answer.
  public mutating func heard(_ outcome: Outcome, isRetry: Bool, at now: Instant) {
    if outcome == .cancelled { return }
    missing = outcome == .answered ? max(0, missing - gain) : min(most, missing + 1000)
  }
}
