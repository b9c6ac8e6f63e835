import Simulation

extension Engine {
  /// Rents a server; it is in service at once or when it has booted.
  mutating func rent(_ spec: ServerSpec) -> ServerID {
    let id = add(spec, .booting)
    start(id, boot: spec.bootTime)
    return id
  }

  /// Adds a server to the fleet, without starting it.
  mutating func add(_ spec: ServerSpec, _ state: ServerState) -> ServerID {
    let id = fleet.add(spec, state: state, now: now)
    name(id, spec)
    if fleet.finishes.grow(to: fleet.rows.count) { lend().settleFinishes() }
    return id
  }

  /// Lets balancers know a server's address and zone, if it has any.
  mutating func name(_ id: ServerID, _ spec: ServerSpec) {
    guard spec.address != nil || !spec.zone.isEmpty else { return }
    names = names.naming(id.index, address: spec.address, zone: spec.zone)
  }

  enum Change: UInt64 { case boot, warm, notice, drain }

  /// Sets the alarm of a change of a server's state.
  mutating func set(_ change: Change, of id: ServerID, at time: Instant) {
    let life = fleet.records[id.index].life
    let alarm: Alarm =
      switch change {
      case .boot: .boot(id, life: life)
      case .warm: .warm(id, life: life)
      case .notice: .notice(id, life: life)
      case .drain: .drain(id, life: life)
      }
    alarms.insert(
      EventQueue.Event(
        time: time, kind: Order.machine, number: UInt64(id.index) << 2 | change.rawValue,
        payload: alarm))
  }

  /// Lets the first alarm happen; returns an exit when the world must act.
  mutating func ringAlarm<B: Balancer>(_ balancer: inout B) -> Exit? {
    guard let alarm = alarms.popFirst() else { return nil }
    clock = alarm.time.nanoseconds
    switch alarm.payload {
    case .boot(let id, let life):
      guard fleet.records[id.index].life == life, boot(id) else { return nil }
    case .warm(let id, let life):
      guard fleet.records[id.index].life == life, warm(id) else { return nil }
    case .notice(let id, let life):
      guard fleet.records[id.index].life == life, notice(id) else { return nil }
    case .fault(let place, let step):
      guard strike(place, step) else { return nil }
    case .drain(let id, let life):
      guard fleet.records[id.index].life == life, fleet.rows[id.index].state == .draining else {
        return nil
      }
      let cut = dropAll(on: id)
      fleet.enter(.gone, id, now: now)
      last = event(.left(id, cut: cut))
    case .check(let place):
      processed += 1
      return .check(place)
    case .tick:
      if fleet.changed { tellChanges(to: &balancer) }
      if fleet.eligible.count > 0 { balancer.tick(lend().view(at: clock)) }
      if waiting.head >= 0 { waiting.isOffered = true }
      last = event(.tended)
      setTick()
    }
    processed += 1
    return nil
  }

  /// Sets the alarm of the balancer's next tick, if it wants any.
  mutating func setTick() {
    alarms.remove { $0.payload == .tick }
    guard tick > 0 else { return }
    alarms.insert(
      EventQueue.Event(
        time: now + .nanoseconds(tick), kind: Order.health, number: 0, payload: .tick))
  }

  /// Gives a server back: at once when it is idle or has not booted, else when it has finished
  /// what it has or its time is up.
  mutating func drain(_ id: ServerID, limit: Duration?) {
    let state = fleet.rows[id.index].state
    guard [.inService, .booting, .pooled].contains(state) else { return }
    guard state == .inService, fleet.actives[id.index] > 0 else {
      return fleet.enter(.gone, id, now: now)
    }
    fleet.enter(.draining, id, now: now)
    if let limit { set(.drain, of: id, at: now + limit) }
  }

  /// A server dies with everything that is on it; it is not paid for any longer.
  mutating func crash(_ id: ServerID) -> Int {
    guard ![.gone, .crashed].contains(fleet.rows[id.index].state) else { return 0 }
    let lost = dropAll(on: id)
    fleet.enter(.crashed, id, now: now)
    return lost
  }

  /// A server starts anew: what is on it fails, and it boots.
  ///
  /// One that was given back stays away.
  mutating func restart(_ id: ServerID) {
    guard fleet.rows[id.index].state != .gone else { return }
    _ = dropAll(on: id)
    fleet.records[id.index].life &+= 1
    leavePool(id)
    fleet.enter(.booting, id, now: now)
    if fleet.records[id.index].paidSince == nil { fleet.records[id.index].paidSince = now }
    start(id, boot: fleet.records[id.index].spec.bootTime)
  }

  /// Fails everything on a server, in order of number; returns how many clients lost their answer.
  private mutating func dropAll(on id: ServerID) -> Int {
    let c = lend()
    let host = c.rows + id.index
    host.pointee.settle(clock)
    let slots = c.slots(on: host).sorted { c.requests[Int($0)].id < c.requests[Int($1)].id }
    host.pointee.root = -1
    host.pointee.head = -1
    host.pointee.running = 0
    host.pointee.virtual = 0
    host.pointee.memoryUsed = 0
    c.actives[id.index] = 0
    c.setIdle(id.index)
    var lost = 0
    for slot in slots {
      var row = c.requests[Int(slot)]
      row.work = failingWork.removeValue(forKey: row.id) ?? row.work
      unheard.append(
        Unheard(
          request: request(in: slot, c), server: id,
          latency: Duration(nanoseconds: clock - row.issued)))
      if !row.flags.contains(.abandoned) {
        lost += row.flags.contains(.paired) ? 0 : 1
        _ = lose(row, c.detail(of: slot), in: slot, c, .failed)
      }
      release(slot, c)
    }
    return lost
  }

  /// Changes a server's speed or slots in mid-service: what was done counts, what is left is
  /// reckoned anew and rounded up once.
  ///
  /// Requests that run beyond the slots left run to their end.
  mutating func reshape(_ id: ServerID, cpu: Int32, speed: Double) {
    // Balancers hear of it when they hear of the next change.
    fleet.changes.note(id)
    fleet.settleCapacity(now)
    if [.inService, .draining].contains(fleet.rows[id.index].state) {
      fleet.capacity += Int(cpu) - Int(fleet.rows[id.index].cpu)
    }
    let c = lend()
    let host = c.rows + id.index
    guard !host.pointee.isSharing else {
      c.settleShared(host, now: clock)
      host.pointee.cpu = cpu
      host.pointee.speed = speed
      return c.announceShared(id.index, host, now: clock)
    }
    host.pointee.settle(clock)
    let running = c.running(on: host)
    host.pointee.root = -1
    for slot in running {
      let q = c.requests + Int(slot)
      if q.pointee.finish < .max, speed != host.pointee.speed {
        let left = Double(q.pointee.finish - clock) * host.pointee.speed
        q.pointee.finish = clock + Columns.service(left, speed: speed)
      }
      c.insert(slot, into: host)
    }
    host.pointee.cpu = cpu
    host.pointee.speed = speed
    while host.pointee.head >= 0, host.pointee.running < host.pointee.cpu {
      host.pointee.running += 1
      c.begin(c.dequeue(host), host, now: clock)
    }
    c.announce(id.index, host)
  }

  /// Answers a request that was held open; false when there is none of that number.
  ///
  /// One that waits for a slot of its server needs none any more; one that waits at the balancer is
  /// answered as soon as it is given to a server.
  mutating func finishHeld(_ number: UInt64) -> Bool {
    let c = lend()
    var line = waiting.head
    while line >= 0 {
      let q = c.requests + Int(line)
      if q.pointee.id >> 8 == number, q.pointee.flags.contains(.held) {
        q.pointee.flags.remove(.held)
        q.pointee.work = 0
        return true
      }
      line = q.pointee.next
    }
    var held: [Int32] = []
    for server in fleet.rows.indices {
      held += c.slots(on: c.rows + server).filter {
        c.requests[Int($0)].id >> 8 == number && c.requests[Int($0)].flags.contains(.held)
      }
    }
    guard let first = held.min(by: { c.requests[Int($0)].id < c.requests[Int($1)].id }) else {
      return false
    }
    finishHeld(first, c)
    return true
  }

  /// A held try that a server has, in service or waiting, is done now.
  mutating func finishHeld(_ held: Int32, _ c: Columns) {
    let q = c.requests + Int(held)
    let server = Int(q.pointee.server)
    let host = c.rows + server
    q.pointee.flags.remove(.held)
    q.pointee.work = 0
    var running = c.running(on: host)
    if !running.contains(held) {
      c.unlink(held, fromQueueOf: host)
      host.pointee.settle(clock)
      host.pointee.running += 1
      q.pointee.start = clock
      running.append(held)
    }
    if host.pointee.isSharing {
      c.settleShared(host, now: clock)
      q.pointee.finish = Int64(bitPattern: host.pointee.virtual.bitPattern)
    } else {
      q.pointee.finish = clock
    }
    host.pointee.root = -1
    for slot in running { c.insert(slot, into: host) }
    if host.pointee.isSharing {
      c.announceShared(server, host, now: clock)
    } else {
      c.announce(server, host)
    }
  }
}
