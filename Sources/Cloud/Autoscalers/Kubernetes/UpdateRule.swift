package import Simulation

/// How much a pod's resources are off what is recommended.
///
/// Source: kubernetes/autoscaler, `pkg/updater/priority/`.
package struct UpdatePriority: Hashable, Sendable {
  /// Whether a request is outside the recommended bounds.
  package var isOutside: Bool
  /// Whether a resource has to grow.
  package var grows: Bool
  /// The sum over resources of the difference, as a share of the request.
  package var difference: Double

  package init(isOutside: Bool, grows: Bool, difference: Double) {
    self.isOutside = isOutside
    self.grows = grows
    self.difference = difference
  }

  /// The priority of a pod that asks for `request` of each resource in turn.
  package init(_ resources: [(request: Int, target: Int, lower: Int, upper: Int)]) {
    isOutside = resources.contains { $0.request < $0.lower || $0.request > $0.upper }
    grows = resources.contains { $0.target > $0.request }
    difference = resources.reduce(0) { sum, resource in
      let request = max(Double(resource.request), 1)
      return sum + (request - Double(resource.target)).magnitude / request
    }
  }

  /// Whether it comes before another: those that grow, then the larger difference.
  package func precedes(_ other: Self) -> Bool {
    grows == other.grows ? difference > other.difference : grows
  }
}

/// When a pod's resources are changed.
///
/// Source: kubernetes/autoscaler, `update_priority_calculator.go`.
package struct UpdateRule: Hashable, Sendable {
  /// The difference that an old pod must have: `--pod-update-threshold`.
  package var minChange = 0.1
  /// When a pod is old: `--in-recommendation-bounds-eviction-lifetime-threshold`.
  package var lifetime = Duration.seconds(43200)
  /// A pod that ran out of memory so soon after its start is changed: `--evict-after-oom-threshold`.
  package var quickOOM = Duration.seconds(600)

  package init() {}

  /// What it makes of a pod, in the words of the updater's log.
  package enum Verdict: String, CaseIterable, Sendable {
    /// It ran out of memory soon after its start.
    case quickOOM = "quick OOM"
    /// A request is outside the recommended bounds.
    case outside = "outside recommended range"
    /// It is old and the difference is large.
    case longLived = "long-lived, resource diff high enough"
    /// It is too young to be changed for less.
    case shortLived = "short-lived, request within recommended range"
    /// It is old and the difference is small.
    case tooLow = "resource diff too low"
    /// It ran out of memory, and would get what it has.
    case unchanged = "resource would not change"

    /// Whether the pod is changed.
    package var isAccepted: Bool {
      switch self {
      case .quickOOM, .outside, .longLived: true
      case .shortLived, .tooLow, .unchanged: false
      }
    }
  }

  /// Whether a pod of that age is to be changed, and why; `ranOutAfter` is how long after its start
  /// it ran out of memory.
  package func verdict(
    _ priority: UpdatePriority, age: Duration, ranOutAfter: Duration? = nil
  ) -> Verdict {
    if let ranOutAfter, ranOutAfter < quickOOM {
      return priority.difference != 0 ? .quickOOM : .unchanged
    }
    if priority.isOutside { return .outside }
    guard age >= lifetime else { return .shortLived }
    return priority.difference >= minChange ? .longLived : .tooLow
  }

  /// Whether a pod of that age is to be changed.
  package func accepts(_ priority: UpdatePriority, age: Duration, ranOutAfter: Duration? = nil)
    -> Bool
  {
    verdict(priority, age: age, ranOutAfter: ranOutAfter).isAccepted
  }

  /// The places of those that are to be changed, the most urgent first; equals in their order.
  package func order(
    _ pods: [(priority: UpdatePriority, age: Duration, ranOutAfter: Duration?)]
  ) -> [Int] {
    pods.indices
      .filter { accepts(pods[$0].priority, age: pods[$0].age, ranOutAfter: pods[$0].ranOutAfter) }
      .sorted {
        pods[$0].priority.precedes(pods[$1].priority)
          || !pods[$1].priority.precedes(pods[$0].priority) && $0 < $1
      }
  }
}

/// How many pods of a group may be evicted at a time.
///
/// Source: kubernetes/autoscaler, `pkg/updater/restriction/`.
package struct EvictionBudget: Hashable, Sendable {
  /// Fewest pods of a group that is touched at all: `--min-replicas`.
  package var minReplicas = 2
  /// The share that may be gone at a time: `--eviction-tolerance`.
  package var tolerance = 0.5

  package init() {}

  /// How many of a group that has `configured` pods, of which `running` run and the others boot.
  package func evictions(configured: Int, running: Int) -> Int {
    guard configured >= minReplicas, configured > 0 else { return 0 }
    let tolerated = Int(within: Double(configured) * tolerance)
    if tolerated == 0 { return running == configured ? 1 : 0 }
    return max(0, running - (configured - tolerated))
  }
}
