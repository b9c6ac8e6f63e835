public import Simulation

/// Lets requests pass at a rate, and a burst of them at once.
///
/// A bucket holds at most `burst` tokens and gains `rate` a second; a request takes one. Counted in
/// whole 10⁻¹⁸ of a token, nanotokens per second × nanoseconds, so nothing is ever rounded.
public struct TokenBucket: Hashable, Sendable {
  private static let token: Int128 = 1_000_000_000_000_000_000

  /// Nanotokens a second, which is also 10⁻¹⁸ tokens a nanosecond.
  private let rate: Int128
  private let burst: Int128
  private var level: Int128
  private var last: Instant

  /// A full bucket; the rate is per second, to nine decimals and up to 10⁹; the burst is at least 1.
  public init(rate: Double, burst: Int, at now: Instant = .zero) {
    self.rate = Int128((min(max(0, rate), 1e9) * 1e9).rounded())
    self.burst = Int128(min(max(1, burst), 1_000_000_000)) * Self.token
    level = self.burst
    last = now
  }

  private func level(at now: Instant) -> Int128 {
    let elapsed = max(0, Int128(now.nanoseconds) - Int128(last.nanoseconds))
    return min(burst, level + elapsed * rate)
  }

  /// How many whole tokens there are.
  public func tokens(at now: Instant) -> Int { Int(level(at: now) / Self.token) }

  /// Whether a request passes; if so, it takes a token.
  public mutating func take(at now: Instant) -> Bool {
    level = level(at: now)
    last = max(last, now)
    guard level >= Self.token else { return false }
    level -= Self.token
    return true
  }

  /// When a request will pass, if none does before; never when the rate is zero and no token is left.
  public func next(at now: Instant) -> Instant {
    let missing = Self.token - level(at: now)
    if missing <= 0 { return now }
    guard rate > 0 else { return .max }
    return now + Duration(nanoseconds: Int64(clamping: (missing + rate - 1) / rate))
  }
}
