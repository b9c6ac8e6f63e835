import Simulation

extension Plan {
  /// One metric of a horizontal autoscaler, with what it proposes.
  struct Metric {
    /// Its name, such as "cpu".
    var name: String
    /// Its reading and its target as they are written.
    var reading: (ReplicaProposal) -> String
    var target: String
    var proposal: Result<ReplicaProposal, ReplicaFailure>
  }

  /// Takes the slots of a horizontal pod autoscaler up to its rate limit.
  mutating func take(
    _ outcome: HorizontalControl.Outcome, of metrics: [Metric], by control: HorizontalControl
  ) {
    switch outcome.way {
    case .disabled:
      note("signal", "no server: scaling is off", "nothing")
      give(up: "ScalingDisabled: there is no server")
    case .outOfBounds:
      note("signal", "out of bounds: no metric is read", "nothing")
      give(up: "\(Figure.servers(before)), out of bounds")
    case .failed(let failure):
      note("signal", metrics.map(\.told).joined(separator: ", "), "nothing")
      give(up: "FailedComputeMetricsReplicas: \(failure)")
    case .metric(let place):
      guard metrics.indices.contains(place), case .success(let best) = metrics[place].proposal
      else { return give(up: "no metric") }
      note("signal", metrics.map(\.told).joined(separator: ", "), metrics[place].reading(best))
      note("window", "none: since the last check", metrics[place].reading(best))
      take(best, of: metrics[place])
      if let stabilized = outcome.stabilized { take(stabilized, control) }
      if let limited = outcome.limited { take(limited) }
    }
  }

  private mutating func take(_ proposal: ReplicaProposal, of metric: Metric) {
    let ratio = Figure.plain(proposal.ratio)
    let told = "\(metric.name) \(metric.reading(proposal)) against \(metric.target)"
    let rule =
      switch proposal.hold {
      case nil: "\(ratio) is outside the tolerance"
      case .tolerance: "\(ratio) is within the tolerance"
      case .turned: "with idle and silent servers counted the direction turns"
      case .against: "the count would go against the direction"
      }
    let reason =
      proposal.hold == nil ? "DesiredWithinRange: \(told)" : "ReadyForNewScale: \(told), \(rule)"
    take(
      Self.desired, proposal.wanted,
      proposal.pods.map { "ceil(\(ratio) × \($0))" } ?? "ceil(total ÷ \(metric.target))",
      because: reason)
    take("dead band", proposal.replicas, rule, because: reason)
  }

  private mutating func take(
    _ stabilized: RecommendationLog.Stabilized, _ control: HorizontalControl
  ) {
    let wanted = stabilized.reason == .up ? "min" : "max"
    let window =
      switch (control.behavior, stabilized.reason) {
      case (nil, _): control.stabilization
      case (let behavior?, .up): behavior.up.window
      case (let behavior?, .down): behavior.down.window
      }
    let held = stabilized.holder.map { holder in
      let age = Figure.seconds((now - holder.time).seconds)
      return "\(wanted) recommendation \(holder.replicas) from \(age) ago"
    }
    take(
      "stabilization", stabilized.replicas,
      held ?? "\(wanted) recommendation of \(Figure.seconds(window.seconds)): \(count)",
      because: "\(stabilized.reason.rawValue): \(held ?? "")")
  }

  private mutating func take(_ limited: HorizontalControl.Limited) {
    let wanted = Figure.servers(count)
    switch limited.rate {
    case nil: skip("rate limit")
    case .atMost(let rate):
      // Where a bound is as tight, the bound is the reason.
      take(
        "rate limit", min(count, rate), "at most \(rate) now",
        because: limited.reason == .tooMany
          ? "TooManyReplicas: \(wanted) wanted, at most \(limited.replicas) allowed"
          : "ScaleUpLimit: \(wanted) wanted, at most \(rate) now")
    case .atLeast(let rate):
      take(
        "rate limit", max(count, rate), "at least \(rate) now",
        because: limited.reason == .tooFew
          ? "TooFewReplicas: \(wanted) wanted, at least \(limited.replicas) asked for"
          : "ScaleDownLimit: \(wanted) wanted, at least \(rate) now")
    }
  }
}

extension Plan.Metric {
  /// What it tells: a reading or a failure.
  fileprivate var told: String {
    switch proposal {
    case .success(let proposal): "\(name) \(reading(proposal))"
    case .failure: "\(name) tells nothing"
    }
  }
}
