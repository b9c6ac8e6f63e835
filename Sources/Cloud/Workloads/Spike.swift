public import Simulation

/// A rate that leaps to another, higher or lower, and back after a while.
///
/// With a lower one it is an outage on the clients' side, and their return.
public struct Spike: Hashable, Sendable, RateCurve {
  /// Requests per second before and after.
  public let base: Double
  /// Requests per second in between.
  public let peak: Double
  /// When it leaps, counted from the start of the load.
  public let start: Duration
  /// How long it stays there.
  public let length: Duration

  /// A leap and the way back; rates are held to 0 … 10⁹ a second.
  public init(
    base: Double, peak: Double, start: Duration = .seconds(60), length: Duration = .seconds(240)
  ) {
    self.base = base.asRate
    self.peak = peak.asRate
    self.start = max(.zero, start)
    self.length = max(.zero, length)
  }

  /// Requests per second, so many seconds after the start of the load.
  public func rate(at seconds: Double) -> Double { bound(from: seconds).rate }

  func bound(from seconds: Double) -> (rate: Double, until: Double) {
    let end = start.seconds + length.seconds
    if seconds < start.seconds { return (base, start.seconds) }
    return seconds < end ? (peak, end) : (base, .infinity)
  }
}
