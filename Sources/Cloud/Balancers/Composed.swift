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
    rule.pick(for: request, from: view, using: &random)
  }

  /// Lets the candidates follow the fleet.
  public mutating func changed(_ view: borrowing View) { rule.changed(view) }

  /// What the parts say.
  public func explain(
    _ request: borrowing Request, from view: borrowing View, using random: RandomStream
  ) -> Explanation {
    rule.explain(request, from: view, using: random)
  }
}
