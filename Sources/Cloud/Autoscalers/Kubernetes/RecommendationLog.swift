package import Simulation

/// What was recommended not long ago, before it was stabilized.
///
/// Source: kubernetes/kubernetes, `horizontal.go`. An entry that no window reaches any more gives
/// its place to the new one, so the length is bounded by the windows.
package struct RecommendationLog: Hashable, Sendable {
  /// One recommendation.
  package struct Entry: Hashable, Sendable {
    package var replicas: Int
    package var time: Instant

    package init(_ replicas: Int, at time: Instant) {
      self.replicas = replicas
      self.time = time
    }
  }

  /// The size after stabilizing, and what made it so.
  package struct Stabilized: Hashable, Sendable {
    package var replicas: Int
    /// Kubernetes' name for the direction.
    package var reason: Reason
    /// The recommendation that holds the size; nil when it is the present one.
    package var holder: Entry?

    /// In which direction earlier recommendations count.
    package enum Reason: String, Sendable {
      case up = "ScaleUpStabilized"
      case down = "ScaleDownStabilized"
    }
  }

  package private(set) var entries: [Entry]

  package init(_ entries: [Entry] = []) { self.entries = entries }

  /// Without `spec.behavior`: the most that was recommended; an age of exactly `window` counts.
  package mutating func most(_ desired: Int, within window: Duration, at now: Instant)
    -> Stabilized
  {
    var most = Entry(desired, at: now)
    var old: Int?
    for (place, entry) in entries.enumerated() {
      if now - entry.time > window {
        old = place
      } else if entry.replicas > most.replicas {
        most = entry
      }
    }
    record(desired, at: now, over: old)
    return Stabilized(
      replicas: most.replicas, reason: .down, holder: most.replicas == desired ? nil : most)
  }

  /// With `spec.behavior`: the present size, moved into the least of the upward window and the most
  /// of the downward one; an age of exactly the window does not count.
  package mutating func stabilize(
    _ desired: Int, from current: Int, up: Duration, down: Duration, at now: Instant
  ) -> Stabilized {
    var least = Entry(desired, at: now)
    var most = least
    var old: Int?
    for (place, entry) in entries.enumerated() {
      let age = now - entry.time
      if age < up, entry.replicas < least.replicas { least = entry }
      if age < down, entry.replicas > most.replicas { most = entry }
      if age > up, age > down { old = place }
    }
    record(desired, at: now, over: old)
    var replicas = current
    var holder: Entry?
    if replicas < least.replicas {
      replicas = least.replicas
      holder = least
    }
    if replicas > most.replicas {
      replicas = most.replicas
      holder = most
    }
    return Stabilized(
      replicas: replicas, reason: desired >= current ? .up : .down,
      holder: replicas == desired ? nil : holder ?? (desired >= current ? least : most))
  }

  private mutating func record(_ desired: Int, at now: Instant, over old: Int?) {
    if let old {
      entries[old] = Entry(desired, at: now)
    } else {
      entries.append(Entry(desired, at: now))
    }
  }
}
