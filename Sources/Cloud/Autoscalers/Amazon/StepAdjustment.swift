/// What to do when the metric is so far beyond the threshold (Amazon EC2 Auto Scaling).
public struct StepAdjustment: Hashable, Sendable {
  /// Where it begins, as metric − threshold; nil for no end.
  public var lower: Double?
  /// Where it ends; nil for no end.
  public var upper: Double?
  /// The change, in the policy's kind.
  public var amount: Double

  /// A step.
  public init(from lower: Double?, to upper: Double?, _ amount: Double) {
    self.lower = lower
    self.upper = upper
    self.amount = amount
  }

  /// Whether it is for a metric that differs so much from the threshold.
  ///
  /// Over the threshold the lower bound belongs to the step, under it the upper one.
  func holds(_ difference: Double, isUpward: Bool) -> Bool {
    let (lower, upper) = (lower ?? -.infinity, upper ?? .infinity)
    return isUpward
      ? lower <= difference && difference < upper : lower < difference && difference <= upper
  }
}

/// Steps beyond an alarm's threshold, the further the larger (Amazon EC2 Auto Scaling).
///
/// Source: EC2 Auto Scaling user guide, "Step scaling adjustments".
public struct StepPolicy: Hashable, Sendable {
  /// The alarm's threshold, which the bounds are relative to.
  public var threshold: Double
  /// Whether it is for metrics over the threshold.
  public var isUpward: Bool
  /// What the amounts mean.
  public var kind: Adjustment.Kind
  /// The fewest servers of a change by per cent.
  public var minimumMagnitude: Int
  /// The steps; they neither overlap nor leave a gap.
  public var steps: [StepAdjustment]

  /// Steps over or under a threshold.
  public init(
    threshold: Double, isUpward: Bool, _ kind: Adjustment.Kind = .percent,
    minimumMagnitude: Int = 0, _ steps: [StepAdjustment]
  ) {
    self.threshold = threshold
    self.isUpward = isUpward
    self.kind = kind
    self.minimumMagnitude = minimumMagnitude
    self.steps = steps
  }

  /// The change for a metric; nil when no step is for it.
  public func adjustment(for metric: Double) -> Adjustment? {
    let difference = metric - threshold
    return steps.first { $0.holds(difference, isUpward: isUpward) }.map {
      Adjustment(kind, $0.amount, minimumMagnitude: minimumMagnitude)
    }
  }
}
