import Simulation

/// What HAProxy's hashes share: a number made of the key, and that a request waits for its server.
protocol HAProxyKeyed: Keyed, HAProxyRule where Order.Key == UInt32 {
  /// What makes a number of a key.
  var hash: HAProxyKey.Function { get set }
  /// Whether that number is mixed once more.
  var avalanche: HAProxyKey.Avalanche { get set }
  /// Both.
  var numbering: HAProxyKey { get }
  /// How a server is found without the order of a key, in words.
  func searchOtherwise(_ request: borrowing Request) -> String
}

extension HAProxyKeyed {
  /// Where the key's server is full, the request waits for it.
  public static var waitsAtServer: Bool { true }

  /// What makes a number of a key.
  static var hashParameters: [Parameter<Self>] {
    [
      Parameter("hash", \.hash, "What makes a number of a key."),
      Parameter("avalanche", \.avalanche, "Whether that number is mixed once more."),
    ]
  }

  func key(_ text: [UInt8]) -> UInt32 { numbering.hash(text) }

  func explainOtherwise(
    _ request: borrowing Request, from view: borrowing View, using random: RandomStream
  ) -> Explanation {
    var picking = self
    var chance = random
    let chosen = picking.pickOtherwise(for: request, from: view, using: &chance)
      .map { view.id($0) }
    return Explanation(
      eligible: view.count, search: searchOtherwise(request),
      candidates: chosen.map { [Explanation.Candidate(server: $0)] } ?? [], chosen: chosen, draws: 0
    )
  }
}
