public import Simulation

/// Apache's bybusyness: the fewest requests, whatever the weight; weights only break ties.
public struct ApacheByBusyness: Balancer {
  /// The name it is typed by.
  public static let name = "apache.bybusyness"
  /// What it does, in a sentence.
  public static let summary = "The fewest requests; weights only break ties."
  /// What `help` says.
  public static let details = StrategyDetails(
    rule: """
      Every server's status gains its factor at every pick; the least busy is taken, of equally \
      busy ones the highest status, and pays the sum of all factors.
      """,
    source: "Apache httpd 2.4, modules/proxy/balancers/mod_lbmethod_bybusyness.c.",
    ties: "Equally busy: the highest status; equal status: the first in declared order. No draws.",
    failure: "A server with a tenth of the power gets as many requests as the others.",
    lesson: "07")

  /// By server.
  private var statuses: [Double] = []

  /// Every status 0.
  public init() {}

  /// The least busy; O(n).
  public mutating func pick(
    for request: borrowing Request, from view: borrowing View, using random: inout RandomStream
  ) -> Int? {
    while statuses.count < view.servers { statuses.append(0) }
    var best: Int?
    var sum = 0.0
    for place in 0..<view.count where view.accepts(place) {
      let server = view.id(place).index
      statuses[server] += view.weight(place)
      sum += view.weight(place)
      guard let leader = best else {
        best = place
        continue
      }
      let busy = view.active(place)
      let least = view.active(leader)
      if busy < least || busy == least && statuses[server] > statuses[view.id(leader).index] {
        best = place
      }
    }
    if let best { statuses[view.id(best).index] -= sum }
    return best
  }

  /// How busy each is, and the status of the tied.
  public func explain(
    _ request: borrowing Request, from view: borrowing View, using random: RandomStream
  ) -> Explanation {
    var picking = self
    var chance = random
    let chosen = picking.pick(for: request, from: view, using: &chance)
    let least = chosen.map { view.active($0) }
    var candidates: [Explanation.Candidate] = []
    var tied = 0
    for place in 0..<view.count where view.accepts(place) {
      let server = view.id(place)
      let status = server.index < statuses.count ? statuses[server.index] : 0
      let weight = view.weight(place)
      if view.active(place) == least { tied += 1 }
      candidates.append(
        Explanation.Candidate(
          server: server, cost: Double(view.active(place)),
          terms: """
            \(view.active(place)) active, status \(Figure.plain(status)) + weight \
            \(Figure.plain(weight)) = \(Figure.plain(status + weight))
            """))
    }
    return Explanation(
      eligible: view.count, cost: "active", search: "all \(candidates.count), in declared order",
      candidates: candidates, tie: tied > 1 ? "the highest status wins" : nil,
      chosen: chosen.map { view.id($0) }, draws: 0)
  }
}
