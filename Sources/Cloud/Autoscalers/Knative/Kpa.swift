public import Simulation

/// As many servers as keep the requests in each at a target; a burst makes it panic (Knative).
public struct Kpa: Autoscaler {
  /// The name it is typed by.
  public static let name = "kpa"
  /// What it does, in a sentence.
  public static let summary = "Keeps requests in each server at a target; can panic."
  /// How often it checks.
  public static let period = KnativeDecider.tick
  /// Requests that find no server wait until it brings one.
  public static let scalesFromZero = true
  /// Knative's autoscaler is poked by the activator's first report (multiscaler.go, `Poke`).
  public static let isPoked = true
  /// Its own order: the rates come before panic's hold and the delay.
  public static let slots = [
    "signal", "window", "desired", "dead band", "rate limit", "stabilization", "bounds",
  ]
  /// What `help` says.
  public static let details = StrategyDetails(
    rule: """
      servers = ceil(requests in the fleet ÷ target), target = total × utilization, the requests \
      being a mean over the stable window. At most max-scale-up-rate times the servers in service, \
      at least those ÷ max-scale-down-rate. When the mean of the panic window, a tenth as long, \
      wants panic-threshold times the servers in service, it panics: the larger of both wishes \
      counts, and nothing is given back until a stable window has passed. The last server goes \
      only after a stable window idle and a grace; a request that finds none makes it check at \
      once.
      """,
    source: """
      Knative Serving's pod autoscaler (autoscaler.go, scaler.go, target.go, config-autoscaler): \
      every 2s, windows 60s and 10%, threshold 200%, rates 1000 and 2, target 70% of 100 at once \
      or of 200/s, burst capacity 211, grace 30s. One that starts with several servers starts in \
      panic. Requests at once are read at each check, waiting ones too.
      """,
    ties: "None. No draws.",
    failure: """
      A slow server looks like a busy one: retries and long waits count as demand, and the fleet \
      grows though no more is answered. A target of 70 at once is far too many for one cpu.
      """,
    lesson: "16")
  /// What can be set.
  public static var parameters: [Parameter<Self>] {
    [
      Parameter("metric", \.resolution.metric, "What is counted: requests at once or a second."),
      Parameter(
        "target", \.total, .number(0...1e9), "The most for one server; 0 for 100 or 200/s."),
      Parameter("utilization", \.utilization, .ratio(0.01...1), "The share of it to aim at."),
      Parameter(
        "container-concurrency", \.resolution.containerConcurrency, in: 0...1_000_000_000,
        "Requests a server takes at once; 0 for no limit."),
      Parameter(
        "stable-window", \.stableWindow, .duration(1...86400), "Time the mean is taken over."),
      Parameter(
        "panic-window", \.panicWindow, .ratio(0.01...1), "The panic window's share of it."),
      Parameter(
        "averaging", \.averaging, "How the windows weigh: all alike, or the newest most."),
      Parameter(
        "panic-threshold", \.spec.panicThreshold, .ratio(1...1000),
        "Wanted over present servers that is a panic."),
      Parameter(
        "max-scale-up-rate", \.spec.maxScaleUpRate, .number(1.01...1e6),
        "Times the servers in service, at most."),
      Parameter(
        "max-scale-down-rate", \.spec.maxScaleDownRate, .number(1.01...1e6),
        "What they are divided by, at most."),
      Parameter(
        "scale-down-delay", \.scaleDownDelay, .duration(0...3600),
        "Time for which fewer must have been wanted."),
      Parameter(
        "activation-scale", \.spec.activationScale, in: 1...1_000_000,
        "Fewest servers when there are any requests."),
      Parameter(
        "target-burst-capacity", \.spec.targetBurstCapacity, .number(-1...1e9),
        "Room for a burst, without which requests queue before the servers; -1 for always."),
      Parameter(
        "scale-to-zero-grace", \.grace, .duration(0...86400),
        "Time idle before the last server goes."),
      Parameter(
        "pod-retention", \.retention, .duration(0...86400), "Time the last server is kept."),
    ]
  }

  /// How a window weighs its buckets.
  public enum Averaging: String, CaseIterable, Sendable {
    /// All alike.
    case linear
    /// The newest most (Knative's `weightedExponential`).
    case weightedExponential = "weighted-exponential"
  }

  var resolution = TargetResolution()
  /// The most of the metric for one server; 0 for the default.
  public var total = 0.0
  /// The share of the total to aim at.
  public var utilization = 0.7
  /// How a window weighs its buckets.
  public var averaging = Averaging.linear
  var stableWindow = 60.0
  var panicWindow = 0.1
  var scaleDownDelay = 0.0
  var grace = 30.0
  var retention = 0.0
  var spec = KnativeDecider.Spec()

  private var windows: (stable: ConcurrencyWindow, panic: ConcurrencyWindow)?
  private var decider: KnativeDecider?
  private var activity: Activity?
  private var proxiedSince: Instant?

  /// What Knative tells of a revision, and since when it is so.
  private enum Activity: Sendable {
    /// It serves.
    case active(Instant)
    /// It is to serve, and no server is ready yet.
    case activating(Instant)
    /// Nothing comes.
    case inactive(Instant)
  }

  /// With Knative's defaults.
  public init() {}

  /// The count it wants now, with what each slot made of it.
  public mutating func decide(_ observation: Observation, within bounds: ClosedRange<Int>)
    -> Decision
  {
    var plan = Plan(observation)
    let now = observation.time
    let ready = observation.servers.count(where: \.ready)
    let means = measure(observation, &plan)
    var decider = self.decider ?? KnativeDecider(goal, ready: ready, at: now)
    decider.spec = goal
    let panicked = decider.panic.since != nil
    let outcome = decider.decide(ready: ready, stable: means.stable, panic: means.panic, at: now)
    self.decider = decider

    let (wanted, target) = (outcome.wanted, Figure.plain(decider.spec.target))
    let panics = decider.panic.since != nil
    let mode = Self.mode(panicked, panics)
    let desired = panics ? max(wanted.stable, wanted.panic) : wanted.stable
    plan.take(
      Plan.desired, desired,
      "ceil(\(Figure.plain(means.stable)) ÷ \(target)) = \(wanted.stable), "
        + "panic ceil(\(Figure.plain(means.panic)) ÷ \(target)) = \(wanted.panic)",
      because: "\(mode): \(Figure.plain(panics ? means.panic : means.stable)) "
        + "\(unit) at \(target) a server")
    plan.skip("dead band")
    plan.take(
      "rate limit", outcome.limited,
      "\(outcome.allowed.lowerBound)..\(outcome.allowed.upperBound) by \(ready) in service"
        + (spec.activationScale > 1 ? ", \(spec.activationScale) to begin with" : ""),
      because: outcome.allowed.contains(desired)
        ? "activation scale: \(Figure.servers(desired)) wanted, \(outcome.limited) to begin with"
        : "\(outcome.limited < desired ? "MaxScaleUp" : "MaxScaleDown"): "
          + "\(Figure.servers(desired)) wanted, the rates say \(outcome.limited)")
    let last = gate(outcome, of: plan.before, ready: ready, bounds, at: now)
    plan.take(
      "stabilization", last.count,
      panics ? "panic mode, at least \(outcome.held)" : "stable mode" + last.note,
      because: last.reason)
    if last.count == 0, plan.before > 0 { plan.tell(last.reason) }
    return plan.finish(within: bounds)
  }
}

// MARK: - Slots

extension Kpa {
  /// What Knative's log calls the mode, and going from one to the other.
  private static func mode(_ panicked: Bool, _ panics: Bool) -> String {
    switch (panicked, panics) {
    case (false, true): "PANICKING"
    case (true, true): "panic mode"
    case (true, false): "Un-panicking"
    case (false, false): "stable mode"
    }
  }

  /// What the decider goes by, resolved.
  private var goal: KnativeDecider.Spec {
    var resolution = resolution
    resolution.annotation = total > 0 ? total : nil
    resolution.utilization = utilization
    var spec = spec
    spec.target = resolution.target
    spec.total = resolution.total
    spec.stableWindow = Duration(seconds: stableWindow)
    spec.scaleDownDelay = Duration(seconds: scaleDownDelay)
    return spec
  }

  private var unit: String { resolution.metric == .rps ? "a second" : "at once" }

  /// Fills the windows and reads their means.
  private mutating func measure(_ observation: Observation, _ plan: inout Plan)
    -> (stable: Double, panic: Double)
  {
    let now = observation.time
    let reading =
      resolution.metric == .rps
      ? Double(max(0, observation.arrivals)) / max(1, observation.elapsed.seconds)
      : observation.servers.reduce(Double(max(0, observation.waiting))) {
        $0 + Double(max(0, $1.active))
      }
    var (stable, panic) =
      windows
      ?? {
        // Whole seconds, and one at least: Knative's resources/metric.go.
        let panic = max(1, (stableWindow * panicWindow).rounded())
        return (
          ConcurrencyWindow(length: Duration(seconds: stableWindow)),
          ConcurrencyWindow(length: Duration(seconds: panic))
        )
      }()
    stable.fill(reading, at: now)
    panic.fill(reading, at: now)
    windows = (stable, panic)
    let means =
      averaging == .linear
      ? (stable.average(at: now), panic.average(at: now))
      : (stable.weightedAverage(at: now), panic.weightedAverage(at: now))
    plan.note("signal", "requests \(unit)", Figure.plain(reading))
    plan.note(
      "window",
      "mean of \(Figure.seconds(stableWindow)), panic \(Figure.seconds(stableWindow * panicWindow))",
      "\(Figure.plain(means.0)), panic \(Figure.plain(means.1))")
    return means
  }

  /// Panic's hold and the delay, and the gate before the last server.
  private mutating func gate(
    _ outcome: KnativeDecider.Outcome, of present: Int, ready: Int, _ bounds: ClosedRange<Int>,
    at now: Instant
  ) -> (count: Int, note: String, reason: String) {
    let activity =
      activity ?? (ready > 0 ? .active(now) : present > 0 ? .activating(now) : .inactive(now))
    self.activity = activity
    if case .inactive = activity {
      proxy(from: now)
    } else {
      if outcome.excessBurstCapacity < 0 { proxy(from: now) } else { proxiedSince = nil }
    }
    guard outcome.pods == 0, bounds.lowerBound == 0 else {
      wake(activity, isReady: ready >= max(1, bounds.lowerBound), at: now)
      let reason =
        outcome.held > outcome.limited
        ? "Skipping pod count decrease: in panic, not fewer than \(outcome.held)"
        : "Delaying scale to \(outcome.held): \(outcome.pods) wanted in the delay"
      return (outcome.pods, outcome.pods > outcome.held ? ", delayed" : "", reason)
    }
    switch activity {
    case .activating(let since): return start(since, of: present, ready: ready, at: now)
    case .active(let since):
      let age = now - since
      let result = idle(.active(age), of: present, at: now)
      guard result.replicas > 0 else {
        self.activity = .inactive(now)
        proxy(from: now)
        return (present, ", marked inactive", "NoTraffic: idle, marked inactive")
      }
      wake(activity, isReady: ready > 0, at: now)
      let note = ", active for \(Figure.seconds(age.seconds))"
      return (result.replicas, note, "NoTraffic: idle" + note)
    case .inactive(let since):
      let age = now - since
      let result = idle(.inactive(age), of: present, at: now)
      let note = ", inactive for \(Figure.seconds(age.seconds))"
      return (result.applies ? result.replicas : present, note, "NoTraffic: idle" + note)
    }
  }

  private func idle(_ activity: ScaleToZero.Activity, of present: Int, at now: Instant)
    -> ScaleToZero.Outcome
  {
    let gate = ScaleToZero(
      stableWindow: Duration(seconds: stableWindow), grace: Duration(seconds: grace),
      retention: Duration(seconds: retention))
    return gate.decide(0, of: present, activity, proxied: proxiedSince.map { now - $0 } ?? .zero)
  }

  /// Nothing is wanted any more, and the first server is not ready yet: what was held is for it.
  ///
  /// Source: knative/serving, `kpa/scaler.go`, handleScaleToZero: a progress deadline of 600 s and
  /// 30 s more.
  private mutating func start(_ since: Instant, of present: Int, ready: Int, at now: Instant)
    -> (count: Int, note: String, reason: String)
  {
    let age = now - since
    guard age < .seconds(630) else {
      activity = .inactive(now)
      return (0, ", not up in time", "TimedOut: no server in \(Figure.seconds(age.seconds))")
    }
    if ready > 0 { activity = .active(now) }
    let note = ", activating for \(Figure.seconds(age.seconds))"
    return (present, note, "Queued: no server was ready" + note)
  }

  /// Notes that there is something to serve, or might be.
  private mutating func wake(_ old: Activity, isReady: Bool, at now: Instant) {
    switch (old, isReady) {
    case (.active, true), (.activating, false): break
    case (_, true): activity = .active(now)
    case (_, false): activity = .activating(now)
    }
  }

  private mutating func proxy(from now: Instant) { proxiedSince = proxiedSince ?? now }
}
