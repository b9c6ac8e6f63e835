/// Threshold rules with Azure Monitor's care against flapping.
///
/// Out if any rule for more holds; in if all rules for fewer do, and then only so far that no rule
/// for more would hold at the smaller size, the load being the same: sizes from the wanted one up
/// are tried, and if none will do, nothing happens. Never applied on the way out.
///
/// Source: Azure Monitor documentation, "Flapping in autoscale".
public struct AzureProfile: Hashable, Sendable {
  /// A metric of one instance on one side of a threshold.
  public struct Rule: Hashable, Sendable {
    /// The metric's name.
    public var metric: String
    /// On which side of the threshold it holds.
    public var comparison: Comparison
    /// The threshold.
    public var threshold: Double

    /// A rule.
    public init(_ metric: String, _ comparison: Comparison, _ threshold: Double) {
      self.metric = metric
      self.comparison = comparison
      self.threshold = threshold
    }
  }

  /// A metric's mean over the instances.
  public struct Reading: Hashable, Sendable {
    /// The metric's name.
    public var metric: String
    /// The mean over the instances.
    public var value: Double

    /// A metric's mean over the instances.
    public init(_ metric: String, _ value: Double) {
      self.metric = metric
      self.value = value
    }
  }

  /// What the rules come to.
  public enum Outcome: Hashable, Sendable {
    /// No rule holds.
    case none
    /// So many instances, more than there are.
    case out(Int)
    /// So many instances, fewer than there are; partial if more than were wanted.
    case `in`(Int, isPartial: Bool)
    /// Fewer were wanted, and any fewer would have called for more again.
    case flapAvoided
  }

  /// Rules of which any calls for more.
  public var out: [Rule]
  /// How many more.
  public var outChange: Int
  /// Rules of which all call for fewer.
  public var `in`: [Rule]
  /// How many fewer, as a positive number.
  public var inChange: Int

  /// Rules.
  public init(out: [Rule], by outChange: Int, in inRules: [Rule], by inChange: Int) {
    self.out = out
    self.outChange = outChange
    self.in = inRules
    self.inChange = inChange
  }

  /// What the rules come to.
  ///
  /// Complexity: O(change × rules).
  public func decide(_ instances: Int, _ readings: [Reading], fewest: Int = 1) -> Outcome {
    func holds(_ rule: Rule, at size: Int) -> Bool {
      guard let reading = readings.first(where: { $0.metric == rule.metric }) else { return false }
      let projected =
        size == instances
        ? reading.value : reading.value * Double(instances) / Double(max(1, size))
      return rule.comparison.holds(projected, rule.threshold)
    }
    if out.contains(where: { holds($0, at: instances) }) { return .out(instances &+ outChange) }
    guard !`in`.isEmpty, `in`.allSatisfy({ holds($0, at: instances) }) else { return .none }
    let wanted = max(fewest, instances - inChange)
    guard wanted < instances else { return .none }
    for size in wanted..<instances where !out.contains(where: { holds($0, at: size) }) {
      return .in(size, isPartial: size > wanted)
    }
    return .flapAvoided
  }
}
