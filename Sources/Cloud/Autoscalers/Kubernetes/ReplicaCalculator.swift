package import Simulation

/// How many pods a metric calls for.
///
/// Source: kubernetes/kubernetes, `replica_calculator.go` (2026), whose arithmetic this is: whole
/// percent, means rounded down, everything else in doubles. O(pods).
package struct ReplicaCalculator: Hashable, Sendable {
  /// How near to the target is near enough.
  package var tolerance = Tolerance()
  /// How long a pod's processor reading may be that of a start:
  /// `--horizontal-pod-autoscaler-cpu-initialization-period`.
  package var initialization = Duration.seconds(300)
  /// Readiness that changes this soon after the start was not there before:
  /// `--horizontal-pod-autoscaler-initial-readiness-delay`.
  package var readinessDelay = Duration.seconds(30)

  package init() {}

  /// Keeps the use of a resource at `target` percent of what the pods ask for.
  ///
  /// With `container`, a place from zero, only that container of each pod counts.
  package func utilization(
    target: Int, of resource: PodGroups.Resource, container: Int? = nil, pods: [Pod],
    readings: [PodReading], replicas: Int, at now: Instant
  ) throws(ReplicaFailure) -> ReplicaProposal {
    guard !readings.isEmpty else { throw .noReadings(metric: resource.rawValue) }
    let usage = try Self.usage(readings, container)
    guard !pods.isEmpty else { throw .noPods }
    let groups = groups(pods, readings, resource, at: now)
    let told = try Self.told(usage, groups)
    let asked = try Self.requests(of: pods, resource, container)
    let metric = Metric { pod in
      // A target above 100 % would otherwise be undercut by pods that tell nothing.
      Int(within: Double(asked[pod] ?? 0) * Double(max(100, target)) / 100)
    } measure: { usage throws(ReplicaFailure) in
      var used = 0
      var requested = 0
      var count = 0
      for pod in usage.names {
        guard let request = asked[pod], let value = usage[pod] else { continue }
        used = used.addingClamped(value)
        requested = requested.addingClamped(request)
        count += 1
      }
      guard requested > 0, count > 0 else { throw .unmatched }
      let (hundredfold, overflow) = used.multipliedReportingOverflow(by: 100)
      let percent =
        overflow ? Int(within: Double(used) * 100 / Double(requested)) : hundredfold / requested
      return Measure(
        ratio: Double(percent) / Double(target), utilization: percent, reading: used / count)
    }
    return try proposal(metric, told, groups, replicas: replicas)
  }

  /// Keeps a metric's mean over the pods at `target`; `resource` is nil unless it is one.
  package func average(
    target: Int, of resource: PodGroups.Resource?, pods: [Pod], readings: [PodReading],
    replicas: Int, at now: Instant
  ) throws(ReplicaFailure) -> ReplicaProposal {
    guard !readings.isEmpty else { throw .noReadings(metric: resource?.rawValue) }
    let usage = try Self.usage(readings, nil)
    guard !pods.isEmpty else { throw .noPods }
    let groups = groups(pods, readings, resource, at: now)
    let told = try Self.told(usage, groups)
    let metric = Metric { _ in
      target
    } measure: { usage throws(ReplicaFailure) in
      guard !usage.isEmpty else { throw .noneReady }
      let total = usage.names.reduce(0) { $0.addingClamped(usage[$1] ?? 0) }
      let mean = total / usage.count
      return Measure(ratio: Double(mean) / Double(target), utilization: nil, reading: mean)
    }
    return try proposal(metric, told, groups, replicas: replicas)
  }

  /// Keeps one number for all pods at `target`, supposing that more pods make it smaller.
  ///
  /// From zero pods there is no tolerance and nothing to multiply by.
  package func total(_ reading: Int, target: Int, pods: [Pod], replicas: Int)
    throws(ReplicaFailure) -> ReplicaProposal
  {
    let ratio = Double(reading) / Double(target)
    guard replicas != 0 else {
      let wanted = Int(serversFor: ratio)
      return ReplicaProposal(replicas: wanted, wanted: wanted, ratio: ratio, reading: reading)
    }
    let ready = pods.count { $0.phase == .running && $0.readiness?.isReady == true }
    let wanted = Int(serversFor: ratio * Double(ready))
    let isHeld = tolerance.holds(ratio)
    if pods.isEmpty, !isHeld { throw .noPods }
    return ReplicaProposal(
      replicas: isHeld ? replicas : wanted, wanted: wanted, ratio: ratio, pods: ready,
      reading: reading, hold: isHeld ? .tolerance : nil)
  }

  /// Divides one number for all pods among as many as have `target` each.
  package func share(of reading: Int, target: Int, replicas: Int) -> ReplicaProposal {
    let ratio = Double(reading) / (Double(target) * Double(replicas))
    let wanted = Int(serversFor: Double(reading) / Double(target))
    let isHeld = tolerance.holds(ratio)
    return ReplicaProposal(
      replicas: isHeld ? replicas : wanted, wanted: wanted, ratio: ratio,
      reading: replicas == 0 ? 0 : Int(within: (Double(reading) / Double(replicas)).rounded(.up)),
      hold: isHeld ? .tolerance : nil)
  }
}

// MARK: - Two passes

extension ReplicaCalculator {
  private struct Measure {
    var ratio: Double
    var utilization: Int?
    var reading: Int
  }

  /// What tells a utilisation from a mean.
  private struct Metric {
    /// What a pod without a reading is taken to use on the way down.
    var filler: (String) -> Int
    var measure: (PodUsage) throws(ReplicaFailure) -> Measure
  }

  /// The count by those that tell something, then again with the others filled in so that they
  /// hold the movement back: idle on the way up, at the target on the way down.
  private func proposal(
    _ metric: Metric, _ told: PodUsage, _ groups: PodGroups, replicas: Int
  ) throws(ReplicaFailure) -> ReplicaProposal {
    var usage = told
    let first = try metric.measure(usage)
    var result = ReplicaProposal(
      replicas: replicas, wanted: Int(serversFor: first.ratio * Double(groups.ready)),
      ratio: first.ratio, pods: groups.ready, utilization: first.utilization,
      reading: first.reading)

    let growsWithUnready = !groups.unready.isEmpty && first.ratio > 1
    guard growsWithUnready || !groups.missing.isEmpty else {
      result.hold = tolerance.holds(first.ratio) ? .tolerance : nil
      if result.hold == nil { result.replicas = result.wanted }
      return result
    }
    for pod in groups.missing {
      if first.ratio < 1 {
        usage[pod] = metric.filler(pod)
      } else if first.ratio > 1 {
        usage[pod] = 0
      }
    }
    if growsWithUnready { for pod in groups.unready { usage[pod] = 0 } }

    let ratio = try metric.measure(usage).ratio
    let wanted = Int(serversFor: ratio * Double(usage.count))
    result.ratio = ratio
    result.pods = usage.count
    result.wanted = wanted
    if tolerance.holds(ratio) {
      result.hold = .tolerance
    } else if first.ratio < 1 && ratio > 1 || first.ratio > 1 && ratio < 1 {
      result.hold = .turned
    } else if ratio < 1 && wanted > replicas || ratio > 1 && wanted < replicas {
      result.hold = .against
    } else {
      result.replicas = wanted
    }
    return result
  }

  /// The readings that count.
  private static func told(_ all: PodUsage, _ groups: PodGroups) throws(ReplicaFailure) -> PodUsage
  {
    var usage = all
    usage.remove(groups.ignored)
    usage.remove(groups.unready)
    guard !usage.isEmpty else { throw .noneReady }
    return usage
  }

  private func groups(
    _ pods: [Pod], _ readings: [PodReading], _ resource: PodGroups.Resource?, at now: Instant
  ) -> PodGroups {
    PodGroups(
      pods, readings: readings, resource: resource, at: now, initialization: initialization,
      readinessDelay: readinessDelay)
  }

  private static func usage(_ readings: [PodReading], _ container: Int?) throws(ReplicaFailure)
    -> PodUsage
  {
    var usage = PodUsage()
    for reading in readings {
      guard let container else {
        usage[reading.pod] = reading.containers.reduce(0) { $0.addingClamped($1) }
        continue
      }
      guard reading.containers.indices.contains(container) else {
        throw .noContainer(container, pod: reading.pod)
      }
      usage[reading.pod] = reading.containers[container]
    }
    return usage
  }

  private static func requests(
    of pods: [Pod], _ resource: PodGroups.Resource, _ container: Int?
  ) throws(ReplicaFailure) -> [String: Int] {
    var requests: [String: Int] = [:]
    for pod in pods {
      guard !pod.requests.isEmpty else {
        throw .noRequest(resource: resource.rawValue, pod: pod.name)
      }
      if let container {
        requests[pod.name] = pod.requests.indices.contains(container) ? pod.requests[container] : 0
      } else {
        requests[pod.name] = pod.requests.reduce(0) { $0.addingClamped($1) }
      }
    }
    return requests
  }
}

extension Int {
  /// A number without its fraction, within ±10¹⁵; not a number is zero.
  init(within number: Double) {
    self = number.isNaN ? 0 : Int(Swift.min(Swift.max(number, -1e15), 1e15))
  }
}
