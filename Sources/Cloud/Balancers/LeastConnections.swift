public import Simulation

/// The server with the fewest requests for its weight.
///
/// It picks in O(log n + distinct weights) and explains itself by the plain form of the rule.
public struct LeastConnections: Balancer {
  /// The name it is typed by.
  public static let name = "least-connections"
  /// What it does, in a sentence.
  public static let summary = "The server with the fewest requests for its weight."
  /// What `help` says.
  public static let details = StrategyDetails(
    rule: "Take the least active ÷ weight; active are the requests in service and waiting.",
    source: "nginx, ngx_http_upstream_least_conn_module.c.",
    ties: """
      Smooth weighted round robin among the tied, and only they gain credit. Quotients are \
      compared by cross products. No draws.
      """,
    failure: """
      A server that fails fast has few requests and so gets them all; news that is late sends \
      everybody to the same server.
      """,
    lesson: "07")

  private var turns = LeastInTurns()

  /// Nobody with credit.
  public init() {}

  /// The server with the least active ÷ weight, by turns among the tied.
  public mutating func pick(
    for request: borrowing Request, from view: borrowing View, using random: inout RandomStream
  ) -> Int? {
    let place = turns.pick(from: view)
    if let place { turns.touch(view.id(place)) }
    return place
  }

  /// Finishes are listened to: they say whose requests changed.
  public static var listens: Bool { true }

  /// A server has one request less.
  public mutating func finished(
    _ request: borrowing Request, on server: ServerID, _ outcome: Outcome, after latency: Duration
  ) { turns.touch(server) }

  /// A server has one request more.
  public mutating func assigned(_ request: borrowing Request, to server: ServerID) {
    turns.touch(server)
  }

  /// Credit outlasts changes of the fleet.
  public mutating func changed(_ changes: FleetChanges, in view: borrowing View) {
    turns.changed(changes, in: view)
  }

  /// The plain form of the rule, with the credit that all have.
  public func explain(
    _ request: borrowing Request, from view: borrowing View, using random: RandomStream
  ) -> Explanation {
    let plain = Least(
      ActiveByWeight(), among: Everyone(), ties: SmoothTurns(credits: turns.credits))
    var explanation = plain.explain(request, from: view, using: random)
    var picking = turns
    explanation.chosen = picking.pick(from: view).map { view.id($0) }
    return explanation
  }
}
