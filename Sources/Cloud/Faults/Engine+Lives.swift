import Simulation

/// A server's life: boot, warming, in service; of a spot machine also its notice.
extension Engine {
  /// Draws all that may befall machines anew: from this seed, and what has not come from now on.
  mutating func reseedMachines(_ seed: UInt64) {
    errorKey = RandomStream(seed: seed, purpose: "fault", name: "errors").key
    bootKey = RandomStream(seed: seed, purpose: "machine", name: "boot").key
    spotKey = RandomStream(seed: seed, purpose: "machine", name: "spot").key
    for place in faults.indices {
      guard let fault = faults[place] else { continue }
      faults[place]?.key = Fault.key(seed: seed, stream: fault.stream)
      redraw(place)
    }
    redrawLives()
  }

  /// A time of a server's own, in its present life; times of other servers do not depend on it.
  func draw(_ time: Distribution, for id: ServerID, key: UInt64, turn: UInt64 = 0) -> Duration {
    if case .constant(let exact) = time { return Duration(nanoseconds: Int64(amount: exact)) }
    var stream = RandomStream(key: Hash.mix(key &+ UInt64(truncatingIfNeeded: id.index)))
    stream.counter = UInt64(fleet.records[id.index].life) << 8 | turn << 7
    let first = stream.next()
    return Duration(nanoseconds: Int64(amount: time.sample(first: first, draws: &stream)))
  }

  /// Begins a life of a server: it boots, and may be taken back or crash one day.
  mutating func start(_ id: ServerID, boot: Distribution) {
    fleet.records[id.index].launched = now
    fleet.records[id.index].isHeld = false
    fleet.records[id.index].isNoticed = false
    let time = draw(boot, for: id, key: bootKey)
    if time <= .zero, !isOut(id) {
      enterService(id)
    } else {
      set(.boot, of: id, at: now + time)
    }
    if let lifetime = fleet.records[id.index].spec.spot?.lifetime {
      set(.notice, of: id, at: now + draw(lifetime, for: id, key: spotKey))
    }
    for place in faults.indices { expose(id, to: place) }
  }

  /// Draws the boots and lifetimes anew that were drawn at this very instant.
  private mutating func redrawLives() {
    let records = fleet.records
    let now = now
    func isNew(_ id: ServerID, _ life: UInt32, _ time: Distribution?) -> Bool {
      life == 0 && records[id.index].launched == now && time.map { !$0.isExact } ?? false
    }
    alarms.remove { alarm in
      switch alarm.payload {
      case .boot(let id, let life): isNew(id, life, records[id.index].spec.bootTime)
      case .notice(let id, let life): isNew(id, life, records[id.index].spec.spot?.lifetime)
      default: false
      }
    }
    for (index, record) in records.enumerated() {
      let id = ServerID(index)
      let isBooting = [.booting, .pooled].contains(fleet.rows[index].state)
      if isBooting, isNew(id, record.life, record.spec.bootTime) {
        set(.boot, of: id, at: now + draw(record.spec.bootTime, for: id, key: bootKey))
      }
      if let lifetime = record.spec.spot?.lifetime, isNew(id, record.life, lifetime) {
        set(.notice, of: id, at: now + draw(lifetime, for: id, key: spotKey))
      }
    }
  }

  /// A server has booted; false when it is not booting any more or its zone is out.
  mutating func boot(_ id: ServerID) -> Bool {
    switch fleet.rows[id.index].state {
    case .booting where isOut(id):
      fleet.records[id.index].isHeld = true
      return false
    case .booting:
      enterService(id)
      last = event(.booted(id))
    case .pooled:
      guard fleet.records[id.index].pool?.isPrepared == false else { return false }
      let since = fleet.records[id.index].paidSince ?? now
      fleet.closePaid(id, now: now)
      fleet.records[id.index].pool?.isPrepared = true
      // To be stopped starts nothing.
      fleet.records[id.index].paidSince = now
      fleet.records[id.index].paidBefore = now - since
      last = event(.prepared(id))
    case .inService, .draining, .crashed, .gone: return false
    }
    return true
  }

  /// Puts a server into service, cold if it has to warm up.
  private mutating func enterService(_ id: ServerID) {
    fleet.enter(.inService, id, now: now)
    let spec = fleet.records[id.index].spec
    if spec.warming > .zero {
      fleet.setWarming(true, id, now: now)
      set(.warm, of: id, at: now + spec.warming)
    }
    if fleet.rows[id.index].speed != fleet.records[id.index].speed { reshape(id) }
  }

  /// A server is warm; false when it is not warming any more.
  mutating func warm(_ id: ServerID) -> Bool {
    guard fleet.records[id.index].isWarming else { return false }
    fleet.setWarming(false, id, now: now)
    reshape(id)
    last = event(.warmed(id))
    return true
  }

  /// A spot machine is taken back: it drains, and what it has when the notice is over is cut off.
  mutating func notice(_ id: ServerID) -> Bool {
    let state = fleet.rows[id.index].state
    guard [.booting, .inService, .draining].contains(state),
      let spot = fleet.records[id.index].spec.spot, !fleet.records[id.index].isNoticed
    else { return false }
    last = event(.noticed(id, active: Int(fleet.actives[id.index])))
    fleet.records[id.index].isNoticed = true
    let limit = max(.zero, spot.notice)
    if state == .draining {
      set(.drain, of: id, at: now + limit)
    } else {
      drain(id, limit: limit)
    }
    return true
  }

  /// Gives a server the speed and the slots it should have.
  mutating func reshape(_ id: ServerID) {
    let record = fleet.records[id.index]
    reshape(id, cpu: record.spec.slots, speed: record.speed)
  }
}

extension Distribution {
  /// Whether it is one amount.
  var isExact: Bool { if case .constant = self { true } else { false } }
}
