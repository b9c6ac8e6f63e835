public import Simulation

/// The rate of a flash sale: a base, a steep rise to a peak, an exponential decay back to the base.
public struct Sale: Hashable, Sendable, RateCurve {
  /// Requests per second before and long after.
  public var base: Double
  /// Requests per second at the top.
  public var peak: Double
  /// When the rise begins, counted from the start of the load.
  public var start: Duration
  /// How long the rise takes.
  public var rise: Duration
  /// The time in which the excess over the base halves.
  public var halfLife: Duration

  /// A sale that goes from a base to a peak.
  public init(
    base: Double, peak: Double, start: Duration = .seconds(60), rise: Duration = .seconds(60),
    halfLife: Duration = .seconds(120)
  ) {
    self.base = base
    self.peak = peak
    self.start = start
    self.rise = rise
    self.halfLife = halfLife
  }

  /// Requests per second, so many seconds after the start of the load.
  public func rate(at seconds: Double) -> Double {
    let after = seconds - start.seconds
    if after <= 0 { return base }
    if after < rise.seconds { return base + (peak - base) * after / rise.seconds }
    let halvings = (after - rise.seconds) / max(halfLife.seconds, 1e-9)
    return base + (peak - base) * Elementary.exp(-0.6931471805599453 * halvings)
  }

  func bound(from seconds: Double) -> (rate: Double, until: Double) {
    let top = (start + rise).seconds
    if seconds < start.seconds { return (base, start.seconds) }
    if seconds < top { return (max(base, peak), top) }
    let present = rate(at: seconds)
    if present >= base { return (present, .infinity) }
    if present >= base / 2 { return (base, .infinity) }
    let later = seconds + max(halfLife.seconds, 1e-9)
    return (rate(at: later), later)
  }
}
