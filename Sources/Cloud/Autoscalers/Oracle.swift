public import Simulation

/// As few servers as will do, because it knows what will come.
public struct Oracle: Foreseeing {
  /// The name it is typed by.
  public static let name = "oracle"
  /// What it does, in a sentence.
  public static let summary = "Knows the future: the yardstick that others are measured by."
  /// How often it checks.
  public static let period = Duration.seconds(1)
  /// What `help` says.
  public static let details = StrategyDetails(
    rule: """
      servers = the most that any second from now to now + boot needs, a second needing \
      ceil(work that arrives in it ÷ (slots of one server × target)). With boot 0 it is the \
      ideal that no machine can follow; with the real boot time, the best a fleet could do.
      """,
    source: """
      The optimal supply of Herbst, Kounev and Reussner, "Elasticity in cloud computing" (2013): \
      the least resources that meet the demand at each instant.
      """,
    ties: "None. No draws.",
    failure: "It cheats: it is told what will arrive, which no policy can know.",
    lesson: "19")
  /// What can be set.
  public static var parameters: [Parameter<Self>] {
    [
      Parameter("boot", \.boot, .duration(0...86400), "How far ahead it sees: the time to boot."),
      Parameter("target", \.target, .ratio(0.01...1), "The busiest a slot may be."),
    ]
  }

  /// Seconds that it sees ahead.
  public var boot = 30.0
  /// The busiest a slot may be, as a ratio.
  public var target = 1.0
  /// Work that arrives in each second to come, in seconds of one slot.
  private var coming: [Double] = []
  private var isTold = false

  /// For servers that boot for 30 s.
  public init() {}

  /// How far ahead it must see.
  public var foresight: Duration { Duration(seconds: boot) }

  /// Is told what will arrive.
  public mutating func foresee(_ arrivals: [Foreseen]) {
    isTold = true
    coming = []
    let begin = arrivals.map(\.time).min() ?? .zero
    // Whole seconds of the clock, so that a request counts in the same one at every check.
    let first = begin.nanoseconds / 1_000_000_000
    for arrival in arrivals {
      let place = arrival.time.nanoseconds / 1_000_000_000 - first
      guard place >= 0, place < 200_000 else { continue }
      let missing = Int(place) + 1 - coming.count
      if missing > 0 { coming.append(contentsOf: repeatElement(0, count: missing)) }
      coming[Int(place)] += arrival.work.seconds
    }
  }

  /// The count it wants now, with what each slot made of it.
  public mutating func decide(_ observation: Observation, within bounds: ClosedRange<Int>)
    -> Decision
  {
    var plan = Plan(observation)
    guard isTold else {
      plan.note("signal", "nobody told it the future", "nothing")
      plan.give(up: "nobody told it the future")
      return plan.finish(within: bounds)
    }
    let most = coming.max() ?? 0
    let load = Figure.plain(most)
    plan.note("signal", "work to come, per second, at most", load)
    plan.note("window", "the next \(Figure.seconds(boot)) and a second", load)
    let cpus = observation.servers.reduce(0.0) { $0 + Double(max(1, $1.cpu)) }
    let slots = observation.servers.isEmpty ? 1 : cpus / Double(observation.servers.count)
    let rule = "ceil(\(load) ÷ (\(Figure.plain(slots)) × \(Figure.percent(target))))"
    plan.take(
      Plan.desired, Int(serversFor: most / (slots * target)), rule,
      because: "\(load) seconds of work will come in a second")
    for slot in ["dead band", "stabilization", "rate limit"] { plan.skip(slot) }
    return plan.finish(within: bounds)
  }
}
