public import Simulation

/// So many servers at a time of day, whatever the load.
public struct Scheduled: Autoscaler {
  /// The name it is typed by.
  public static let name = "scheduled"
  /// What it does, in a sentence.
  public static let summary = "So many servers at set times, whatever the load."
  /// How often it checks.
  public static let period = Duration.seconds(1)
  /// What `help` says.
  public static let details = StrategyDetails(
    rule: """
      servers = count while at − lead ≤ t < until, else otherwise; t is the time since the start, \
      or what is left of it after whole repeats. Until before at means overnight.
      """,
    source: """
      Scheduled actions of Amazon EC2 Auto Scaling, which set a capacity at a time; lead is \
      predictive scaling's SchedulingBufferTime. The times are a choice of ours.
      """,
    ties: "At the instant `until` itself the time is over. No draws.",
    failure: "It does not look: a load that comes an hour early meets the night's servers.",
    lesson: "19")
  /// What can be set.
  public static var parameters: [Parameter<Self>] {
    [
      Parameter("at", \.at, .duration(0...1e8), "When it begins."),
      Parameter("until", \.until, .duration(0...1e8), "When it ends."),
      Parameter("count", \.count, in: 0...1_000_000, "Servers in between."),
      Parameter("otherwise", \.otherwise, in: 0...1_000_000, "Servers at other times."),
      Parameter("repeat", \.cycle, .duration(0...1e8), "Time after which it recurs; 0 for once."),
      Parameter("lead", \.lead, .duration(0...1e8), "Time before `at` to ask for them."),
    ]
  }

  /// When it begins, in seconds.
  public var at = 60.0
  /// When it ends, in seconds.
  public var until = 300.0
  /// Servers in between.
  public var count = 10
  /// Servers at other times; the fewest allowed count if that is more.
  public var otherwise = 0
  var cycle = 86400.0
  var lead = 0.0

  /// Ten servers from the first minute of a day to the fifth.
  public init() {}

  /// Whether a time is inside.
  func covers(_ time: Duration) -> Bool {
    let begin = Duration(seconds: at - lead)
    let end = Duration(seconds: until)
    let round = Duration(seconds: cycle)
    guard round > .zero else { return begin <= time && time < end }
    // Both as times of one round, from its begin on.
    func into(_ time: Duration) -> Int64 {
      let rest = (time - begin).nanoseconds % round.nanoseconds
      return rest < 0 ? rest + round.nanoseconds : rest
    }
    if end - begin >= round { return true }
    return into(time) < into(end)
  }

  /// The count it wants now, with what each slot made of it.
  public mutating func decide(_ observation: Observation, within bounds: ClosedRange<Int>)
    -> Decision
  {
    var plan = Plan(observation)
    let isInside = covers(observation.time.sinceStart)
    plan.note("signal", "the time", Figure.seconds(observation.time.seconds))
    plan.skip("window")
    let times = "\(Figure.seconds(at))..\(Figure.seconds(until))"
    let rule = "\(isInside ? "inside" : "outside") \(times)"
    plan.take(Plan.desired, isInside ? count : otherwise, rule, because: rule)
    for slot in ["dead band", "stabilization", "rate limit"] { plan.skip(slot) }
    return plan.finish(within: bounds)
  }
}
