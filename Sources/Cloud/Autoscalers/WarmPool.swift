/// Servers kept stopped behind a group, up to the most it may have (Amazon EC2 Auto Scaling).
///
/// Source: EC2 Auto Scaling user guide, "Warm pools".
public struct WarmPool: Hashable, Sendable {
  /// The most in the group and the pool together; nil for the group's own most.
  public var maxPrepared: Int?

  /// A pool.
  public init(maxPrepared: Int? = nil) { self.maxPrepared = maxPrepared }

  /// Servers in the pool beside so many in the group.
  public func size(desired: Int, most: Int) -> Int { max(0, (maxPrepared ?? most) - desired) }
}
