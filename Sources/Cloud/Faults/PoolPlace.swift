import Simulation

/// A server's place in a warm pool.
struct PoolPlace: Hashable, Sendable {
  /// The share of the price that is paid for it while it is stopped: its disk.
  var share: Double
  /// Whether it has booted once and was stopped; before, it is paid in full.
  var isPrepared = false

  /// The share of the price that is paid now.
  var priceShare: Double { isPrepared ? share : 1 }
}

extension Engine {
  /// Rents a server for a pool: it boots once, is stopped, and waits to be started.
  mutating func stock(_ spec: ServerSpec, priceShare: Double) -> ServerID {
    let id = add(spec, .booting)
    fleet.records[id.index].pool = PoolPlace(share: priceShare)
    fleet.records[id.index].launched = now
    fleet.enter(.pooled, id, now: now)
    set(.boot, of: id, at: now + draw(spec.bootTime, for: id, key: bootKey))
    return id
  }

  /// Starts a server of a pool, which takes less than a boot.
  mutating func take(_ id: ServerID, boot: Distribution) {
    leavePool(id)
    fleet.records[id.index].life &+= 1
    fleet.enter(.booting, id, now: now)
    start(id, boot: boot)
  }

  /// Pays a server in full again, if it was in a pool.
  mutating func leavePool(_ id: ServerID) {
    guard fleet.records[id.index].pool != nil else { return }
    if fleet.records[id.index].paidSince != nil {
      fleet.closePaid(id, now: now)
      fleet.records[id.index].paidSince = now
    }
    fleet.records[id.index].pool = nil
  }
}
