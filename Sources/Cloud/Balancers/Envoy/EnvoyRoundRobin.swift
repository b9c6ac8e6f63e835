public import Simulation

/// Envoy's round robin: plain turns while weights are equal, else the earliest deadline.
public struct EnvoyRoundRobin: Balancer {
  /// The name it is typed by.
  public static let name = "envoy.round-robin"
  /// What it does, in a sentence.
  public static let summary = "Turns by weight, from a start of its own."
  /// What `help` says.
  public static let details = StrategyDetails(
    rule: """
      Equal weights: the servers in order, from the seed-th on. Else earliest deadline first: \
      deadline = now + 1 ÷ weight, the weight being read when a server is queued again, so that a \
      change acts after its next turn. Another set of servers makes the schedule anew, as if seed \
      turns had been taken. Weights 5, 1, 1 give s1 s1 s1 s1 s2 s3 s1.
      """,
    source: """
      Envoy, source/common/upstream/edf_scheduler.h and \
      load_balancing_policies/common/load_balancer_impl.cc. There the seed is random.
      """,
    ties: "Equal deadlines: the one queued longest. No draws.",
    failure: """
      Heavy servers get their turns in bursts; many Envoys with one seed would all begin with the \
      same server.
      """,
    lesson: "07")
  /// What can be set.
  public static var parameters: [Parameter<Self>] {
    [Parameter("seed", \.seed, in: 0...429_496_728, "Turns that a new schedule is ahead.")]
  }

  /// Turns that a new schedule is ahead.
  public var seed = 0
  /// Nil while the weights are equal.
  private var schedule: EarliestDeadline?
  /// Plain turns taken.
  private var turns = 0
  private var weights = EqualWeights()

  /// Seed 0, nobody is queued.
  public init() {}

  /// The server that is due first, O(log n), or the next in order, O(1).
  public mutating func pick(
    for request: borrowing Request, from view: borrowing View, using random: inout RandomStream
  ) -> Int? {
    if view.count != weights.count { changed(.everything, in: view) }
    guard schedule != nil else { return pickNext(in: view) }
    if let place = schedule?.pick(in: view) { return place }
    guard view.hasTaker else { return nil }
    _ = weights.follow(.everything, in: view)
    rebuild(view)
    return schedule?.pick(in: view) ?? pickNext(in: view)
  }

  private mutating func pickNext(in view: borrowing View) -> Int? {
    for _ in 0..<view.count {
      let place = nextPlace(in: view)
      turns &+= 1
      if view.accepts(place) { return place }
    }
    return nil
  }

  private func nextPlace(in view: borrowing View) -> Int {
    Int(UInt(bitPattern: seed &+ turns) % UInt(view.count))
  }

  /// Makes the schedule anew when servers came or went, or when weights are no longer equal.
  public mutating func changed(_ changes: FleetChanges, in view: borrowing View) {
    if weights.follow(changes, in: view) || schedule == nil { rebuild(view) }
  }

  /// A schedule after `seed` turns: the whole turns of each server at once, O(n), the rest, at most
  /// two each, one by one.
  private mutating func rebuild(_ view: borrowing View) {
    schedule = nil
    guard !weights.isEqual else { return }
    var sum = 0.0
    for place in 0..<view.count { sum += view.weight(place) + Self.margin }
    var made = EarliestDeadline(ties: .longestAgo)
    var left = seed
    var latest = 0.0
    for place in 0..<view.count {
      let weight = view.weight(place) + Self.margin
      // With huge weights the quotient is not a number: no whole turns then.
      let share = weight * Double(seed) / sum
      var whole = share >= 1 ? share.rounded(.down) : 0
      if whole > 0, whole / weight >= Double(seed) / sum { whole -= 1 }
      made.add(view.id(place).index, weight: weight, due: (whole + 1) / weight)
      latest = max(latest, whole / weight)
      left -= Int(whole)
    }
    made.advance(to: latest)
    for _ in 0..<max(0, min(left, 2 * view.count)) { made.turn(in: view) }
    schedule = made
  }

  /// What is added to weights against rounding.
  private static let margin = 1e-13

  /// Who is due when, or whose turn it is.
  public func explain(
    _ request: borrowing Request, from view: borrowing View, using random: RandomStream
  ) -> Explanation {
    var picking = self
    var chance = random
    if view.count != weights.count { picking.changed(.everything, in: view) }
    let before = picking
    let chosen = picking.pick(for: request, from: view, using: &chance)
    if let schedule = before.schedule { return schedule.explain(chosen, in: view) }
    let turn = before.seed &+ before.turns
    return Explanation(
      eligible: view.count, search: "the next of \(view.count) in turn",
      candidates: chosen.map {
        [Explanation.Candidate(server: view.id($0), terms: "turn \(turn), equal weights")]
      } ?? [],
      chosen: chosen.map { view.id($0) }, draws: 0)
  }
}
