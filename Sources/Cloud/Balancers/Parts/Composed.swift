import Simulation

/// A balancer that is a composition and nothing more: its rule picks and explains itself.
protocol Composed: Balancer {
  associatedtype Price: Cost
  associatedtype Search: Candidates
  associatedtype Tie: Ties
  /// Cost, candidates and ties, with their state.
  var rule: Least<Price, Search, Tie> { get set }
}

extension Composed {
  /// The candidate that costs least.
  @inline(__always)
  public mutating func pick(
    for request: borrowing Request, from view: borrowing View, using random: inout RandomStream
  ) -> Int? {
    let place = rule.pick(for: request, from: view, using: &random)
    if Search.watches, let place { rule.candidates.touch(view.id(place)) }
    return place
  }

  /// Finishes are listened to when the candidates watch.
  public static var listens: Bool { Search.watches }

  /// Lets the candidates know whose requests changed.
  @inline(__always)
  public mutating func finished(
    _ request: borrowing Request, on server: ServerID, _ outcome: Outcome, after latency: Duration
  ) {
    if Search.watches { rule.candidates.touch(server) }
  }

  /// Lets the candidates know whose requests changed.
  @inline(__always)
  public mutating func assigned(_ request: borrowing Request, to server: ServerID) {
    if Search.watches { rule.candidates.touch(server) }
  }

  /// Lets the candidates follow the fleet.
  public mutating func changed(_ changes: FleetChanges, in view: borrowing View) {
    rule.changed(changes, in: view)
  }

  /// What the parts say.
  public func explain(
    _ request: borrowing Request, from view: borrowing View, using random: RandomStream
  ) -> Explanation {
    rule.explain(request, from: view, using: random)
  }
}
