import Simulation

/// What nginx's rules share that look at every usable server and take the one that costs least; of
/// equals the next in smooth turns.
protocol NginxLeast: NginxRule {
  associatedtype Price: NginxCost
  /// What a server would cost a request.
  var cost: Price { get }
  /// Whether one that has no equal takes a turn, too.
  static var turnsAlone: Bool { get }
}

extension NginxLeast {
  /// Backups are part of its rule.
  public static var ownsPriorities: Bool { true }

  static var turnsAlone: Bool { false }

  /// The usable server that costs least; O(n).
  public mutating func pick(
    for request: borrowing Request, from view: borrowing View, using random: inout RandomStream
  ) -> Int? {
    peers.pick(cost, turnsAlone: Self.turnsAlone, in: view)
  }

  /// What it knows of each server.
  public func explain(
    _ request: borrowing Request, from view: borrowing View, using random: RandomStream
  ) -> Explanation {
    peers.explain(cost, turnsAlone: Self.turnsAlone, in: view)
  }
}
