public import Simulation

/// Event-driven scaling: to nothing when nothing comes, and by the horizontal autoscaler above one.
public struct Keda: Autoscaler {
  /// The name it is typed by.
  public static let name = "keda"
  /// What it does, in a sentence.
  public static let summary = "No server while nothing comes; else as Kubernetes scales."
  /// How often it checks, as the horizontal autoscaler does; the triggers are polled less often.
  public static let period = Duration.seconds(15)
  /// Requests that find no server wait until it brings one.
  public static let scalesFromZero = true
  /// What `help` says.
  public static let details = StrategyDetails(
    rule: """
      Every polling interval: a trigger above its activation wakes the fleet from 0 to max(1, \
      min), or to active-min, KEDA's minReplicaCount beside an idleReplicaCount of 0; with none \
      active for longer than the cooldown it goes to 0, if min is 0. A poll reads the rate since \
      the last one, a check the rate since the last check. In between \
      servers = ceil(total ÷ target), total being all requests a second or all requests in the \
      system; the most over the triggers counts, kept within the tolerance of target × servers, \
      stabilized and limited as hpa does.
      """,
    source: """
      KEDA, scale_scaledobjects.go: polled every 30s, cooldown 300s; then Kubernetes' horizontal \
      pod autoscaler with an external metric's average value, every 15s. The queue's target is 20 \
      in KEDA's RabbitMQ trigger.
      """,
    ties: "Triggers that want the same: rate. No draws.",
    failure: """
      The first request after a quiet time waits for a poll and a boot, if it may wait at all. A \
      cooldown shorter than the time between requests makes that every request. The least is 0 \
      only with min 0.
      """,
    lesson: "16")
  /// What can be set.
  public static var parameters: [Parameter<Self>] {
    [
      Parameter("rate", \.rate, .rate(0...1e9), "Requests a second for each server; 0 for none."),
      Parameter("queue", \.queue, .number(0...1e9), "Requests for each server; 0 for none."),
      Parameter(
        "rate-activation", \.rateActivation, .rate(0...1e9), "A rate above this wakes it."),
      Parameter(
        "queue-activation", \.queueActivation, .number(0...1e9), "More requests than this wake it."),
      Parameter(
        "polling", \.polling, .duration(0...86400),
        "Time between two polls, which it makes at its checks."),
      Parameter("cooldown", \.cooldown, .duration(0...86400), "Quiet time before it sleeps."),
      Parameter(
        "initial-cooldown", \.initialCooldown, .duration(0...86400),
        "Time before it may sleep when nothing ever came."),
      Parameter(
        "active-min", \.activeMin, in: 0...1_000_000,
        "Fewest servers while awake, where --min 0 is for the idle."),
      Parameter(
        "tolerance", \.tolerance, .ratio(0...1), "How far off the target is near enough."),
      Parameter(
        "stabilization", \.stabilization, .duration(0...3600),
        "Time for which fewer must have been wanted."),
    ]
  }

  /// Requests a second for each server; 0 when they are not watched.
  public var rate = 20.0
  /// Requests in service and waiting, for each server; 0 when they are not watched.
  public var queue = 0.0
  var rateActivation = 0.0
  var queueActivation = 0.0
  var polling = 30.0
  var cooldown = 300.0
  var initialCooldown = 0.0
  /// KEDA's `minReplicaCount` beside an `idleReplicaCount` of 0, the only one that it takes.
  var activeMin = 0
  var tolerance = 0.1
  var stabilization = 300.0
  private var activation: KedaActivation?
  private var lastPoll: Instant?
  /// Arrivals since the last poll, and the time in which they came.
  private var unpolled = (arrivals: 0, time: Duration.zero)
  private var control = HorizontalControl(HorizontalControl.Behavior())

  /// For 20 requests a second for each server.
  public init() {}

  /// The count it wants now, with what each slot made of it.
  public mutating func decide(_ observation: Observation, within bounds: ClosedRange<Int>)
    -> Decision
  {
    var plan = Plan(observation)
    var span = bounds
    let triggers = triggers(observation, observation.rate?.value ?? 0)
    unpolled.arrivals = unpolled.arrivals.addingClamped(max(0, observation.arrivals))
    unpolled.time = unpolled.time + observation.elapsed
    if let poll = poll(observation, plan.before, within: bounds), poll.replicas != plan.before {
      let quiet =
        activation?.lastActive == nil
        ? "no trigger was ever active"
        : "no trigger active for more than \(Figure.seconds(cooldown))"
      plan.take(poll.replicas, of: poll.triggers, poll.replicas > plan.before ? nil : quiet)
    } else if plan.before == 0 {
      plan.note("signal", triggers.map(\.told).joined(separator: ", "), "not active")
      plan.give(up: "ScalerNotActive: \(triggers.map(\.told).joined(separator: ", "))")
    } else {
      control.behavior?.down.window = Duration(seconds: stabilization)
      let metrics = triggers.map { metric($0, plan.before) }
      // Only KEDA itself goes to zero.
      if bounds.upperBound > 0 { span = max(1, fewest(bounds))...bounds.upperBound }
      let outcome = control.reconcile(
        plan.before, metrics.map(\.proposal), within: span, at: observation.time)
      plan.take(outcome, of: metrics, by: control)
    }
    return plan.finish(
      within: span, tooMany: "TooManyReplicas: ", tooFew: "TooFewReplicas: ")
  }

  /// The fewest while a trigger is active.
  private func fewest(_ bounds: ClosedRange<Int>) -> Int {
    min(max(bounds.lowerBound, activeMin), bounds.upperBound)
  }

  /// What KEDA itself asks for, by what came since its last poll; nil between two polls.
  private mutating func poll(
    _ observation: Observation, _ current: Int, within bounds: ClosedRange<Int>
  ) -> (replicas: Int, triggers: [Trigger])? {
    let now = observation.time
    if let lastPoll, now - lastPoll < Duration(seconds: polling) { return nil }
    lastPoll = now
    let seconds = unpolled.time.seconds
    let triggers = triggers(observation, seconds > 0 ? Double(unpolled.arrivals) / seconds : 0)
    unpolled = (0, .zero)
    var activation = activation ?? KedaActivation(created: now - observation.elapsed)
    activation.cooldown = Duration(seconds: cooldown)
    activation.initialCooldown = Duration(seconds: initialCooldown)
    activation.fewest = bounds.lowerBound > 0 ? bounds.lowerBound : fewest(bounds)
    activation.idle = bounds.lowerBound == 0 && activation.fewest > 0 ? 0 : nil
    let replicas = activation.replicas(
      current, isActive: triggers.contains(where: \.isActive), at: now)
    self.activation = activation
    return (replicas, triggers)
  }
}

// MARK: - Triggers

extension Keda {
  /// One source of events.
  struct Trigger {
    var name: String
    /// The total over all servers.
    var total: Double
    var target: Double
    var activation: Double
    var figure: (Double) -> String

    var isActive: Bool { total > activation }
    var told: String { "\(name) \(figure(total))" }
  }

  private func triggers(_ observation: Observation, _ perSecond: Double) -> [Trigger] {
    var triggers: [Trigger] = []
    if rate > 0 {
      triggers.append(
        Trigger(
          name: "rate", total: perSecond, target: rate,
          activation: rateActivation, figure: Figure.rate))
    }
    if queue > 0 {
      let present = observation.servers.reduce(observation.waiting) { $0.addingClamped($1.active) }
      triggers.append(
        Trigger(
          name: "queue", total: Double(present), target: queue, activation: queueActivation,
          figure: Figure.plain))
    }
    return triggers
  }

  private func metric(_ trigger: Trigger, _ current: Int) -> Plan.Metric {
    var calculator = ReplicaCalculator()
    calculator.tolerance = Tolerance(down: tolerance, up: tolerance)
    return Plan.Metric(
      name: trigger.name, reading: { "\(trigger.figure(Double($0.reading) / 1000)) a server" },
      target: trigger.figure(trigger.target),
      proposal: .success(
        calculator.share(
          of: Int(milli: trigger.total), target: max(1, Int(milli: trigger.target)),
          replicas: current)))
  }
}

extension Plan {
  /// Takes what KEDA itself asks for; `quiet` is nil when it wakes the fleet.
  fileprivate mutating func take(_ count: Int, of triggers: [Keda.Trigger], _ quiet: String?) {
    let told = triggers.map(\.told).joined(separator: ", ")
    note("signal", told, quiet == nil ? "active" : "not active")
    note("window", "none: since the last check", quiet == nil ? "active" : "not active")
    take(
      Self.desired, count, quiet ?? "max(1, min)",
      because: quiet.map { "KEDAScaleTargetDeactivated: \($0)" }
        ?? "KEDAScaleTargetActivated: \(told)")
    for slot in ["dead band", "stabilization", "rate limit"] { skip(slot) }
  }
}
