public import Simulation

/// nginx's `random two least_conn`: the less busy of two servers drawn by weight.
public struct NginxRandomTwo: NginxRule {
  /// The name it is typed by.
  public static let name = "nginx.random-two"
  /// What it does, in a sentence.
  public static let summary = "Random two least_conn: the less busy of two by weight."
  /// What `help` says.
  public static let details = StrategyDetails(
    rule: """
      Draw servers by weight until two different ones accept; take the second unless active₂ × \
      weight₁ > active₁ × weight₂. After 20 draws that were no use the 21st falls back to smooth \
      weighted round robin over all, and so does a farm of one server. Health is as with nginx.
      """,
    source: "nginx, ngx_http_upstream_random_module.c.",
    ties: "The second drawn wins. A draw for each server drawn: two, and one for each repeat.",
    failure: """
      On an idle farm the heavy server is mostly drawn first and loses the tie: weights 5/1/1 give \
      it 24 %.
      """,
    lesson: "08")

  private var wheel = DrawnByWeight()
  package var peers = NginxPeers()

  /// With no table yet.
  public init() {}

  /// The less busy of two, by weight; the second of equals.
  public mutating func pick(
    for request: borrowing Request, from view: borrowing View, using random: inout RandomStream
  ) -> Int? {
    guard let (first, second) = draw(for: request, from: view, using: &random) else {
      return peers.pick(NoCost(), turnsAlone: true, in: view)
    }
    let cost = ActiveByWeight()
    let place =
      cost.value(of: first, in: view) < cost.value(of: second, in: view) ? first : second
    peers.meet(view)
    peers.take(place, in: view)
    return place
  }

  /// Two different servers that accept; nil after too many draws that were no use.
  private mutating func draw(
    for request: borrowing Request, from view: borrowing View, using random: inout RandomStream
  ) -> (first: Int, second: Int)? {
    guard view.count > 1 else { return nil }
    var first: Int?
    var useless = 0
    while useless <= 20 {
      let place = wheel.find(for: request, in: view, using: &random)
      if place == first || !peers.isUsable(place, in: view) {
        useless += 1
      } else if let first {
        return (first, place)
      } else {
        first = place
      }
    }
    return nil
  }

  /// Follows a change of the fleet.
  public mutating func changed(_ changes: FleetChanges, in view: borrowing View) {
    wheel.changed(changes, in: view)
    peers.changed(view)
  }

  /// The two that were drawn, or the turns that all take.
  public func explain(
    _ request: borrowing Request, from view: borrowing View, using random: RandomStream
  ) -> Explanation {
    var drawing = self
    var chance = random
    guard let (first, second) = drawing.draw(for: request, from: view, using: &chance) else {
      var turns = peers.explain(NoCost(), turnsAlone: true, in: view)
      turns.search = "no two by weight after 20 draws: \(turns.search)"
      turns.draws = Int(clamping: chance.counter &- random.counter)
      return turns
    }
    let cost = ActiveByWeight()
    let values = [first, second].map { cost.value(of: $0, in: view) }
    let isFirst = values[0] < values[1]
    return Explanation(
      eligible: view.count, cost: ActiveByWeight.name,
      search: "2 of \(view.count) at random, by weight",
      candidates: [first, second].map { place in
        Explanation.Candidate(
          server: view.id(place), cost: cost.number(cost.value(of: place, in: view)),
          terms: cost.terms(place, in: view))
      },
      tie: isFirst || values[1] < values[0] ? nil : "the second drawn wins",
      chosen: view.id(isFirst ? first : second),
      draws: Int(clamping: chance.counter &- random.counter))
  }
}
