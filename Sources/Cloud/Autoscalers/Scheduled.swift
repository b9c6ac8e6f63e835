public import Simulation

/// So many servers at times of day, whatever the load.
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
      times is a list such as 8h..18h:10,18h..22h:4. servers = the largest count whose time it is, \
      begin − lead ≤ t < end, else otherwise; t is the time since the start, or what is left of it \
      after whole repeats. An end before its begin means overnight. Beside a policy that gives \
      back it is a floor, and leaves giving back to that one. Schedules that recur at different \
      times, or have names, are scalers of their own (--as): the largest wish wins.
      """,
    source: """
      Scheduled actions of Amazon EC2 Auto Scaling, of which those that set the minimum leave \
      giving back to other policies, and KEDA's cron triggers with a start, an end and \
      desiredReplicas, of which the most counts; lead is \
      predictive scaling's SchedulingBufferTime. The times are a choice of ours.
      """,
    ties: "At the instant of an end the time is over. No draws.",
    failure: "It does not look: a load that comes an hour early meets the night's servers.",
    lesson: "19")
  /// What can be set.
  public static var parameters: [Parameter<Self>] {
    [
      Parameter("times", \.times, "From when to when how many servers."),
      Parameter("otherwise", \.otherwise, in: 0...1_000_000, "Servers at other times."),
      Parameter("repeat", \.cycle, .duration(0...1e8), "Time after which it recurs; 0 for once."),
      Parameter("lead", \.lead, .duration(0...1e8), "Time before each begin to ask for them."),
    ]
  }

  /// So many servers from one time to another.
  public struct Entry: SettingRow {
    /// Two times and a count, such as `8h..18h:10`.
    public static let kind = RowKind(
      [.duration(0...1e8), .duration(0...1e8), .count(0...1_000_000)], between: ["..", ":"],
      example: "8h..18h:10,18h..22h:4")

    /// When it begins, in seconds.
    public var at: Double
    /// When it ends, in seconds.
    public var until: Double
    /// Servers in between.
    public var count: Int

    /// So many servers between two times.
    public init(at: Double, until: Double, count: Int) {
      self.at = at
      self.until = until
      self.count = count
    }

    /// An entry of three numbers.
    public init?(_ numbers: [Double]) {
      guard numbers.count == 3, let count = Int(exactly: numbers[2]) else { return nil }
      self.init(at: numbers[0], until: numbers[1], count: count)
    }

    /// Its two times and the count.
    public var numbers: [Double] { [at, until, Double(count)] }

    fileprivate var words: String { "\(Figure.seconds(at))..\(Figure.seconds(until))" }
  }

  /// When how many servers are to be there.
  public var times = [Entry(at: 60, until: 300, count: 10)]
  /// Servers at other times; the fewest allowed count if that is more.
  public var otherwise = 0
  var cycle = 86400.0
  var lead = 0.0

  /// Ten servers from the first minute of a day to the fifth.
  public init() {}

  /// Beside policies that look at the load it is a floor.
  public var givesBack: Bool { false }

  /// Whether it is the time of an entry.
  func covers(_ time: Duration, _ entry: Entry) -> Bool {
    let begin = Duration(seconds: entry.at - lead)
    let end = Duration(seconds: entry.until)
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
    let now = observation.time.sinceStart
    let present = times.filter { covers(now, $0) }.max { $0.count < $1.count }
    plan.note("signal", "the time", Figure.seconds(observation.time.seconds))
    plan.skip("window")
    let all = times.count == 1 ? times[0].words : "all \(times.count) times"
    let rule = present.map { "inside \($0.words)" } ?? "outside \(all)"
    plan.take(
      Plan.desired, present?.count ?? otherwise, rule, because: "scheduled action: \(rule)")
    for slot in ["dead band", "stabilization", "rate limit"] { plan.skip(slot) }
    var decision = plan.finish(within: bounds)
    decision.say = .atLeast(decision.after)
    return decision
  }
}
