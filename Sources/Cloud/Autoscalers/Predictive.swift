public import Simulation

/// Has the servers ready that the load of the last season calls for.
public struct Predictive: Autoscaler {
  /// The name it is typed by.
  public static let name = "predictive"
  /// What it does, in a sentence.
  public static let summary = "Adds servers ahead of time, by what came a season ago."
  /// How often it checks.
  public static let period = Duration.seconds(15)
  /// What `help` says.
  public static let details = StrategyDetails(
    rule: """
      servers = ceil(the highest forecast from now to in lead ÷ target). The forecast of a slot is \
      the rate of the same slot a season ago, or Holt-Winters' level + trend + season. Nothing before \
      a whole season is known. It only adds, unless scale-in is on.
      """,
    source: """
      Amazon EC2 predictive scaling: hourly slots, 24h of history at least, SchedulingBufferTime \
      300s, scale-out only. Holt-Winters' smoothing 0.2, 0.1 and 0.3 is a choice of ours.
      """,
    ties: "None. No draws.",
    failure: """
      What never came before it does not see: it needs a reactive policy beside it. With scale-in \
      off its wish keeps other scalers from giving back.
      """,
    lesson: "19")
  /// What can be set.
  public static var parameters: [Parameter<Self>] {
    [
      Parameter("target", \.target, .rate(0.001...1e9), "Requests a second that one server gets."),
      Parameter("season", \.season, .duration(1...1e8), "Time after which the load recurs."),
      Parameter("slot", \.slot, .duration(1...1e8), "Time of one value of the forecast."),
      Parameter("method", \.method, "How it forecasts."),
      Parameter("lead", \.lead, .duration(0...1e6), "Time ahead for which servers are there."),
      Parameter("scale-in", \.scaleIn, "Whether it gives back what is not forecast."),
      Parameter("level", \.smoothing.level, .number(0...1), "How fast the level follows."),
      Parameter("trend", \.smoothing.trend, .number(0...1), "How fast the trend follows."),
      Parameter("seasonal", \.smoothing.season, .number(0...1), "How fast the season follows."),
    ]
  }

  /// Requests a second that one server gets.
  public var target = 20.0
  /// Seconds after which the load recurs.
  public var season = 86400.0
  /// Seconds of one value of the forecast.
  public var slot = 3600.0
  /// How it forecasts.
  public var method = Forecast.Method.seasonalNaive
  /// Seconds ahead for which servers are there.
  public var lead = 300.0
  /// Whether it gives back what is not forecast.
  public var scaleIn = TargetTracking.Switch.off
  var smoothing = (level: 0.2, trend: 0.1, season: 0.3)
  private var forecast: Forecast?
  /// The slot that is not over: its number, the requests in it, and the seconds of it that were
  /// looked at.
  private var open = (number: Int64(0), requests: 0.0, seconds: 0.0)

  /// By the hour of yesterday.
  public init() {}

  /// Whether it gives back what is not forecast.
  public var givesBack: Bool { scaleIn == .on }

  /// The count it wants now, with what each slot made of it.
  public mutating func decide(_ observation: Observation, within bounds: ClosedRange<Int>)
    -> Decision
  {
    var plan = Plan(observation)
    let forecast = record(observation)
    plan.note(
      "signal", "\(observation.arrivals) arrivals",
      observation.rate.map { Figure.rate($0.value) } ?? "nothing")
    let length = Duration(seconds: slot)
    // The open slot is the first after the last that is known.
    let ahead = (observation.time + Duration(seconds: lead)).nanoseconds / length.nanoseconds
    // Without a trend every season is like the last.
    let far = method == .seasonalNaive ? forecast.slots : 100_000
    let distance = Int(max(1, min(Int64(far), ahead - open.number + 1)))
    let known = "\(forecast.count) of \(forecast.slots) slots known"
    guard let expected = (1...distance).compactMap({ forecast.value(ahead: $0) }).max() else {
      plan.give(up: known)
      return plan.finish(within: bounds)
    }
    plan.note(
      "window", "\(method.rawValue), up to \(Figure.seconds(lead)) ahead", Figure.rate(expected))
    let wanted = Int(serversFor: expected / target)
    plan.take(
      Plan.desired, wanted, "ceil(\(Figure.rate(expected)) ÷ \(Figure.rate(target)))",
      because: "\(Figure.rate(expected)) forecast at \(Figure.rate(target)) a server")
    if scaleIn == .off {
      plan.say = .atLeast(min(max(wanted, bounds.lowerBound), bounds.upperBound))
      plan.take(
        "dead band", max(wanted, plan.before), "only adds",
        because: "\(Figure.servers(wanted)) forecast, but it only adds")
    } else {
      plan.skip("dead band")
    }
    plan.skip("stabilization")
    plan.skip("rate limit")
    return plan.finish(within: bounds)
  }

  /// Shares the arrivals since the last check out to the slots they came in.
  private mutating func record(_ observation: Observation) -> Forecast {
    let length = Duration(seconds: slot)
    let slots = max(1, min(100_000, Int((season / slot).rounded())))
    let end = observation.time
    let begin = end - observation.elapsed
    let last = end.nanoseconds / length.nanoseconds
    var forecast: Forecast
    if let known = self.forecast, last - open.number <= Int64(slots) * 2 {
      forecast = known
    } else {
      // Nothing is known, or nothing of the last two seasons, which is no better.
      forecast = Forecast(method, slots: slots, smoothing: smoothing)
      // The first slot that is seen as a whole.
      let first = (begin.nanoseconds + length.nanoseconds - 1) / length.nanoseconds
      open = (max(first, last - Int64(slots)), 0, 0)
    }
    let rate = max(0, observation.rate?.value ?? 0)
    func look(until edge: Instant) {
      let from = max(begin, Instant(nanoseconds: open.number * length.nanoseconds))
      let seconds = max(.zero, edge - from).seconds
      open.requests += rate * seconds
      open.seconds += seconds
    }
    while open.number < last {
      look(until: Instant(nanoseconds: (open.number + 1) * length.nanoseconds))
      forecast.record(open.seconds > 0 ? open.requests / open.seconds : 0)
      open = (open.number + 1, 0, 0)
    }
    look(until: end)
    self.forecast = forecast
    return forecast
  }
}
