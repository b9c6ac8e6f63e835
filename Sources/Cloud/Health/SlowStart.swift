public import Simulation

/// How much of its weight a server has, a time after it came back.
public enum SlowStart: Hashable, Sendable {
  /// Sixteenths of the weight, in whole seconds, over a length. Source: HAProxy, `slowstart`.
  case sixteenths(over: Duration)
  /// (elapsed ÷ length)^(1 ÷ aggression), at least 10 %. Source: Envoy, `slow_start_config`.
  case power(over: Duration, aggression: Double)

  /// The share of the weight, above 0 and at most 1.
  public func factor(after elapsed: Duration) -> Double {
    switch self {
    case .sixteenths(let length):
      Double(Self.sixteenths(after: elapsed, of: length)) / 16
    case .power(let length, let aggression):
      Self.power(after: elapsed, of: length, aggression: aggression)
    }
  }

  /// HAProxy's sixteenths, 1 to 16: ⌊(16 × elapsed + length) ÷ length⌋ in whole seconds.
  public static func sixteenths(after elapsed: Duration, of length: Duration) -> Int {
    let elapsed = max(0, elapsed.nanoseconds / 1_000_000_000)
    let length = length.nanoseconds / 1_000_000_000
    guard elapsed < length else { return 16 }
    return Int(min(16, (16 * elapsed + length) / length))
  }

  /// A whole weight in so many sixteenths, rounded up as HAProxy does.
  public static func weight(_ weight: Int, sixteenths: Int) -> Int {
    let product = weight.multipliedReportingOverflow(by: min(max(1, sixteenths), 16))
    guard !product.overflow, product.partialValue <= .max - 15 else { return weight }
    return (product.partialValue + 15) / 16
  }

  /// A connection limit on the way, at least 1: whole percents of the length, in whole seconds.
  public static func maxconn(_ limit: Int, after elapsed: Duration, of length: Duration) -> Int {
    let elapsed = max(0, elapsed.nanoseconds / 1_000_000_000)
    let length = length.nanoseconds / 1_000_000_000
    guard elapsed < length else { return limit }
    let percent = Int(100 * elapsed / length)
    let product = limit.multipliedReportingOverflow(by: percent)
    return max(1, product.overflow ? limit / 100 * percent : product.partialValue / 100)
  }

  /// Envoy's factor; time counts in whole milliseconds, from 1 on.
  public static func power(
    after elapsed: Duration, of length: Duration, aggression: Double = 1, least: Double = 0.1
  ) -> Double {
    let elapsed = max(1, elapsed.nanoseconds / 1_000_000)
    let length = length.nanoseconds / 1_000_000
    guard elapsed < length else { return 1 }
    let share = Double(elapsed) / Double(length)
    guard aggression > 0, aggression != 1 else { return max(least, share) }
    return max(least, Elementary.pow(share, 1 / aggression))
  }
}
