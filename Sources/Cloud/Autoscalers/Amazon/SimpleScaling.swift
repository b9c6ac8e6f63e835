public import Simulation

/// One alarm and one change each way, and a rest afterwards (AWS simple scaling).
public struct SimpleScaling: Autoscaler {
  /// The name it is typed by.
  public static let name = "simple"
  /// What it does, in a sentence.
  public static let summary = "One change when an alarm goes off, then a rest (AWS)."
  /// How often it checks: once in each period of its alarms.
  public static let period = Duration.seconds(60)
  /// What `help` says.
  public static let details = StrategyDetails(
    rule: """
      utilisation ≥ out-threshold in each of the last datapoints: servers + out-change; \
      utilisation ≤ in-threshold in each: servers − in-change. Then nothing until the cooldown has \
      passed since the change was over: since the last server came into service or had drained.
      """,
    source: """
      Amazon EC2 Auto Scaling, simple scaling policies, one each way: cooldown 300s, counted from \
      the end of the last activity; CloudWatch alarms of 60s periods. Thresholds are a choice of ours.
      """,
    ties: "Both alarms at once: the one for more servers. No draws.",
    failure: """
      In the rest it does not react at all: a sale that needs ten servers gets one every \
      cooldown plus boot.
      """,
    lesson: "16")
  /// What can be set.
  public static var parameters: [Parameter<Self>] {
    [
      Parameter("out-threshold", \.out, .ratio(0...1), "Utilisation from which it adds."),
      Parameter("out-change", \.outChange, .number(0...1e6), "How much it adds."),
      Parameter("in-threshold", \.in, .ratio(0...1), "Utilisation down to which it gives back."),
      Parameter("in-change", \.inChange, .number(0...1e6), "How much it gives back."),
      Parameter("type", \.kind, "What the changes are: servers, per cent, or the number itself."),
      Parameter(
        "min-magnitude", \.minimumMagnitude, in: 0...1_000_000,
        "Fewest servers that a change by per cent means."),
      Parameter("cooldown", \.cooldown, .duration(0...86400), "Rest after a change."),
      Parameter("alarm-period", \.alarmPeriod, .duration(1...86400), "Time of one datapoint."),
      Parameter(
        "datapoints", \.datapoints, in: 1...1440, "Datapoints in a row that set it off."),
    ]
  }

  /// Utilisation from which it adds, as a ratio.
  public var out = 0.7
  /// Utilisation down to which it gives back, as a ratio.
  public var `in` = 0.3
  var outChange = 1.0
  var inChange = 1.0
  var kind = Adjustment.Kind.change
  var minimumMagnitude = 0
  var cooldown = 300.0
  var alarmPeriod = 60.0
  var datapoints = 1
  private var alarms: AlarmPair?
  /// When the change was made that is under way.
  private var changed: Instant?
  /// When the last change was over; nil before the first.
  private var finished: Instant?

  /// One server more from 70 %, one fewer down to 30 %.
  public init() {}

  /// The count it wants now, with what each slot made of it.
  public mutating func decide(_ observation: Observation, within bounds: ClosedRange<Int>)
    -> Decision
  {
    var plan = Plan(observation)
    var pair =
      alarms
      ?? AlarmPair(
        high: Alarm(
          .atLeast, out * 100, period: Duration(seconds: alarmPeriod),
          evaluationPeriods: datapoints),
        low: Alarm(
          .atMost, `in` * 100, period: Duration(seconds: alarmPeriod),
          evaluationPeriods: datapoints))
    pair.read(observation.cpu.map { $0.value * 100 }, "cpu", of: observation, &plan)
    alarms = pair

    if !observation.isGranted { changed = nil }
    var wanted = plan.before
    if let way = pair.way {
      let size = way == .out ? outChange : inChange
      let adjustment = Adjustment(
        kind, way == .in && kind != .exact ? -size : size, minimumMagnitude: minimumMagnitude)
      wanted = adjustment.capacity(from: plan.before)
    }
    plan.take(
      Plan.desired, wanted, pair.rule, because: pair.cause("cpu-") + pair.rule)
    plan.skip("dead band")
    plan.skip("stabilization")
    let isResting = rest(observation, &plan)
    if pair.way == nil || isResting { plan.say = .none }
    let decision = plan.finish(within: bounds)
    if decision.after != decision.before { changed = observation.time }
    return decision
  }

  /// The cooldown, which begins when nothing boots or drains any more; whether it holds.
  private mutating func rest(_ observation: Observation, _ plan: inout Plan) -> Bool {
    if let begun = changed, observation.leaving == 0, observation.servers.allSatisfy(\.ready) {
      changed = nil
      finished = max(begun, observation.settled)
    }
    let age = finished.map { (observation.time - $0).seconds } ?? .infinity
    let isBusy = changed != nil
    let holds = isBusy || age < cooldown
    let rest =
      isBusy
      ? "the last change is under way"
      : "last change over \(Figure.seconds(age)) ago, cooldown \(Figure.seconds(cooldown))"
    plan.take(
      "rate limit", holds ? plan.before : plan.count, finished == nil && !isBusy ? "none" : rest,
      because: rest)
    return holds
  }
}
