public import Simulation

/// Lets retries pass while more than half of the tokens are there.
///
/// A try that came to nothing takes one token, an answer brings a part of one; in whole
/// thousandths, so the ratio counts to three decimals. Source: gRFC A6.
public struct RetryThrottle: RetryBudget {
  /// In thousandths.
  private let most: Int
  private let gain: Int
  private var tokens: Int

  /// Full, with so many tokens.
  public init(maxTokens: Int = 10, tokenRatio: Double = 0.1) {
    most = min(max(1, maxTokens), 1_000_000) * 1000
    gain = Int(min(max(0, tokenRatio), 1_000_000) * 1000 + 1e-9)
    tokens = most
  }

  /// A first try is free.
  public mutating func deposit(at now: Instant) {}

  /// Whether retries pass; the token was taken when the try came to nothing.
  public mutating func withdraw(at now: Instant) -> Bool { tokens > most / 2 }

  /// Takes a token for a failure, brings a part of one for an answer.
  public mutating func heard(_ outcome: Outcome, isRetry: Bool, at now: Instant) {
    tokens = outcome == .answered ? min(most, tokens + gain) : max(0, tokens - 1000)
  }
}
