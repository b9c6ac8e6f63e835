/// Servers kept stopped behind a group, up to the most it may have (Amazon EC2 Auto Scaling).
///
/// Source: EC2 Auto Scaling user guide, "Warm pools".
public struct WarmPool: Hashable, Sendable {
  /// Fewest in the pool, however many the group has.
  public var least: Int
  /// The most in the group and the pool together; nil for the group's own most.
  public var maxPrepared: Int?

  /// A pool.
  public init(least: Int = 0, maxPrepared: Int? = nil) {
    self.least = least
    self.maxPrepared = maxPrepared
  }

  /// Servers in the pool beside so many in the group.
  public func size(desired: Int, most: Int) -> Int {
    max(0, least, (maxPrepared ?? most) - desired)
  }
}
