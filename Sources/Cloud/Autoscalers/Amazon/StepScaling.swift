public import Simulation

/// The further beyond the threshold, the larger the change (AWS step scaling).
public struct StepScaling: Autoscaler {
  /// The name it is typed by.
  public static let name = "step"
  /// What it does, in a sentence.
  public static let summary = "The further off the threshold, the larger the step (AWS)."
  /// How often it checks: once in each period of its alarms.
  public static let period = Duration.seconds(60)
  /// What `help` says.
  public static let details = StrategyDetails(
    rule: """
      With d = utilisation − out-threshold, the step of out-steps that begins nearest below d says \
      how much is added: 0%:10,10%:30 is 10 from the threshold on and 30 from 10 points beyond. \
      in-steps says likewise how much is given back under in-threshold. Per cent are rounded \
      towards zero, but to one at least. Warming servers are left out of the metric and of the \
      count a step starts from, so the same step twice adds once; nothing is given back while any \
      server warms, and those that drain still count.
      """,
    source: """
      Amazon EC2 Auto Scaling user guide, step scaling: its example has 10% from 60, 30% from 70, \
      −10% to 40 and −30% to 30. Warm-up 300s, the default cooldown.
      """,
    ties: "Both alarms at once: the one for more servers. No draws.",
    failure: """
      The steps are guesses: too small, and it climbs one warm-up at a time; too large, and it \
      swings.
      """,
    lesson: "16")
  /// What can be set.
  public static var parameters: [Parameter<Self>] {
    [
      Parameter("out-threshold", \.out, .ratio(0...1), "Utilisation from which it adds."),
      Parameter("in-threshold", \.in, .ratio(0...1), "Utilisation down to which it gives back."),
      Parameter("out-steps", \.outSteps, "How far beyond it each step begins, and what it adds."),
      Parameter("in-steps", \.inSteps, "The same below, and what it gives back."),
      Parameter("type", \.kind, "What the changes are: servers, per cent, or the number itself."),
      Parameter(
        "min-magnitude", \.minimumMagnitude, in: 0...1_000_000,
        "Fewest servers that a change by per cent means."),
      Parameter(
        "warmup", \.warmup.length, .duration(0...86400), "Time a new server counts as warming."),
      Parameter("alarm-period", \.alarmPeriod, .duration(1...86400), "Time of one datapoint."),
      Parameter(
        "datapoints", \.datapoints, in: 1...1440, "Datapoints in a row that set it off."),
    ]
  }

  /// Utilisation from which it adds, as a ratio.
  public var out = 0.6
  /// Utilisation down to which it gives back, as a ratio.
  public var `in` = 0.4
  /// The steps up.
  public var outSteps = [Step(from: 0, 10), Step(from: 0.1, 30)]
  /// The steps down.
  public var inSteps = [Step(from: 0, 10), Step(from: 0.1, 30)]
  var kind = Adjustment.Kind.percent
  var minimumMagnitude = 0
  var alarmPeriod = 60.0
  var datapoints = 1
  var warmup = InstanceWarmup(300)
  private var alarms: AlarmPair?

  /// A step: from so far beyond the threshold on, up to the next step, so large a change.
  public struct Step: SettingRow {
    /// A share and a number, such as `10%:30`.
    public static let kind = RowKind(
      [.ratio(0...1), .number(0...1e6)], between: [":"], ascends: true, example: "0%:10,10%:30")

    /// Where it begins, as a ratio.
    public var from: Double
    /// The size of the change, in the policy's kind.
    public var change: Double

    /// A step.
    public init(from: Double, _ change: Double) {
      self.from = from
      self.change = change
    }

    /// A step of two numbers.
    public init?(_ numbers: [Double]) {
      guard numbers.count == 2 else { return nil }
      self.init(from: numbers[0], numbers[1])
    }

    /// Where it begins and its change.
    public var numbers: [Double] { [from, change] }
  }

  /// With the steps of the user guide's example.
  public init() {}

  /// The capacity after a step: from the warm servers up, never fewer than there are.
  ///
  /// "Adds 2, then 3 within the warm-up adds 1": both count from the same warm servers.
  /// Those that are leaving still count on the way down, so that no more go than were meant to.
  public static func capacity(
    _ adjustment: Adjustment, present: Int, warm: Int, leaving: Int = 0, isUpward: Bool
  ) -> Int {
    if isUpward { return max(present, adjustment.capacity(from: warm)) }
    return warm < present ? present : min(present, adjustment.capacity(from: present + leaving))
  }

  /// The count it wants now, with what each slot made of it.
  public mutating func decide(_ observation: Observation, within bounds: ClosedRange<Int>)
    -> Decision
  {
    var plan = Plan(observation)
    var warm = observation
    warm.servers = warmup.warm(observation)
    var pair = alarms ?? fresh
    pair.read(warm.cpu.map { $0.value * 100 }, "cpu of the warm servers", of: observation, &plan)
    alarms = pair

    var wanted = plan.before
    var rule = pair.rule
    if pair.way == nil { plan.say = .none }
    if let way = pair.way, let metric = (way == .out ? pair.high : pair.low).latest {
      let policy = policy(way)
      if let adjustment = policy.adjustment(for: metric) {
        wanted = Self.capacity(
          adjustment, present: plan.before, warm: warm.servers.count,
          leaving: observation.leaving, isUpward: way == .out)
        rule +=
          ": \(kind.rawValue) \(Figure.plain(adjustment.amount)) of \(warm.servers.count) warm"
      }
    }
    plan.take(Plan.desired, wanted, rule, because: pair.cause("cpu-") + rule)
    for slot in ["dead band", "stabilization", "rate limit"] { plan.skip(slot) }
    return plan.finish(withinCapacity: bounds)
  }

  private var fresh: AlarmPair {
    let length = Duration(seconds: alarmPeriod)
    return AlarmPair(
      high: Alarm(.atLeast, out * 100, period: length, evaluationPeriods: datapoints),
      low: Alarm(.atMost, `in` * 100, period: length, evaluationPeriods: datapoints))
  }

  /// The steps one way, in points.
  private func policy(_ way: AlarmPair.Way) -> StepPolicy {
    let isUpward = way == .out
    let steps = isUpward ? outSteps : inSteps
    let ends = steps.dropFirst().map { $0.from * 100 as Double? } + [nil]
    let sign = isUpward || kind == .exact ? 1.0 : -1.0
    return StepPolicy(
      threshold: (isUpward ? out : `in`) * 100, isUpward: isUpward, kind,
      minimumMagnitude: minimumMagnitude,
      zip(steps, ends).map { step, end in
        let begin = step.from * 100
        return isUpward
          ? StepAdjustment(from: begin, to: end, sign * step.change)
          : StepAdjustment(from: end.map { -$0 }, to: -begin, sign * step.change)
      })
  }
}
