import Simulation

/// An amount of each resource: thousandths of a core, and bytes.
///
/// Source: kubernetes/autoscaler, `pkg/recommender/model/types.go`: whole numbers from 0 to 10¹⁴.
package struct ResourceAmounts: Hashable, Sendable {
  package var milliCores: Int
  package var bytes: Int

  package init(milliCores: Int, bytes: Int) {
    self.milliCores = milliCores
    self.bytes = bytes
  }

  /// So many cores and bytes, without fractions of the units.
  package init(cores: Double, bytes: Double) {
    milliCores = Self.amount(cores * 1000)
    self.bytes = Self.amount(bytes)
  }

  /// Both times a factor.
  func scaled(by factor: Double) -> Self {
    Self(
      milliCores: Self.amount(Double(milliCores) * factor),
      bytes: Self.amount(Double(bytes) * factor))
  }

  private static func amount(_ number: Double) -> Int { Int(within: min(max(0, number), 1e14)) }
}

/// How much of each resource a history calls for: a percentile, a margin, and what is owed to how
/// little is known.
///
/// Source: kubernetes/autoscaler, `pkg/recommender/logic/estimator.go` and `recommender.go`.
package struct SizeEstimator: Hashable, Sendable {
  /// The share of the history that is to be enough.
  package var percentile: Double
  /// The share that is added.
  package var margin: Double
  /// Both are then multiplied by (1 + multiplier ÷ confidence)^exponent; 0 multiplies by nothing.
  package var multiplier: Double
  package var exponent: Double

  package init(percentile: Double, margin: Double, multiplier: Double = 0, exponent: Double = 1) {
    self.percentile = percentile
    self.margin = margin
    self.multiplier = multiplier
    self.exponent = exponent
  }

  /// What a history calls for, of which there are so many intervals.
  package func estimate(_ history: UsageHistory, confidence: Double) -> ResourceAmounts {
    confident(
      withMargin(
        ResourceAmounts(
          cores: history.cores.percentile(percentile), bytes: history.peaks.percentile(percentile))),
      confidence)
  }

  /// The margin added.
  package func withMargin(_ base: ResourceAmounts) -> ResourceAmounts {
    let extra = base.scaled(by: margin)
    return ResourceAmounts(
      milliCores: base.milliCores + extra.milliCores, bytes: base.bytes + extra.bytes)
  }

  /// Multiplied by what little confidence calls for.
  package func confident(_ base: ResourceAmounts, _ confidence: Double) -> ResourceAmounts {
    multiplier == 0 ? base : base.scaled(by: factor(confidence))
  }

  /// (1 + multiplier ÷ confidence)^exponent.
  package func factor(_ confidence: Double) -> Double {
    Elementary.pow(1 + multiplier / confidence, exponent)
  }
}

/// The size a history calls for, between bounds inside which nothing need be done.
///
/// Source: kubernetes/autoscaler, `pkg/recommender/logic/recommender.go`.
package struct SizeRecommender: Hashable, Sendable {
  package var target = SizeEstimator(percentile: 0.9, margin: 0.15)
  package var lower = SizeEstimator(
    percentile: 0.5, margin: 0.15, multiplier: 0.001, exponent: -2)
  package var upper = SizeEstimator(percentile: 0.95, margin: 0.15, multiplier: 1)
  /// The interval that confidence is counted in: a day.
  package var interval: Double = 86400
  /// What a pod gets at least, shared by its containers: `--pod-recommendation-min-cpu-millicores`
  /// and `--pod-recommendation-min-memory-mb`.
  package var minimum = ResourceAmounts(milliCores: 25, bytes: 250 * 1024 * 1024)

  package init() {}

  /// A target and its bounds.
  package struct Recommendation: Hashable, Sendable {
    package var target: ResourceAmounts
    package var lower: ResourceAmounts
    package var upper: ResourceAmounts
  }

  /// What a container of a pod with so many containers should have.
  package func recommendation(_ history: UsageHistory, containers: Int = 1) -> Recommendation {
    let confidence = history.confidence(per: Duration(seconds: interval))
    return Recommendation(
      target: atLeastMinimum(
        target.estimate(history, confidence: confidence), containers: containers),
      lower: atLeastMinimum(
        lower.estimate(history, confidence: confidence), containers: containers),
      upper: atLeastMinimum(
        upper.estimate(history, confidence: confidence), containers: containers))
  }

  /// No less than a container's share of the minimum.
  package func atLeastMinimum(_ amounts: ResourceAmounts, containers: Int) -> ResourceAmounts {
    let least = minimum.scaled(by: 1 / Double(max(1, containers)))
    return ResourceAmounts(
      milliCores: max(amounts.milliCores, least.milliCores), bytes: max(amounts.bytes, least.bytes))
  }
}
