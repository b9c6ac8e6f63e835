package import Simulation

/// A pod as Kubernetes' horizontal autoscaler sees it.
///
/// Source: kubernetes/kubernetes, `pkg/controller/podautoscaler`. Amounts are in thousandths: of a
/// core for the processor, of a unit for other metrics.
package struct Pod: Hashable, Sendable {
  /// Where a pod is in its life.
  package enum Phase: String, Sendable {
    /// Accepted, not yet running.
    case pending = "Pending"
    /// Running, whether or not it is ready.
    case running = "Running"
    /// Ended well.
    case succeeded = "Succeeded"
    /// Ended badly.
    case failed = "Failed"

    /// Whether it has ended for good.
    package var isTerminal: Bool { self == .succeeded || self == .failed }
  }

  /// Whether it takes requests, and since when that is so.
  package struct Readiness: Hashable, Sendable {
    package var isReady: Bool
    package var since: Instant

    package init(isReady: Bool, since: Instant) {
      self.isReady = isReady
      self.since = since
    }
  }

  package var name: String
  package var phase: Phase
  /// Whether it is being deleted.
  package var isDeleted: Bool
  /// When it was started; nil before.
  package var start: Instant?
  /// Whether it is ready; nil when nobody has said yet.
  package var readiness: Readiness?
  /// What each of its containers asks for of the resource in question.
  package var requests: [Int]

  package init(
    name: String, phase: Phase = .running, isDeleted: Bool = false, start: Instant? = nil,
    readiness: Readiness? = nil, requests: [Int] = []
  ) {
    self.name = name
    self.phase = phase
    self.isDeleted = isDeleted
    self.start = start
    self.readiness = readiness
    self.requests = requests
  }
}

/// A metric of one pod, as the metrics service tells it.
package struct PodReading: Hashable, Sendable {
  /// The pod's name.
  package var pod: String
  /// The reading of each of its containers.
  package var containers: [Int]
  /// When it was taken.
  package var time: Instant
  /// The time it averages over, before that.
  package var window: Duration

  package init(pod: String, containers: [Int], time: Instant, window: Duration) {
    self.pod = pod
    self.containers = containers
    self.time = time
    self.window = window
  }
}

/// The readings of some pods, in a fixed order.
struct PodUsage: Sendable {
  private(set) var names: [String] = []
  private var values: [String: Int] = [:]

  var count: Int { names.count }
  var isEmpty: Bool { names.isEmpty }

  subscript(pod: String) -> Int? {
    get { values[pod] }
    set {
      if let newValue {
        if values.updateValue(newValue, forKey: pod) == nil { names.append(pod) }
      } else if values.removeValue(forKey: pod) != nil {
        names.removeAll { $0 == pod }
      }
    }
  }

  /// Leaves out the pods named.
  mutating func remove(_ pods: [String]) {
    guard !pods.isEmpty else { return }
    for pod in pods { values[pod] = nil }
    names.removeAll { values[$0] == nil }
  }
}
