public import Simulation

/// A rate that rises or falls evenly from one to another and stays there.
public struct Ramp: Hashable, Sendable, RateCurve {
  /// Requests per second at the start.
  public let from: Double
  /// Requests per second at the end and after it.
  public let to: Double
  /// How long it takes.
  public let length: Duration

  /// A rise or a fall; rates are held to 0 … 10¹² a second.
  public init(from: Double, to: Double, over length: Duration = .seconds(600)) {
    self.from = from.asRate
    self.to = to.asRate
    self.length = length
  }

  /// Requests per second, so many seconds after the start of the load.
  public func rate(at seconds: Double) -> Double {
    seconds < length.seconds ? from + (to - from) * max(0, seconds) / length.seconds : to
  }

  func bound(from seconds: Double) -> (rate: Double, until: Double) {
    seconds < length.seconds ? (max(from, to), length.seconds) : (to, .infinity)
  }
}
