/// Whether all servers in the view have the same weight; O(1) for each server that changed.
struct EqualWeights: Sendable {
  /// By server, the weight it was last seen with; 0 when it was not in the view.
  private var weights = PerServer(0.0)
  /// How many servers have each weight.
  private var kinds: [Double: Int] = [:]
  /// How many servers there are.
  private(set) var count = 0

  /// Whether there are no two weights.
  var isEqual: Bool { kinds.count < 2 }

  /// Follows the fleet; whether a server came or went.
  mutating func follow(_ changes: FleetChanges, in view: borrowing View) -> Bool {
    var hasMoved = false
    for server in changes.servers(in: view) {
      let old = weights[server]
      let new = view.place(of: server).map { view.weight($0) } ?? 0
      guard old != new else { continue }
      if old > 0 {
        kinds[old, default: 0] -= 1
        if kinds[old] == 0 { kinds[old] = nil }
      }
      if new > 0 { kinds[new, default: 0] += 1 }
      weights[server] = new
      hasMoved = hasMoved || old == 0 || new == 0
    }
    count = view.count
    return hasMoved
  }
}
