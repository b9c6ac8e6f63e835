public import Simulation

/// As many servers as queueing theory asks for: large fleets need a smaller share in reserve.
public struct SquareRoot: Autoscaler {
  /// The name it is typed by.
  public static let name = "square-root"
  /// What it does, in a sentence.
  public static let summary = "The load and a reserve that grows with its square root."
  /// How often it checks.
  public static let period = Duration.seconds(15)
  /// What `help` says.
  public static let details = StrategyDetails(
    rule: """
      With a = rate × mean work, in slots: beta, ceil(a + β·√a); wait-probability, the fewest n \
      for which Erlang's C(n, a) is no more than wanted; service-level, the fewest n for which \
      1 − C(n, a)·e^(−(n − a)·wait ÷ work) is. Nobody is to be busier than the occupancy. \
      Servers = ceil(n ÷ slots of one). The mean work is measured unless it is set.
      """,
    source: """
      Erlang (1917); Halfin and Whitt (1981): the share that waits tends to \
      1 ÷ (1 + β·Φ(β)/φ(β)), 22% for β = 1. Call centres' 80% within 20s is the service level.
      """,
    ties: "None. No draws.",
    failure: """
      It supposes one queue, Poisson arrivals and exponential work: a balancer that knows less, or \
      bursts, make more requests wait than it says.
      """,
    lesson: "15")
  /// What can be set.
  public static var parameters: [Parameter<Self>] {
    [
      Parameter("rule", \.rule, "What the reserve is reckoned by."),
      Parameter("beta", \.beta, .number(0...100), "Reserve, in square roots of the load."),
      Parameter("wait-probability", \.probability, .ratio(0...1), "Share that may wait."),
      Parameter("service-level", \.level, .ratio(0...1), "Share that waits no longer than `wait`."),
      Parameter("wait", \.wait, .duration(0...86400), "The wait that is meant."),
      Parameter("occupancy", \.occupancy, .ratio(0.01...1), "The busiest a slot may be."),
      Parameter("work", \.work, .duration(0...86400), "Mean work of a request; 0 to measure it."),
      Parameter("window", \.window.length, .duration(0...86400), "Time the load is averaged over."),
      Parameter(
        "stabilization", \.stabilization.length, .duration(0...86400),
        "Time for which fewer must have been wanted."),
    ]
  }

  /// What the reserve is reckoned by.
  public enum Rule: String, CaseIterable, Sendable {
    /// Square roots of the load.
    case beta
    /// The share that may wait.
    case waitProbability = "wait-probability"
    /// The share that must not wait longer than a time.
    case serviceLevel = "service-level"
  }

  /// What the reserve is reckoned by.
  public var rule = Rule.beta
  /// Reserve, in square roots of the load.
  public var beta = 1.0
  /// Seconds of work in a request; 0 to measure it.
  public var work = 0.0
  var probability = 0.2
  var level = 0.8
  var wait = 20.0
  var occupancy = 1.0
  var window = Window(60)
  var stabilization = Stabilization(60)
  /// The mean work that was measured last.
  private var measured: Double?

  /// With a reserve of one square root.
  public init() {}

  /// The count it wants now, with what each slot made of it.
  public mutating func decide(_ observation: Observation, within bounds: ClosedRange<Int>)
    -> Decision
  {
    var plan = Plan(observation)
    guard let rate = observation.rate, let mean = meanWork(observation) else {
      plan.note("signal", "nothing measured yet", "nothing")
      plan.give(up: "nothing measured yet")
      return plan.finish(within: bounds)
    }
    plan.note(
      "signal", "\(Figure.rate(rate.value)) × \(Figure.seconds(mean))",
      Figure.plain(rate.value * mean))
    let load = window.mean(
      with: Level(rate.value * mean), of: observation.elapsed, at: observation.time
    ).value
    plan.note("window", "mean of the last \(Figure.seconds(window.length))", Figure.plain(load))

    let slots = slots(observation)
    let limit = Int(serversFor: min(1e6, Double(bounds.upperBound) * slots))
    let needed = needed(load, work: mean, limit: limit)
    plan.take(
      Plan.desired, Int(serversFor: Double(needed.slots) / slots),
      "\(needed.words) = \(needed.slots) slots of \(Figure.plain(slots)) a server",
      because: "\(Figure.plain(load)) busy, \(needed.words)")
    plan.skip("dead band")
    stabilization.apply(to: &plan)
    plan.skip("rate limit")
    return plan.finish(within: bounds)
  }

  /// The slots that a load needs.
  private func needed(_ load: Double, work: Double, limit: Int) -> (slots: Int, words: String) {
    let erlang = ErlangC(load: load)
    switch rule {
    case .beta:
      let count = SquareRootStaffing.servers(load: load, beta: beta)
      let spare = load > 0 ? Int(serversFor: load / occupancy) : 0
      return (
        max(count, spare),
        "ceil(\(Figure.plain(load)) + \(Figure.plain(beta))·√\(Figure.plain(load)))"
      )
    case .waitProbability:
      return (
        erlang.servers(for: .waitProbability(probability), occupancy: occupancy, limit: limit),
        "\(Figure.percent(probability)) may wait"
      )
    case .serviceLevel:
      let time = work > 0 ? wait / work : 0
      return (
        erlang.servers(
          for: .serviceLevel(level, within: time), occupancy: occupancy, limit: limit),
        "\(Figure.percent(level)) within \(Figure.seconds(wait))"
      )
    }
  }

  /// Seconds of work in a request: set, or reported now or before; busy time over arrivals until
  /// the first is over.
  private mutating func meanWork(_ observation: Observation) -> Double? {
    if work > 0 { return work }
    if let mean = observation.meanWork { measured = max(0, mean.value) }
    if let measured { return measured }
    var busy = 0.0
    for server in observation.servers where server.ready {
      busy += server.busy.value * Double(server.cpu)
    }
    guard observation.arrivals > 0 else { return busy > 0 ? nil : 0 }
    let mean = busy * observation.elapsed.seconds / Double(observation.arrivals)
    return mean >= 0 && mean < .infinity ? mean : nil
  }

  /// Slots of one server, the mean over the fleet.
  private func slots(_ observation: Observation) -> Double {
    let cpus = observation.servers.reduce(0.0) { $0 + Double(max(1, $1.cpu)) }
    return observation.servers.isEmpty ? 1 : cpus / Double(observation.servers.count)
  }
}
