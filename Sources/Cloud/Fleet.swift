import Simulation

/// All servers that were ever rented, as columns; a server's place never changes.
struct Fleet: Sendable {
  var rows = Column<ServerRow>()
  var records: [ServerRecord] = []
  /// Requests each server has, in service and waiting: the column balancers read.
  var actives = Column<Int32>()
  /// By server, its place in `eligible` or -1.
  var places = Column<Int32>()
  /// Whether a server has a limit that balancers know.
  var hasLimits = false
  /// Servers whose limit may grow with the load.
  var growing: [Int32] = []
  /// Servers in service, in the order they were rented: what balancers may choose from.
  var eligible = Column<Int32>()
  /// Whether a server in `eligible` is set aside.
  var showsAside = false
  /// Whether `eligible` or a weight changed since it was last brought up to date.
  var changed = false
  /// What changed since balancers were last told.
  var changes = FleetChanges.everything
  /// The servers that are not gone, in the order they were rented: what a check goes through.
  private(set) var present: [Int] = []
  var finishes = FinishQueue()
  /// Slots in service or draining, and their integral over time in slot-nanoseconds.
  var capacity = 0
  var capacityTime: UInt128 = 0
  var capacitySince: Int64 = 0
  /// What the servers that are paid are doing, over time.
  var phases = PhaseClock()
  /// Paid intervals that have ended.
  var paid: [PaidInterval] = []

  /// Adds a server that is booting or in service.
  mutating func add(_ spec: ServerSpec, state: ServerState, now: Instant) -> ServerID {
    let id = ServerID(rows.count)
    rows.append(ServerRow(spec, state: .booting, now: now.nanoseconds))
    present.append(id.index)
    records.append(ServerRecord(spec: spec, paidSince: now))
    phases.move(from: nil, to: .booting, now: now)
    actives.append(0)
    places.append(-1)
    if spec.maxconn != nil { hasLimits = true }
    if spec.grows { growing.append(Int32(id.index)) }
    if state == .inService { enter(.inService, id, now: now) }
    return id
  }

  /// Moves a server to another state and keeps the totals that depend on it.
  mutating func enter(_ state: ServerState, _ id: ServerID, now: Instant) {
    let old = rows[id.index].state
    guard old != state else { return }
    let phase = old.phase(isWarming: records[id.index].isWarming)
    let counted = old == .inService || old == .draining
    let counts = state == .inService || state == .draining
    if counted != counts {
      settleCapacity(now)
      capacity += counts ? Int(rows[id.index].cpu) : -Int(rows[id.index].cpu)
      if counts {
        records[id.index].readySince = now
      } else if let since = records[id.index].readySince {
        records[id.index].served = records[id.index].served + (now - since)
        records[id.index].readySince = nil
      }
      records[id.index].isWarming = false
    }
    if state == .gone || state == .crashed { closePaid(id, now: now) }
    rows[id.index].state = state
    let place = present.firstPlace { $0 >= id.index }
    if state == .gone { present.remove(at: place) }
    if old == .gone { present.insert(id.index, at: place) }
    phases.move(
      from: phase, to: state.phase(isWarming: records[id.index].isWarming), now: now)
    note(id)
  }

  /// Notes that balancers have to hear of a server.
  mutating func note(_ id: ServerID) {
    changes.note(id)
    changed = true
  }

  /// Notes that a server is warming, or is warm.
  mutating func setWarming(_ isWarming: Bool, _ id: ServerID, now: Instant) {
    let state = rows[id.index].state
    phases.move(
      from: state.phase(isWarming: records[id.index].isWarming),
      to: state.phase(isWarming: isWarming), now: now)
    records[id.index].isWarming = isWarming
  }

  mutating func settleCapacity(_ now: Instant) {
    capacityTime += UInt128(capacity) * UInt128(max(0, now.nanoseconds - capacitySince))
    capacitySince = now.nanoseconds
  }

  /// Ends the present paid interval, if there is one.
  mutating func closePaid(_ id: ServerID, now: Instant) {
    guard let from = records[id.index].paidSince else { return }
    paid.append(
      PaidInterval(
        from: from, to: now, pricePerHour: records[id.index].price,
        isSpot: records[id.index].spec.spot != nil, server: id.index,
        before: records[id.index].paidBefore))
    records[id.index].paidSince = nil
    records[id.index].paidBefore = .zero
  }

  /// Every paid interval up to now, the open ones ending now.
  func paidIntervals(now: Instant) -> [PaidInterval] { paid + openIntervals(now: now) }

  /// The paid intervals of the machines that are paid now, ending now.
  func openIntervals(now: Instant) -> [PaidInterval] {
    records.enumerated().compactMap { index, record in
      record.paidSince.map {
        PaidInterval(
          from: $0, to: now, pricePerHour: record.price, isSpot: record.spec.spot != nil,
          server: index, before: record.paidBefore)
      }
    }
  }

  /// Busy slot-nanoseconds of a server up to now.
  func busy(_ index: Int, now: Instant) -> UInt128 {
    var row = rows[index]
    row.settle(now.nanoseconds)
    return row.busy
  }

  /// Server-nanoseconds that a server was at work up to now: busy slot-time over its slots.
  func worked(_ index: Int, now: Instant) -> Double {
    let busy = Double(self.busy(index, now: now) - records[index].busyBefore)
    return records[index].workedBefore + busy / Double(max(1, rows[index].cpu))
  }

  /// Notes what a server did in its present size, before it gets another.
  mutating func settleWork(_ id: ServerID, now: Instant) {
    records[id.index].workedBefore = worked(id.index, now: now)
    records[id.index].busyBefore = busy(id.index, now: now)
  }

  func server(_ id: ServerID, now: Instant) -> Server {
    let row = rows[id.index]
    let record = records[id.index]
    let slots = Int(row.running)
    return Server(
      id: id, state: row.state, spec: record.spec, slowness: record.slowness,
      standing: row.standing,
      errors: record.errors, isWarming: record.isWarming, isNoticed: record.isNoticed,
      isPreparing: record.pool.map { !$0.isPrepared } ?? false, picked: row.picked,
      completed: row.completed, running: slots, queued: Int(actives[id.index]) - slots,
      memoryUsed: row.memoryUsed, busy: Double(busy(id.index, now: now)) / 1e9)
  }
}

extension [Int] {
  /// The first place at which a condition holds that holds for all after it; O(log n).
  fileprivate func firstPlace(where holds: (Int) -> Bool) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = low + (high - low) / 2
      if holds(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
