package import Simulation

/// A made-up server, so that rules can be tested without an engine.
package struct ViewServer: Sendable {
  package var spec = ServerSpec()
  package var active = 0
  /// Whether it is in the view.
  package var isEligible = true
  package var isUp = true

  package init() {}

  /// A server of a weight that has some requests.
  package init(weight: Double? = nil, active: Int = 0, address: String? = nil) {
    spec.weight = weight
    spec.address = address
    self.active = active
  }
}

extension View {
  /// Lends a view of made-up servers; keys are texts whose numbers are -1, -2 and so on.
  package static func with<Result>(
    _ servers: [ViewServer], now: Instant = .zero, keys: [String] = [], tried: [Int] = [],
    withAside: Bool = false, _ body: (borrowing View) throws -> Result
  ) rethrows -> Result {
    var fleet = Fleet()
    var names = NameTable.empty
    for server in servers {
      let id = fleet.add(server.spec, state: .booting, now: now)
      names = names.naming(id.index, address: server.spec.address, zone: server.spec.zone)
      fleet.rows[id.index].state = server.isUp ? .inService : .crashed
      fleet.rows[id.index].standing = server.isEligible ? .up : .down
      fleet.actives[id.index] = Int32(clamping: server.active)
    }
    for key in keys { names = names.adding(Array(key.utf8)) }
    fleet.listEligible(Fleet.Listing(withCrashed: true, withAside: withAside))
    let triedServers = tried.map { Int32($0) }
    return try withExtendedLifetime(names) {
      try triedServers.withUnsafeBufferPointer { tried in
        try body(
          View(
            count: fleet.eligible.count, now: now,
            isFiltered: fleet.hasLimits || fleet.showsAside || !tried.isEmpty,
            ids: UnsafePointer(fleet.eligible.lend()), actives: UnsafePointer(fleet.actives.lend()),
            rows: UnsafePointer(fleet.rows.lend()), places: UnsafePointer(fleet.places.lend()),
            rented: fleet.rows.count, tried: tried, names: .passUnretained(names)))
      }
    }
  }
}
