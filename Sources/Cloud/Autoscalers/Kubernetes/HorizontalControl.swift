package import Simulation

/// One horizontal pod autoscaler: metrics, then stabilization, then limits.
///
/// Source: kubernetes/kubernetes, `horizontal.go` (2026), reconcileAutoscaler.
package struct HorizontalControl: Hashable, Sendable {
  /// `spec.behavior`.
  package struct Behavior: Hashable, Sendable {
    package var up: ScalingRules
    package var down: ScalingRules

    package init(up: ScalingRules = .up, down: ScalingRules = .down) {
      self.up = up
      self.down = down
    }
  }

  /// What keeps a size from being what is wanted.
  package enum Limit: String, Sendable {
    case none = "DesiredWithinRange"
    case tooFew = "TooFewReplicas"
    case tooMany = "TooManyReplicas"
    case up = "ScaleUpLimit"
    case down = "ScaleDownLimit"
  }

  /// What the rate of change allows now.
  package enum Rate: Hashable, Sendable {
    case atMost(Int)
    case atLeast(Int)
  }

  /// A size inside its limits.
  package struct Limited: Hashable, Sendable {
    /// The size inside all limits.
    package var replicas: Int
    /// Which limit it met.
    package var reason: Limit
    /// What the rate of change allows; nil when it was not asked.
    package var rate: Rate?
  }

  /// What became of a check.
  package struct Outcome: Hashable, Sendable {
    /// Which way the check went.
    package enum Way: Hashable, Sendable {
      /// No pods although some are asked for: somebody has switched the scaling off.
      case disabled
      /// More than the most, or fewer than the fewest: put right without a look at any metric.
      case outOfBounds
      /// Too many metrics failed; the first failure.
      case failed(ReplicaFailure)
      /// The metric at this place asked for the most.
      case metric(Int)
    }

    package var way: Way
    /// What the metrics ask for.
    package var desired: Int
    package var stabilized: RecommendationLog.Stabilized?
    package var limited: Limited?
    /// The size in the end.
    package var replicas: Int
  }

  /// Limits on the rate of change; nil for those that were before there were any to set.
  package var behavior: Behavior?
  /// How far back recommendations hold the size without a behavior:
  /// `--horizontal-pod-autoscaler-downscale-stabilization`.
  package var stabilization = Duration.seconds(300)
  private var log: RecommendationLog?
  private var events = ScaleEvents()

  /// A control that remembers `log`, or none that has just been started.
  package init(_ behavior: Behavior?, log: RecommendationLog? = nil) {
    self.behavior = behavior
    self.log = log
  }

  /// The size that `metrics` lead to, remembered with what was recommended.
  package mutating func reconcile(
    _ current: Int, _ metrics: [Result<ReplicaProposal, ReplicaFailure>],
    within bounds: ClosedRange<Int>, at now: Instant
  ) -> Outcome {
    var log = log ?? RecommendationLog([RecommendationLog.Entry(current, at: now)])
    defer { self.log = log }
    var outcome = Outcome(way: .disabled, desired: current, replicas: current)
    if current == 0, bounds.lowerBound > 0 { return outcome }
    if !bounds.contains(current) {
      outcome.way = .outOfBounds
      outcome.replicas = min(max(current, bounds.lowerBound), bounds.upperBound)
      remember(from: current, to: outcome.replicas, at: now)
      return outcome
    }
    switch Self.best(metrics, current) {
    case .failure(let failure):
      outcome.way = .failed(failure)
      return outcome
    case .success(let (place, replicas)):
      outcome.way = .metric(place)
      outcome.desired = replicas
    }
    let stabilized =
      if let behavior {
        log.stabilize(
          outcome.desired, from: current, up: behavior.up.window, down: behavior.down.window,
          at: now)
      } else {
        log.most(outcome.desired, within: stabilization, at: now)
      }
    let limited = limited(stabilized.replicas, from: current, within: bounds, at: now)
    outcome.stabilized = stabilized
    outcome.limited = limited
    outcome.replicas = limited.replicas
    remember(from: current, to: limited.replicas, at: now)
    return outcome
  }

  /// The largest proposal; a failure when all failed, or when some did and the rest would shrink.
  private static func best(_ metrics: [Result<ReplicaProposal, ReplicaFailure>], _ current: Int)
    -> Result<(Int, Int), ReplicaFailure>
  {
    var best: (place: Int, replicas: Int)?
    var failure: ReplicaFailure?
    for (place, metric) in metrics.enumerated() {
      switch metric {
      case .failure(let reason): failure = failure ?? reason
      case .success(let proposal):
        let most = best?.replicas ?? 0
        if most == 0 || proposal.replicas > most { best = (place, proposal.replicas) }
      }
    }
    guard let best else { return .failure(failure ?? .noReadings(metric: nil)) }
    if let failure, best.replicas < current { return .failure(failure) }
    return .success(best)
  }

  private mutating func remember(from old: Int, to new: Int, at now: Instant) {
    guard let behavior, new != old else { return }
    if new > old {
      events.add(new - old, at: now, longest: behavior.up.longest)
    } else {
      events.remove(old - new, at: now, longest: behavior.down.longest)
    }
  }
}

// MARK: - Limits

extension HorizontalControl {
  private func limited(
    _ desired: Int, from current: Int, within bounds: ClosedRange<Int>, at now: Instant
  ) -> Limited {
    guard let behavior else { return Self.limited(desired, from: current, within: bounds) }
    return behavior.limited(desired, from: current, within: bounds, events, at: now)
  }

  /// Without `spec.behavior`: no more than double, though four at least.
  package static func limited(_ desired: Int, from current: Int, within bounds: ClosedRange<Int>)
    -> Limited
  {
    let rate = max(current.addingClamped(current), 4)
    let most = min(bounds.upperBound, rate)
    if desired < bounds.lowerBound {
      return Limited(replicas: bounds.lowerBound, reason: .tooFew, rate: .atMost(rate))
    }
    if desired > most {
      return Limited(
        replicas: most, reason: bounds.upperBound > rate ? .up : .tooMany, rate: .atMost(rate))
    }
    return Limited(replicas: desired, reason: .none, rate: .atMost(rate))
  }
}

extension HorizontalControl.Behavior {
  /// With `spec.behavior`: no more than the policies of the direction allow, which never turns it.
  package func limited(
    _ desired: Int, from current: Int, within bounds: ClosedRange<Int>, _ events: ScaleEvents,
    at now: Instant
  ) -> HorizontalControl.Limited {
    if desired > current {
      let rate = max(current, up.upperLimit(current, events, at: now))
      let most = min(bounds.upperBound, rate)
      if desired > most {
        return .init(
          replicas: most, reason: bounds.upperBound > rate ? .up : .tooMany, rate: .atMost(rate))
      }
      return .init(replicas: desired, reason: .none, rate: .atMost(rate))
    }
    if desired < current {
      let rate = min(current, down.lowerLimit(current, events, at: now))
      let fewest = max(bounds.lowerBound, rate)
      if desired < fewest {
        return .init(
          replicas: fewest, reason: bounds.lowerBound < rate ? .down : .tooFew, rate: .atLeast(rate)
        )
      }
      return .init(replicas: desired, reason: .none, rate: .atLeast(rate))
    }
    return .init(replicas: desired, reason: .none)
  }
}
