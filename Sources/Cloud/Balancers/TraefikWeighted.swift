public import Simulation

/// Traefik's weighted round robin: the earliest deadline, on a heap without a rule for ties.
public struct TraefikWeighted: Balancer {
  /// The name it is typed by.
  public static let name = "traefik.wrr"
  /// What it does, in a sentence.
  public static let summary = "Turns by weight: earliest deadline first."
  /// What `help` says.
  public static let details = StrategyDetails(
    rule: """
      Earliest deadline first: deadline += 1 ÷ weight after each turn. A server that is out takes \
      its turns unseen. Weights 5, 1, 1 give s1 s1 s1 s1 s3 s1 s2, then s1 s1 s1 s1 s1 s2 s3.
      """,
    source: "Traefik, pkg/server/service/loadbalancer/wrr/wrr.go; Go, container/heap.",
    ties: """
      None: equal deadlines come out as the binary heap has them, so three equal servers go \
      s1 s3 s2 s3 s2 s1 s2 s1 s3, fair but no rotation. No draws.
      """,
    failure: "Heavy servers get their turns in bursts, and equal ones may be taken twice running.",
    lesson: "07")

  private var schedule = EarliestDeadline(ties: .heap)
  /// By server, whether it was in the view last, and how many were.
  private var isPresent = PerServer(false)
  private var count = 0
  /// Servers that are queued but were not in the view, in the order in which they left.
  private var away: [ServerID] = []

  /// Nobody is queued.
  public init() {}

  /// The server that is due first; O(log n).
  public mutating func pick(
    for request: borrowing Request, from view: borrowing View, using random: inout RandomStream
  ) -> Int? {
    if view.count != count { changed(.everything, in: view) }
    if let place = schedule.pick(in: view) { return place }
    guard view.hasTaker else { return nil }
    changed(.everything, in: view)
    return schedule.pick(in: view)
  }

  /// Queues servers that are new from now on, in declared order; O(log n) each.
  public mutating func changed(_ changes: FleetChanges, in view: borrowing View) {
    count = view.count
    away.removeAll { view.place(of: $0) != nil }
    for server in changes.servers(in: view) {
      let place = view.place(of: server)
      if isPresent[server], place == nil { away.append(server) }
      if isPresent[server] != (place != nil) { isPresent[server] = place != nil }
      if let place, schedule.deadline(of: server.index) == nil {
        schedule.add(server.index, weight: view.weight(place))
      }
    }
    // Those that left for good are not told apart from those that will be back.
    if away.count > max(Self.mostAway, count) {
      for server in away { schedule.remove(server.index) }
      away.removeAll()
    }
  }

  /// More servers than this are not kept queued while out of the view.
  private static let mostAway = 64

  /// Who is due when.
  public func explain(
    _ request: borrowing Request, from view: borrowing View, using random: RandomStream
  ) -> Explanation {
    var picking = self
    var chance = random
    if view.count != count { picking.changed(.everything, in: view) }
    let before = picking.schedule
    let chosen = picking.pick(for: request, from: view, using: &chance)
    return before.explain(chosen, in: view)
  }
}
