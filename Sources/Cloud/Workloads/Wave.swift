public import Simulation

/// A rate that goes up and down for ever: days and nights.
public struct Wave: Hashable, Sendable, RateCurve {
  /// How it goes from the one rate to the other.
  public enum Form: String, CaseIterable, Sendable {
    /// Gently, as a sine does, from the base at the start.
    case sine
    /// In leaps: half of the time at the base, then half at the peak.
    case square
  }

  /// Requests per second at the lowest.
  public let base: Double
  /// Requests per second at the highest.
  public let peak: Double
  /// The time from one low to the next.
  public let period: Duration
  /// How it goes from the one to the other.
  public let form: Form

  /// A wave that begins at its base; rates are held to 0 … 10⁹ a second, periods to a millisecond
  /// and more, so that an arrival is found soon.
  public init(
    base: Double, peak: Double, period: Duration = .seconds(600), form: Form = .sine
  ) {
    self.base = base.asRate
    self.peak = peak.asRate
    self.period = max(.milliseconds(1), period)
    self.form = form
  }

  /// Requests per second, so many seconds after the start of the load.
  public func rate(at seconds: Double) -> Double {
    let turns = seconds / period.seconds
    switch form {
    case .sine:
      return base + (peak - base) * (1 - Elementary.cosine(ofTurns: turns)) / 2
    case .square:
      return turns - turns.rounded(.down) < 0.5 ? base : peak
    }
  }

  // One bound for ever: a short period must not make the search long.
  func bound(from seconds: Double) -> (rate: Double, until: Double) {
    (max(base, peak), .infinity)
  }
}
