public import Simulation

/// As many servers as the arrival rate calls for.
public struct Demand: Autoscaler {
  /// The name it is typed by.
  public static let name = "demand"
  /// What it does, in a sentence.
  public static let summary = "As many servers as the rate of arrivals calls for."
  /// How often it checks.
  public static let period = Duration.seconds(15)
  /// Requests that find no server wait until it brings one.
  public static let scalesFromZero = true
  /// What `help` says.
  public static let details = StrategyDetails(
    rule: """
      servers = ceil(rate ÷ target), rate being the mean over the window, retries included. It \
      keeps the size while the rate is within the tolerance of servers × target, and gives servers \
      back only when fewer have been wanted for the whole stabilization.
      """,
    source: """
      Kubernetes' horizontal pod autoscaler with an average value: checks every 15s, tolerance \
      10%. A window twice the period and a stabilization of 60s, Knative's stable window, let a \
      lesson of ten minutes see it shrink; Kubernetes waits 300s.
      """,
    ties: "None. No draws.",
    failure: """
      It sees how many requests come, not what they cost: heavier requests overload the servers \
      and it does nothing. It is as late as its window and a boot.
      """,
    lesson: "15")
  /// What can be set.
  public static var parameters: [Parameter<Self>] {
    [
      Parameter("target", \.target, .rate(0.001...1e9), "Requests a second that one server gets."),
      Parameter("window", \.window.length, .duration(0...86400), "Time the rate is averaged over."),
      Parameter(
        "tolerance", \.deadBand.tolerance, .ratio(0...1), "How far off the target is near enough."),
      Parameter(
        "stabilization", \.stabilization.length, .duration(0...86400),
        "Time for which fewer must have been wanted."),
    ]
  }

  /// Requests a second that one server gets.
  public var target = 20.0
  var window = Window(30)
  var deadBand = DeadBand(0.1)
  var stabilization = Stabilization(60)

  /// With 20 requests a second for each server.
  public init() {}

  /// The count it wants now, with what each slot made of it.
  public mutating func decide(_ observation: Observation, within bounds: ClosedRange<Int>)
    -> Decision
  {
    var plan = Plan(observation)
    guard let rate = observation.rate else {
      plan.note("signal", "no time has passed", "nothing")
      plan.give(up: "no time has passed")
      return plan.finish(within: bounds)
    }
    let elapsed = Figure.seconds(observation.elapsed.seconds)
    plan.note(
      "signal", "\(observation.arrivals) arrivals ÷ \(elapsed)", Figure.rate(rate.value))

    let mean = window.mean(with: rate, of: observation.elapsed, at: observation.time)
    let load = Figure.rate(mean.value)
    plan.note("window", "mean of the last \(Figure.seconds(window.length))", load)

    let goal = Figure.rate(target)
    plan.take(
      Plan.desired, Int(serversFor: mean.value / target), "ceil(\(load) ÷ \(goal))",
      because: "\(load) at \(goal) a server")

    if plan.before > 0 {
      deadBand.apply(mean.value / (target * Double(plan.before)), to: &plan)
    } else {
      plan.skip("dead band")
    }
    stabilization.apply(to: &plan)
    plan.skip("rate limit")
    return plan.finish(within: bounds)
  }
}
