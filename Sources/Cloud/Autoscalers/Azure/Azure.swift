public import Simulation

/// Two thresholds, and a look ahead before anything is given back (Azure Monitor autoscale).
public struct Azure: Autoscaler {
  /// The name it is typed by.
  public static let name = "azure"
  /// What it does, in a sentence.
  public static let summary = "Two thresholds; gives back only what is not missed soon."
  /// How often it checks.
  public static let period = Duration.seconds(60)
  /// What `help` says.
  public static let details = StrategyDetails(
    rule: """
      utilisation > out-threshold: servers + out-change. utilisation < in-threshold: the least n \
      from servers − in-change up with utilisation × servers ÷ n not over out-threshold; if there \
      is none below the present size, nothing. After a change it rests for the cooldown.
      """,
    source: """
      Azure Monitor, "Flapping in autoscale": its engine runs every 30s to 60s. The window of 10m, \
      the cooldown of 5m and 70% are its portal's defaults; 30% is the page's example.
      """,
    ties: "None. No draws.",
    failure: """
      Thresholds too near each other: the projection forbids giving back, and the fleet stays large.
      """,
    lesson: "16")
  /// What can be set.
  public static var parameters: [Parameter<Self>] {
    [
      Parameter("out-threshold", \.out, .ratio(0...1), "Utilisation over which it adds."),
      Parameter("out-change", \.outChange, in: 0...1_000_000, "How many it adds."),
      Parameter("in-threshold", \.in, .ratio(0...1), "Utilisation under which it gives back."),
      Parameter("in-change", \.inChange, in: 0...1_000_000, "How many it gives back."),
      Parameter(
        "window", \.window.length, .duration(0...86400), "Time utilisation is averaged over."),
      Parameter("cooldown", \.cooldown, .duration(0...86400), "Rest after a change."),
    ]
  }

  /// Utilisation over which it adds, as a ratio.
  public var out = 0.7
  /// Utilisation under which it gives back, as a ratio.
  public var `in` = 0.3
  var outChange = 1
  var inChange = 1
  var window = Window(600)
  var cooldown = 300.0
  private var changed: Instant?
  /// When it changed something before, which counts again when the last change is not granted.
  private var former: Instant?

  /// One more over 70 %, one fewer under 30 %.
  public init() {}

  /// The count it wants now, with what each slot made of it.
  public mutating func decide(_ observation: Observation, within bounds: ClosedRange<Int>)
    -> Decision
  {
    var plan = Plan(observation)
    guard let level = observation.cpu else {
      plan.note("signal", "no server is in service", "nothing")
      plan.give(up: "no server is in service yet")
      return plan.finish(within: bounds)
    }
    plan.note("signal", "mean cpu", Figure.percent(level.value))
    let mean = window.mean(with: level, of: observation.elapsed, at: observation.time)
    let use = Figure.percent(mean.value)
    plan.note("window", "mean of the last \(Figure.seconds(window.length))", use)

    let profile = AzureProfile(
      out: [AzureProfile.Rule("cpu", .above, out * 100)], by: outChange,
      in: [AzureProfile.Rule("cpu", .below, `in` * 100)], by: inChange)
    let outcome = profile.decide(
      plan.before, [AzureProfile.Reading("cpu", mean.value * 100)],
      fewest: max(1, bounds.lowerBound))
    let marks = "\(Figure.percent(`in`))..\(Figure.percent(out))"
    var (wanted, kept, care) = (plan.before, plan.before, "not on the way out")
    var name = ""
    switch outcome {
    case .none:
      care = "nothing is given back"
      plan.say = .none
    case .out(let count):
      (wanted, kept) = (count, count)
      name = "Scaleup: "
    case .in(let count, let isPartial):
      name = "Scaledown: "
      (wanted, kept) = (max(1, plan.before - inChange), count)
      care = isPartial ? "fewer would call for more again" : "\(count) would not call for more"
    case .flapAvoided:
      wanted = max(1, plan.before - inChange)
      care = "any fewer would call for more again"
    }
    let rule = "\(use) against \(marks)"
    plan.take(Plan.desired, wanted, rule, because: name + rule)
    // The name of the event in Azure's activity log.
    plan.take("dead band", kept, care, because: "FlappingOccurred: \(care)")
    plan.skip("stabilization")
    if !observation.isGranted { changed = former }
    former = changed
    if rest(observation.time, &plan) { plan.say = .none }
    let decision = plan.finish(within: bounds)
    if decision.after != decision.before { changed = observation.time }
    return decision
  }

  /// The cooldown; whether it holds.
  private func rest(_ now: Instant, _ plan: inout Plan) -> Bool {
    guard let changed, (now - changed).seconds < cooldown else {
      plan.skip("rate limit")
      return false
    }
    let rule =
      "changed \(Figure.seconds((now - changed).seconds)) ago, "
      + "cooldown \(Figure.seconds(cooldown))"
    plan.take("rate limit", plan.before, rule, because: rule)
    return true
  }
}
