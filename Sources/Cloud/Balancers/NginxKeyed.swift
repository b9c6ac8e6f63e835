import Simulation

/// What nginx's hashes share: a request without a key, or with 21 vain looks, takes its turn.
protocol NginxKeyed: Keyed {
  /// Turns for such requests.
  var turns: Least<NoCost, Everyone, SmoothTurns> { get set }
}

extension NginxKeyed {
  mutating func pickOtherwise(
    for request: borrowing Request, from view: borrowing View, using random: inout RandomStream
  ) -> Int? { turns.pick(for: request, from: view, using: &random) }

  func explainOtherwise(
    _ request: borrowing Request, from view: borrowing View, using random: RandomStream
  ) -> Explanation { turns.explain(request, from: view, using: random) }
}

/// How often nginx looks again for a server that is usable.
let nginxTries = 20
