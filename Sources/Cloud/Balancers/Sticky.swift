public import Simulation

/// A client stays with the server it was first sent to.
public struct Sticky: Balancer {
  /// The name it is typed by.
  public static let name = "sticky"
  /// What it does, in a sentence.
  public static let summary = "A client (its key) stays with its first server."
  /// What `help` says.
  public static let details = StrategyDetails(
    rule: """
      A key is a client. A new client goes to the next server by smooth weighted round robin and \
      is remembered; from then on it goes there while that server is among the eligible. When it \
      is not, the client is new again. When it is but does not accept the request, this one \
      request takes its turn elsewhere. A request without a key takes its turn.
      """,
    source: "Cookies in nginx (sticky) and HAProxy (cookie), and HAProxy's stick tables.",
    ties: "None for a known client; turns for others. No draws.",
    failure: """
      Clients are spread, not their requests; a server that joins gets no known client, and one \
      that leaves takes all memory of its clients with it.
      """,
    lesson: "09")

  /// By client, the index of its server.
  private var homes: [Int: Int32] = [:]
  private var turns = Least(NoCost(), among: Everyone(), ties: SmoothTurns())

  /// Knowing nobody.
  public init() {}

  private func home(of request: borrowing Request, in view: borrowing View) -> Int? {
    guard request.key != Request.noKey, let server = homes[request.key] else { return nil }
    return view.place(of: ServerID(Int(server)))
  }

  /// The client's server; O(1) for a known client, O(servers) for a new one.
  public mutating func pick(
    for request: borrowing Request, from view: borrowing View, using random: inout RandomStream
  ) -> Int? {
    let home = home(of: request, in: view)
    if let home, view.accepts(home) { return home }
    let place = turns.pick(for: request, from: view, using: &random)
    if home == nil, let place, request.key != Request.noKey {
      homes[request.key] = Int32(truncatingIfNeeded: view.id(place).index)
    }
    return place
  }

  /// The client's server, or whose turn it is.
  public func explain(
    _ request: borrowing Request, from view: borrowing View, using random: RandomStream
  ) -> Explanation {
    let home = home(of: request, in: view)
    if let home, view.accepts(home) {
      let server = view.id(home)
      return Explanation(
        eligible: view.count, search: "the client's server",
        candidates: [
          Explanation.Candidate(server: server, terms: "one of \(clients(of: server)) clients")
        ],
        chosen: server, draws: 0)
    }
    var explanation = turns.explain(request, from: view, using: random)
    let reason =
      if let home {
        "\(view.id(home).name), the client's, does not accept it"
      } else {
        request.key == Request.noKey ? "no client" : "a new client"
      }
    explanation.search = "\(reason): \(explanation.search)"
    return explanation
  }

  private func clients(of server: ServerID) -> Int {
    homes.values.count { $0 == server.index }
  }
}
