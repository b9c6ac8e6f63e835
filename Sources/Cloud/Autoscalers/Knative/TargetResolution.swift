/// How much of the metric a pod should have, and how much it may have at most (Knative).
///
/// `target = max(0.01, total × share)`; `total` is the pod's own limit or the default. An
/// annotation may set another total, but none above what the container takes at once.
///
/// Source: knative/serving, `pkg/reconciler/autoscaling/resources/target.go`.
public struct TargetResolution: Hashable, Sendable {
  /// What is counted.
  public enum Metric: String, CaseIterable, Sendable {
    /// Requests in a pod at once.
    case concurrency
    /// Requests a second.
    case rps
  }

  /// What is counted.
  public var metric = Metric.concurrency
  /// Requests a container takes at once; 0 for no limit.
  public var containerConcurrency = 0
  /// A target that the user set; nil for the default.
  public var annotation: Double?
  /// The share of the total that the user asked for; nil for the default.
  public var utilization: Double?
  /// The share of the total to aim at, for concurrency.
  public var concurrencyShare = 0.7
  /// The total without any limit, for concurrency.
  public var concurrencyDefault = 100.0
  /// The total for requests a second.
  public var rpsDefault = 200.0
  /// The share of the total to aim at, for requests a second.
  public var rpsShare = 0.7

  /// Knative's defaults: 100 at once or 200 a second, of which 70 %.
  public init() {}

  /// The most of the metric that a pod may have.
  public var total: Double {
    switch metric {
    case .rps: return annotation ?? rpsDefault
    case .concurrency:
      let limit = Double(containerConcurrency)
      guard let annotation else { return limit == 0 ? concurrencyDefault : limit }
      return limit == 0 ? annotation : min(annotation, limit)
    }
  }

  /// How much of the metric each pod is to have.
  public var target: Double {
    max(0.01, total * (utilization ?? (metric == .rps ? rpsShare : concurrencyShare)))
  }
}
