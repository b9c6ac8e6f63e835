package import Simulation

/// Pods sorted by what their readings are worth.
///
/// Source: kubernetes/kubernetes, `replica_calculator.go`, groupPods. O(pods).
package struct PodGroups: Hashable, Sendable {
  /// A resource that Kubernetes measures by itself.
  package enum Resource: String, Sendable {
    case cpu
    case memory
  }

  /// Pods whose reading counts.
  package private(set) var ready = 0
  /// Pods that are pending, or whose processor reading says nothing yet.
  package private(set) var unready: [String] = []
  /// Pods without a reading.
  package private(set) var missing: [String] = []
  /// Pods that are being deleted or have ended.
  package private(set) var ignored: [String] = []

  /// Sorts pods; `resource` is nil for a metric that is not Kubernetes' own.
  package init(
    _ pods: [Pod], readings: [PodReading], resource: Resource?, at now: Instant,
    initialization: Duration, readinessDelay: Duration
  ) {
    var byPod: [String: PodReading] = [:]
    for reading in readings { byPod[reading.pod] = reading }
    for pod in pods {
      if pod.isDeleted || pod.phase.isTerminal {
        ignored.append(pod.name)
      } else if pod.phase == .pending {
        unready.append(pod.name)
      } else if let reading = byPod[pod.name] {
        let counts =
          resource != .cpu
          || Self.counts(
            pod, reading, at: now, initialization: initialization, readinessDelay: readinessDelay)
        if counts {
          ready += 1
        } else {
          unready.append(pod.name)
        }
      } else {
        missing.append(pod.name)
      }
    }
  }

  /// Whether a processor reading tells of work and not of a start.
  ///
  /// A young pod's counts when the pod is ready and a whole window has passed since it became so;
  /// an older one's counts unless the pod is not ready and never was, which is guessed from its
  /// readiness having changed soon after the start.
  private static func counts(
    _ pod: Pod, _ reading: PodReading, at now: Instant, initialization: Duration,
    readinessDelay: Duration
  ) -> Bool {
    guard let readiness = pod.readiness, let start = pod.start else { return false }
    if start + initialization > now {
      return readiness.isReady && reading.time >= readiness.since + reading.window
    }
    return readiness.isReady || start + readinessDelay <= readiness.since
  }
}
