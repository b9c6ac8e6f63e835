package import Simulation

/// Whether an event-driven workload runs at all: KEDA's half of scaling, from 0 to 1 and back.
///
/// Source: kedacore/keda, `pkg/scaling/executor/scale_scaledobjects.go`. Between 1 and the most the
/// horizontal pod autoscaler decides.
package struct KedaActivation: Hashable, Sendable {
  /// How long nothing must have been active: `cooldownPeriod`.
  package var cooldown = Duration.seconds(300)
  /// How long to wait at first, when nothing has ever been active: `initialCooldownPeriod`.
  package var initialCooldown = Duration.zero
  /// Fewest replicas while active: `minReplicaCount`.
  package var fewest = 0
  /// Replicas while idle, fewer than `fewest`: `idleReplicaCount`; nil for none such.
  package var idle: Int?
  /// Replicas while the triggers cannot be read: `fallback.replicas`; nil for none such.
  package var fallback: Int?
  /// When it was made.
  package var created: Instant
  /// When a trigger was last active; nil when none ever was.
  package var lastActive: Instant?

  package init(created: Instant, lastActive: Instant? = nil) {
    self.created = created
    self.lastActive = lastActive
  }

  /// The replicas after a look at the triggers.
  ///
  /// Growing above the fewest and shrinking above zero are left to the horizontal autoscaler.
  package mutating func replicas(
    _ current: Int, isActive: Bool, hasFailed: Bool = false, at now: Instant
  ) -> Int {
    if isActive {
      let isAsleep = current == 0 || idle != nil && current < fewest
      if isAsleep || !hasFailed { lastActive = now }
      return isAsleep ? max(1, fewest) : current
    }
    if hasFailed {
      guard let fallback, fallback != 0 else { return current }
      return fallback
    }
    let isAwake = idle.map { current > $0 } ?? false
    if isAwake || current > 0 && fewest == 0 {
      return hasCooledDown(at: now) ? idle ?? fewest : current
    }
    return idle == nil ? max(current, fewest) : current
  }

  /// Whether it has been quiet for longer than the cooldown.
  package func hasCooledDown(at now: Instant) -> Bool {
    guard let lastActive else { return created + initialCooldown < now }
    return lastActive + cooldown < now
  }
}
