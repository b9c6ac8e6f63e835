/// How far a ratio may be from 1 without anything being done; both ends belong to the band.
///
/// Source: kubernetes/kubernetes, `--horizontal-pod-autoscaler-tolerance` 0.1; one for each
/// direction since 1.33.
package struct Tolerance: Hashable, Sendable {
  /// On the way down.
  package var down: Double
  /// On the way up.
  package var up: Double

  package init(down: Double = 0.1, up: Double = 0.1) {
    self.down = down
    self.up = up
  }

  package func holds(_ ratio: Double) -> Bool { 1 - down <= ratio && ratio <= 1 + up }
}

/// How many pods one metric calls for, and how that came about.
package struct ReplicaProposal: Hashable, Sendable {
  /// Why the size is kept although the metric is off its target.
  package enum Hold: Hashable, Sendable {
    /// The ratio is within the tolerance.
    case tolerance
    /// With pods that tell nothing filled in, the ratio is on the other side of 1.
    case turned
    /// The count would go against the ratio.
    case against
  }

  /// The count it proposes.
  package var replicas: Int
  /// The count before anything held it.
  package var wanted: Int
  /// The reading over the target, after filling in.
  package var ratio: Double
  /// The pods that the ratio was multiplied by; nil when it was not.
  package var pods: Int?
  /// The utilisation in whole percent of the request, before filling in; nil for other metrics.
  package var utilization: Int?
  /// The reading, per pod where the metric is per pod, before filling in.
  package var reading: Int
  /// Why the size is kept; nil when it is not.
  package var hold: Hold?
}

/// Why a metric proposes nothing.
package enum ReplicaFailure: Error, Hashable, Sendable, CustomStringConvertible {
  /// The metrics service told of no pod at all; the metric is nil unless it is a resource.
  case noReadings(metric: String?)
  /// There are no pods.
  case noPods
  /// No pod has a reading that counts.
  case noneReady
  /// The readings are of other pods.
  case unmatched
  /// A container does not say what it asks for, so there is no utilisation.
  case noRequest(resource: String, pod: String)
  /// A pod has no such container, counted from zero.
  case noContainer(Int, pod: String)

  /// The reason in Kubernetes' words, but for the names of containers and of custom metrics.
  package var description: String {
    switch self {
    case .noReadings(let metric?):
      "unable to get metrics for resource \(metric): no metrics returned from resource metrics API"
    case .noReadings(nil):
      "unable to get metric: no metrics returned from custom metrics API"
    case .noPods: "no pods returned by selector while calculating replica count"
    case .noneReady: "did not receive metrics for targeted pods (pods might be unready)"
    case .unmatched: "no metrics returned matched known pods"
    case .noRequest(let resource, let pod): "missing request for \(resource) of Pod \(pod)"
    case .noContainer(let index, let pod):
      "container \(index + 1) not present in metrics for pod \(pod)"
    }
  }
}
