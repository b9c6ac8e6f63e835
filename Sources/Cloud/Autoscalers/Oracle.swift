public import Simulation

/// As few servers as will do, because it knows what will come.
public struct Oracle: Foreseeing {
  /// The name it is typed by.
  public static let name = "oracle"
  /// What it does, in a sentence.
  public static let summary = "Knows the future: the yardstick for all others."
  /// How often it checks.
  public static let period = Duration.seconds(1)
  /// It need not see a server to know that one is wanted.
  public static let scalesFromZero = true
  /// What `help` says.
  public static let details = StrategyDetails(
    rule: """
      servers = the most that any second needs from the present one until what is asked for at \
      the next check would have booted, a second needing ceil(work that arrives in it ÷ (slots × \
      speed of one server × target)). With --ahead none it sees no further than the next check: \
      without boot time that is the ideal that no machine can follow.
      """,
    source: """
      The optimal supply of Herbst, Kounev and Reussner, "Elasticity in cloud computing" (2013): \
      the least resources that meet the demand at each instant.
      """,
    ties: "Seconds that need as many: the first. No draws.",
    failure: """
      It cheats: it is told what will arrive, which no policy can know. It looks at whole seconds \
      and at first tries; for boot times that are drawn it goes by their mean.
      """,
    lesson: "19")
  /// What can be set.
  public static var parameters: [Parameter<Self>] {
    [
      Parameter("ahead", \.ahead, "How far it sees: a boot and a period, or the period alone."),
      Parameter("target", \.target, .ratio(0.01...1), "The busiest a slot may be."),
    ]
  }

  /// How far a policy sees, beyond the time to its next check.
  public enum Ahead: String, CaseIterable, Sendable {
    /// As long as a server takes to boot.
    case boot
    /// No further.
    case none
  }

  /// How far it sees, beyond the time to its next check.
  public var ahead = Ahead.boot
  /// The busiest a slot may be, as a ratio.
  public var target = 1.0
  /// The seconds in sight.
  private var seconds: [Foreseen] = []
  /// Work that a server does in a second.
  private var power = 1.0

  /// One that sees as far as servers take to boot.
  public init() {}

  /// How far ahead it must see.
  public func foresight(boot: Duration) -> Duration { ahead == .boot ? boot : .zero }

  /// Is told what will arrive.
  public mutating func foresee(_ seconds: [Foreseen]) { self.seconds = seconds }

  /// The count it wants now, with what each slot made of it.
  public mutating func decide(_ observation: Observation, within bounds: ClosedRange<Int>)
    -> Decision
  {
    var plan = Plan(observation)
    guard let present = seconds.first else {
      plan.note("signal", "nobody told it the future", "nothing")
      plan.give(up: "nobody told it the future")
      return plan.finish(within: bounds)
    }
    let busiest = seconds.reduce(present) { $1.work > $0.work ? $1 : $0 }
    let load = Figure.plain(busiest.work.seconds)
    let begin = Figure.seconds(busiest.time.seconds)
    plan.note(
      "signal", "seconds of work that arrive in a second", Figure.plain(present.work.seconds))
    plan.note("window", "the most of \(seconds.count)s, in the second from \(begin)", load)
    if !observation.servers.isEmpty {
      let powers = observation.servers.reduce(0.0) { $0 + Double(max(1, $1.cpu)) * $1.speed }
      power = powers / Double(observation.servers.count)
    }
    let rule = "ceil(\(load) ÷ (\(Figure.plain(power)) × \(Figure.percent(target))))"
    plan.take(
      Plan.desired, Int(serversFor: busiest.work.seconds / (power * target)), rule,
      because: "\(load) seconds of work will come in the second from \(begin)")
    for slot in ["dead band", "stabilization", "rate limit"] { plan.skip(slot) }
    return plan.finish(within: bounds)
  }
}
