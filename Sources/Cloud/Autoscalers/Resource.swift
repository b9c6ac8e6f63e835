public import Simulation

/// As many servers as keep their utilisation at a target.
public struct Resource: Autoscaler {
  /// The name it is typed by.
  public static let name = "resource"
  /// What it does, in a sentence.
  public static let summary = "As many servers as keep their utilisation at a target."
  /// How often it checks.
  public static let period = Duration.seconds(15)
  /// What `help` says.
  public static let details = StrategyDetails(
    rule: """
      servers = ceil(n × utilisation ÷ target), n being the servers in service. On the way up, \
      servers that still boot count as idle, so that what is on its way is not ordered twice. It \
      keeps the size within the tolerance, gives back only when fewer have been wanted for the \
      whole stabilization, and adds at most 4 servers or doubles in 15s.
      """,
    source: """
      Kubernetes' horizontal pod autoscaler, whose constants these are: every 15s, tolerance 10%, \
      stabilization 300s, 4 pods or 100% in 15s; the target of 60% is Cloud Run's.
      """,
    ties: "None. No draws.",
    failure: """
      Utilisation ends at 100%: under ten times the load it still asks for only 1 ÷ target times \
      the servers, again and again. Large fleets hide a tenth of the need in the tolerance.
      """,
    lesson: "15")
  /// What can be set.
  public static var parameters: [Parameter<Self>] {
    [
      Parameter("target", \.target, .ratio(0.01...1), "The utilisation it aims at."),
      Parameter("of", \.of, "Which resource is watched."),
      Parameter(
        "window", \.window.length, .duration(0...86400), "Time utilisation is averaged over."),
      Parameter(
        "tolerance", \.deadBand.tolerance, .ratio(0...1), "How far off the target is near enough."),
      Parameter(
        "stabilization", \.stabilization.length, .duration(0...86400),
        "Time for which fewer must have been wanted."),
      Parameter(
        "add", \.rateLimit.servers, in: 0...1_000_000, "Servers that may be added in a period."),
      Parameter(
        "growth", \.rateLimit.growth, .ratio(0...1000), "Or growth in a period, if that is more."),
      Parameter(
        "per", \.rateLimit.period, .duration(0...86400), "The period of the limits on growth."),
    ]
  }

  /// What a server can run out of.
  public enum Kind: String, CaseIterable, Sendable {
    /// Slots that are busy.
    case cpu
    /// Memory in use.
    case memory
  }

  /// The utilisation it aims at, as a ratio.
  public var target = 0.6
  /// Which resource is watched.
  public var of = Kind.cpu
  var window = Window(15)
  var deadBand = DeadBand(0.1)
  var stabilization = Stabilization(300)
  var rateLimit = RateLimit(servers: 4, growth: 1, period: 15)

  /// For 60 % of the slots busy.
  public init() {}

  /// The count it wants now, with what each slot made of it.
  public mutating func decide(_ observation: Observation, within bounds: ClosedRange<Int>)
    -> Decision
  {
    var plan = Plan(observation)
    guard let level = of == .cpu ? observation.cpu : observation.memory else {
      plan.note("signal", "no server is in service", "nothing")
      plan.give(up: "no server is in service yet")
      return plan.finish(within: bounds)
    }
    let ready = observation.servers.count(where: \.ready)
    plan.note(
      "signal", "mean \(of.rawValue) of \(Figure.servers(ready)) in service",
      Figure.percent(level.value))

    let mean = window.mean(with: level, of: observation.elapsed, at: observation.time)
    let use = Figure.percent(mean.value)
    plan.note("window", "mean of the last \(Figure.seconds(window.length))", use)

    // On the way up those that boot count as idle; if that turns the direction, nothing changes.
    var ratio = mean.value / target
    var counted = ready
    if ratio > 1, plan.before > ready {
      ratio = max(1, mean.value * Double(ready) / Double(plan.before) / target)
      counted = plan.before
    }
    let goal = Figure.percent(target)
    let booting = counted > ready ? " × \(ready) in service" : " × \(ready)"
    plan.take(
      Plan.desired, Int(serversFor: ratio * Double(counted)),
      "ceil(\(use) ÷ \(goal)\(booting))", because: "\(use) of \(of.rawValue) against \(goal)")

    deadBand.apply(ratio, to: &plan)
    stabilization.apply(to: &plan)
    rateLimit.apply(to: &plan)
    let decision = plan.finish(within: bounds)
    rateLimit.remember(decision, at: observation.time)
    return decision
  }
}
