/// A change of capacity: so many, a share, or to a number (Amazon EC2 Auto Scaling).
///
/// Source: EC2 Auto Scaling user guide, "Scaling adjustment types".
public struct Adjustment: Hashable, Sendable {
  /// What the amount means.
  public enum Kind: String, CaseIterable, Sendable {
    /// Servers more, or fewer.
    case change
    /// Per cent of what there is, more or less.
    case percent
    /// The number of servers there are to be.
    case exact
  }

  /// What the amount means.
  public var kind: Kind
  /// The amount: servers, or per cent.
  public var amount: Double
  /// The fewest servers that a change by per cent means, when it means any.
  public var minimumMagnitude: Int

  /// A change of capacity.
  public init(_ kind: Kind, _ amount: Double, minimumMagnitude: Int = 0) {
    self.kind = kind
    self.amount = amount
    self.minimumMagnitude = minimumMagnitude
  }

  /// Whole servers of a share: towards zero, but at least one unless it is nothing.
  public static func rounded(_ change: Double) -> Int {
    let whole = Int(serversFor: change.magnitude.rounded(.down))
    let size = change.magnitude > 0 ? max(1, whole) : 0
    return change < 0 ? -size : size
  }

  /// The servers it comes to, none below zero.
  public func capacity(from current: Int) -> Int {
    switch kind {
    case .exact: return Int(serversFor: amount.rounded(.toNearestOrAwayFromZero))
    case .change:
      let whole = Int(serversFor: amount.magnitude.rounded(.down))
      return max(0, amount < 0 ? current - whole : current &+ whole)
    case .percent:
      var change = Self.rounded(Double(current) * amount / 100)
      if change != 0, change.magnitude < minimumMagnitude {
        change = change < 0 ? -minimumMagnitude : minimumMagnitude
      }
      return max(0, current &+ change)
    }
  }
}
