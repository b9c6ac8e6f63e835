public import Simulation

/// A rate that rises or falls evenly from one to another and stays there.
public struct Ramp: Hashable, Sendable, RateCurve {
  /// Requests per second at the start.
  public let from: Double
  /// Requests per second at the end and after it.
  public let to: Double
  /// How long it takes.
  public let length: Duration

  /// A rise or a fall; rates are held to 0 … 10⁹ a second.
  public init(from: Double, to: Double, over length: Duration = .seconds(600)) {
    self.from = from.asRate
    self.to = to.asRate
    self.length = length
  }

  /// Requests per second, so many seconds after the start of the load.
  public func rate(at seconds: Double) -> Double {
    seconds < length.seconds ? from + (to - from) * max(0, seconds) / length.seconds : to
  }

  // As far as the rate about doubles or halves, or one request is to be expected: however long and
  // steep the ramp, a candidate is then kept about every other time.
  func bound(from seconds: Double) -> (rate: Double, until: Double) {
    guard seconds < length.seconds else { return (to, .infinity) }
    let present = rate(at: seconds)
    let slope = ((to - from) / length.seconds).magnitude
    let share = to < from ? 0.5 : 1
    let stretch = slope > 0 ? max(share * present / slope, (2 / slope).squareRoot()) : .infinity
    let until = min(length.seconds, seconds + stretch)
    return (max(present, rate(at: until)), until)
  }
}
