import Simulation

/// What nginx's hashes share: a request without a key, with 21 vain looks, or to a farm of one takes
/// its turn.
protocol NginxKeyed: Keyed, NginxRule {
  /// Whether a server that is taken regains a part of its effective weight.
  var regains: Bool { get }
}

extension NginxKeyed {
  func takes(_ place: Int, in view: borrowing View) -> Bool { peers.isUsable(place, in: view) }

  mutating func took(_ place: Int, in view: borrowing View) {
    peers.meet(view)
    if regains { peers.regain(place, in: view) }
    peers.take(place, in: view)
  }

  func terms(_ place: Int, in view: borrowing View) -> String { peers.terms(place, in: view) }

  mutating func pickOtherwise(
    for request: borrowing Request, from view: borrowing View, using random: inout RandomStream
  ) -> Int? { peers.pick(NoCost(), turnsAlone: true, in: view) }

  func explainOtherwise(
    _ request: borrowing Request, from view: borrowing View, using random: RandomStream
  ) -> Explanation { peers.explain(NoCost(), turnsAlone: true, in: view) }
}

/// How often nginx looks again for a server that is usable.
let nginxTries = 20
