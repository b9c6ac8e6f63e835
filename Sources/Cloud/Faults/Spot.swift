public import Simulation

/// The terms of a spot machine: cheaper, and taken back at short notice.
///
/// Source: Amazon EC2 Spot, whose notice is two minutes; the price varies with the market, and 30 %
/// is an illustration. Google's and Azure's give 30 s.
public struct Spot: Hashable, Sendable {
  /// The share of the price that is paid, from 0 to 1.
  public var share: Double
  /// Time from the notice to the end.
  public var notice: Duration
  /// Time from the launch to the notice, in nanoseconds, drawn for each life; nil for no end.
  ///
  /// A hazard of 5 % an hour is an exponential lifetime of 20 hours.
  public var lifetime: Distribution?

  /// Terms; by default 30 % of the price, two minutes, and no end by itself.
  public init(share: Double = 0.3, notice: Duration = .minutes(2), lifetime: Distribution? = nil) {
    self.share = share
    self.notice = notice
    self.lifetime = lifetime
  }
}
