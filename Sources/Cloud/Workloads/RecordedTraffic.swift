import Simulation

/// Arrivals taken from a recording, at a fraction or a multiple of their number.
public struct RecordedTraffic: Hashable, Sendable {
  /// What was recorded.
  public var trace: Trace
  /// Where it came from, as the user named it.
  public var source: String
  /// Requests sent for each recorded one.
  public var factor: Double

  /// A recording, sent `factor` times.
  public init(_ trace: Trace, source: String, factor: Double = 1) {
    self.trace = trace
    self.source = source
    self.factor = factor
  }
}
