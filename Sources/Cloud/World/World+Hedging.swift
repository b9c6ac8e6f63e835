import Simulation

/// Copies of requests that take too long: where the delays come from.
extension World {
  /// Copies first tries after a delay from now on; never when it is zero.
  ///
  /// Those that wait for their copy already are forgotten; copies that are under way go on.
  mutating func hedge(after delay: Duration) {
    engine.stopHedging()
    engine.hedge = max(0, delay.nanoseconds)
    if engine.hedge > 0 { engine.requests.addHedges() }
    for place in engine.loads.indices {
      var row = engine.loadRows[place]
      hedge(&row, of: engine.loads[place].load)
      engine.loadRows[place] = row
    }
  }

  /// Marks what a load sends; its client gives up on a copy when it gives up on the first try.
  mutating func hedge(_ row: inout LoadRow, of load: Load) {
    row.copyRing = -1
    row.flags.remove(.hedging)
    guard engine.hedge > 0 else { return }
    row.flags.insert(.hedging)
    let left = load.timeout.map { $0.nanoseconds - engine.hedge } ?? 0
    if left > 0 { row.copyRing = Int32(ring(of: .nanoseconds(left))) }
  }
}
