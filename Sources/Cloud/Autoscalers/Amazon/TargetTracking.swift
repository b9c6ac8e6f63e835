public import Simulation

/// Keeps a metric at a target, quick to add and slow to give back (AWS target tracking).
public struct TargetTracking: Autoscaler {
  /// The name it is typed by.
  public static let name = "target-tracking"
  /// What it does, in a sentence.
  public static let summary = "Keeps metrics at targets: out in 3m, in after 15m (AWS)."
  /// How often it checks: once in each period of its alarms.
  public static let period = Duration.seconds(60)
  /// What `help` says.
  public static let details = StrategyDetails(
    rule: """
      servers = ceil(n × metric ÷ target), n being the warm servers: a fraction rounds up on the \
      way out and towards keeping on the way in. Out when the metric is over the target in 3 of 3 \
      minutes, in when it is under 90% of it in 15 of 15. Of several targets, here or of other \
      scalers, any may add, and all must agree to give back; the larger result wins. Cooldowns as \
      Application Auto Scaling has them: after adding, only a larger result adds; adding ends the \
      other one.
      """,
    source: """
      Amazon EC2 Auto Scaling user guide, target tracking. The guide says only "usually more than \
      10% lower"; 3 and 15 minutes are what Alibaba Cloud states for its twin and moto shows for ECS.
      """,
    ties: "Equal results: the first metric. No draws.",
    failure: """
      Utilisation ends at 100%, so a tenfold load takes several rounds of three minutes. Metrics \
      that do not fall as servers are added, such as latency or all requests, do not work.
      """,
    lesson: "16")
  /// What can be set.
  public static var parameters: [Parameter<Self>] {
    [
      Parameter("cpu", \.cpu, .ratio(0...1), "Utilisation to aim at; 0 for not at all."),
      Parameter(
        "requests", \.requests, .rate(0...1e9), "Requests a second of one server; 0 for not."),
      Parameter("out-datapoints", \.outDatapoints, in: 1...1440, "Datapoints over the target."),
      Parameter("in-datapoints", \.inDatapoints, in: 1...1440, "Datapoints under the low mark."),
      Parameter("in-share", \.inShare, .ratio(0...1), "The low mark's share of the target."),
      Parameter("scale-in", \.scaleIn, "Whether it gives back at all."),
      Parameter(
        "out-cooldown", \.outCooldown, .duration(0...86400),
        "Time after adding in which only more than that is added."),
      Parameter(
        "in-cooldown", \.inCooldown, .duration(0...86400),
        "Time after giving back in which nothing more is."),
      Parameter("alarm-period", \.alarmPeriod, .duration(1...86400), "Time of one datapoint."),
      Parameter(
        "warmup", \.warmup.length, .duration(0...86400), "Time a new server counts as warming."),
    ]
  }

  /// What a policy is ready to do.
  public enum Vote: String, Sendable {
    /// More servers.
    case out
    /// Fewer.
    case `in`
    /// Nothing.
    case none
  }

  /// Whether servers are given back.
  public enum Switch: String, CaseIterable, Sendable {
    /// They are.
    case on
    /// They are not; another policy may.
    case off
  }

  /// Utilisation to aim at, as a ratio; 0 for not at all.
  public var cpu = 0.5
  /// Requests a second of one server to aim at; 0 for not at all.
  public var requests = 0.0
  /// Whether it gives back at all.
  public var scaleIn = Switch.on
  var outDatapoints = 3
  var inDatapoints = 15
  var inShare = 0.9
  var alarmPeriod = 60.0
  var warmup = InstanceWarmup(300)
  /// Application Auto Scaling's `ScaleOutCooldown` and `ScaleInCooldown`; EC2's groups have none.
  var outCooldown = 0.0
  var inCooldown = 0.0
  private var pairs: [AlarmPair] = []
  /// The change it made last: when it added, and how many servers that made, and when it gave back;
  /// nil when it has added since.
  private var last: Change = (nil, nil)
  /// The one before, which counts again when the last is not granted.
  private var former: Change = (nil, nil)
  private typealias Change = (added: (time: Instant, count: Int)?, gaveBack: Instant?)

  /// Whether it gives back at all.
  public var givesBack: Bool { scaleIn == .on && (cpu > 0 || requests > 0) }

  /// For 50 % of the slots busy.
  public init() {}

  /// Whole servers of a change: up, which adds the fraction and keeps it on the way down.
  public static func rounded(_ change: Double) -> Int {
    change < 0 ? -Int(serversFor: (-change).rounded(.down)) : Int(serversFor: change)
  }

  /// The servers at which the metric would be at its target.
  public static func capacity(_ current: Int, metric: Double, target: Double) -> Int {
    Int(serversFor: Double(current) * metric / target)
  }

  /// Any may add, all must agree to give back.
  public static func combined(_ votes: [Vote]) -> Vote {
    if votes.contains(.out) { return .out }
    return !votes.isEmpty && votes.allSatisfy { $0 == .in } ? .in : .none
  }

  /// The largest result wins, for more servers and for fewer.
  public static func largest(_ capacities: [Int]) -> Int? { capacities.max() }

  /// The count it wants now, with what each slot made of it.
  public mutating func decide(_ observation: Observation, within bounds: ClosedRange<Int>)
    -> Decision
  {
    var plan = Plan(observation)
    var warm = observation
    warm.servers = warmup.warm(observation)
    let metrics = metrics(warm)
    if pairs.count != metrics.count { pairs = metrics.map { pair($0.target) } }

    var votes: [Vote] = []
    var capacities: [Int] = []
    var rules: [String] = []
    var causes: [String] = []
    for (place, metric) in metrics.enumerated() {
      if let reading = metric.reading {
        pairs[place].high.record(reading, of: observation.elapsed, at: observation.time)
        pairs[place].low.record(reading, of: observation.elapsed, at: observation.time)
      }
      let pair = pairs[place]
      let vote: Vote = pair.way == .out ? .out : pair.way == .in ? .in : .none
      votes.append(vote)
      rules.append("\(metric.name) \(pair.rule)")
      causes.append(
        pair.cause("TargetTracking-\(metric.name)-") + "\(metric.name) \(pair.rule)")
      guard let latest = pair.high.latest, vote != .none else { continue }
      let count = vote == .out ? warm.servers.count : plan.before + observation.leaving
      capacities.append(Self.capacity(count, metric: latest, target: metric.target))
    }
    plan.note(
      "signal", metrics.map(\.name).joined(separator: ", "),
      metrics.map { $0.reading.map(Figure.plain) ?? "nothing" }.joined(separator: ", "))
    plan.note(
      "window", "datapoints of \(Figure.seconds(alarmPeriod))",
      pairs.map { $0.high.latest.map(Figure.plain) ?? "none yet" }.joined(separator: ", "))

    let largest = Self.largest(capacities) ?? plan.before
    let wanted =
      switch Self.combined(votes) {
      case .out: max(plan.before, largest)
      case .in:
        scaleIn == .on && !isWarming(observation, warm) ? min(plan.before, largest) : plan.before
      case .none: plan.before
      }
    // Of this kind all must agree to give back, but for those that never do; others may.
    plan.say = givesBack ? .agreement : .none
    let rule = rules.joined(separator: "; ")
    let cause = causes.joined(separator: "; ")
    plan.take(Plan.desired, wanted, rule.isEmpty ? "no target" : rule, because: cause)
    for slot in ["dead band", "stabilization"] { plan.skip(slot) }
    if !observation.isGranted { last = former }
    former = last
    rest(observation.time, &plan)
    let decision = plan.finish(withinCapacity: bounds)
    if decision.after > decision.before {
      last = ((observation.time, decision.after), nil)
    } else if decision.after < decision.before {
      last.gaveBack = observation.time
    }
    return decision
  }

  /// The cooldowns: what was added counts towards what is to be added next, and adding ends the
  /// rest after giving back.
  private func rest(_ now: Instant, _ plan: inout Plan) {
    if plan.count > plan.before, let added = last.added,
      now - added.time < Duration(seconds: outCooldown),
      plan.count <= added.count
    {
      hold("scale-out cooldown", since: added.time, outCooldown, now, &plan)
    } else if plan.count < plan.before, let gaveBack = last.gaveBack,
      now - gaveBack < Duration(seconds: inCooldown)
    {
      hold("scale-in cooldown", since: gaveBack, inCooldown, now, &plan)
    } else {
      plan.skip("rate limit")
    }
  }

  private func hold(
    _ name: String, since time: Instant, _ length: Double, _ now: Instant, _ plan: inout Plan
  ) {
    let age = Figure.seconds((now - time).seconds)
    let rule = "\(name) of \(Figure.seconds(length)), \(age) ago"
    plan.take(
      "rate limit", plan.before, rule, because: "\(Figure.servers(plan.count)) wanted, \(rule)")
  }

  private func isWarming(_ all: Observation, _ warm: Observation) -> Bool {
    warm.servers.count < all.servers.count
  }

  /// What is tracked: per cent of the slots, and requests a second per warm server.
  private func metrics(_ warm: Observation) -> [(name: String, reading: Double?, target: Double)] {
    var metrics: [(name: String, reading: Double?, target: Double)] = []
    if cpu > 0 { metrics.append(("cpu", warm.cpu.map { $0.value * 100 }, cpu * 100)) }
    if requests > 0 {
      let seconds = warm.elapsed.seconds
      let total = warm.servers.reduce(0.0) { $0 + Double(max(0, $1.arrivals)) }
      let each =
        seconds > 0 && !warm.servers.isEmpty
        ? total / seconds / Double(warm.servers.count) : nil
      metrics.append(("requests", each, requests))
    }
    return metrics
  }

  private func pair(_ target: Double) -> AlarmPair {
    let length = Duration(seconds: alarmPeriod)
    return AlarmPair(
      high: Alarm(.above, target, period: length, evaluationPeriods: outDatapoints),
      low: Alarm(.below, inShare * target, period: length, evaluationPeriods: inDatapoints))
  }
}
