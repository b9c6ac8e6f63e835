import Simulation

extension Engine {
  /// Rents a server; it is in service at once or when it has booted.
  mutating func rent(_ spec: ServerSpec) -> ServerID {
    let ready = spec.boot <= .zero
    let id = fleet.add(spec, state: ready ? .inService : .booting, now: now)
    if !ready { set(.boot, of: id, at: now + spec.boot) }
    return id
  }

  enum Change { case boot, drain }

  /// Sets the alarm of a change of a server's state.
  mutating func set(_ change: Change, of id: ServerID, at time: Instant) {
    let life = fleet.records[id.index].life
    let alarm: Alarm = change == .boot ? .boot(id, life: life) : .drain(id, life: life)
    alarms.insert(
      EventQueue.Event(
        time: time, kind: Order.machine, number: UInt64(id.index), payload: alarm))
  }

  /// Lets the first alarm happen; returns an exit when the world must act.
  mutating func ringAlarm() -> Exit? {
    guard let alarm = alarms.popFirst() else { return nil }
    clock = alarm.time.nanoseconds
    switch alarm.payload {
    case .boot(let id, let life):
      guard fleet.records[id.index].life == life, fleet.rows[id.index].state == .booting else {
        return nil
      }
      fleet.enter(.inService, id, now: now)
      last = event(.booted(id))
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
    }
    processed += 1
    return nil
  }

  /// Gives a server back: at once when it is idle or has not booted, else when it has finished
  /// what it has or its time is up.
  mutating func drain(_ id: ServerID, limit: Duration?) {
    let state = fleet.rows[id.index].state
    guard state == .inService || state == .booting else { return }
    guard state == .inService, fleet.actives[id.index] > 0 else {
      return fleet.enter(.gone, id, now: now)
    }
    fleet.enter(.draining, id, now: now)
    if let limit { set(.drain, of: id, at: now + limit) }
  }

  /// A server dies with everything that is on it; it is not paid for any longer.
  mutating func crash(_ id: ServerID) -> Int {
    guard fleet.rows[id.index].state != .gone else { return 0 }
    let lost = dropAll(on: id)
    fleet.enter(.crashed, id, now: now)
    return lost
  }

  /// A server starts anew: what is on it fails, and it boots.
  mutating func restart(_ id: ServerID) {
    _ = dropAll(on: id)
    fleet.records[id.index].life &+= 1
    let boot = fleet.records[id.index].spec.boot
    fleet.enter(.booting, id, now: now)
    if fleet.records[id.index].paidSince == nil { fleet.records[id.index].paidSince = now }
    if boot <= .zero {
      fleet.enter(.inService, id, now: now)
    } else {
      set(.boot, of: id, at: now + boot)
    }
  }

  /// Fails everything on a server, in order of number; returns how many clients lost their answer.
  private mutating func dropAll(on id: ServerID) -> Int {
    withColumns { engine, c in
      let host = c.rows + id.index
      if host.pointee.discipline == ServerRow.sharing {
        c.settleShared(host, now: engine.clock)
      } else {
        host.pointee.settle(engine.clock)
      }
      let slots = c.slots(on: host).sorted { c.requests[Int($0)].id < c.requests[Int($1)].id }
      host.pointee.root = -1
      host.pointee.head = -1
      host.pointee.running = 0
      host.pointee.virtual = 0
      host.pointee.memoryUsed = 0
      c.actives[id.index] = 0
      c.announce(id.index, host)
      var lost = 0
      for slot in slots {
        let row = c.requests[Int(slot)]
        if !row.flags.contains(.abandoned) {
          lost += 1
          _ = engine.lose(row, c.details[Int(slot)], c, .failed)
        }
        engine.release(slot, c)
      }
      return lost
    }
  }

  /// Changes a server's speed or slots in mid-service: what was done counts, what is left is
  /// reckoned anew and rounded up once.
  mutating func reshape(_ id: ServerID, cpu: Int, speed: Double) {
    fleet.settleCapacity(now)
    if [.inService, .draining].contains(fleet.rows[id.index].state) {
      fleet.capacity += cpu - Int(fleet.rows[id.index].cpu)
    }
    withColumns { engine, c in
      let host = c.rows + id.index
      let now = engine.clock
      if host.pointee.discipline == ServerRow.sharing {
        c.settleShared(host, now: now)
        host.pointee.cpu = Int32(clamping: cpu)
        host.pointee.speed = speed
        c.announceShared(id.index, host, now: now)
        return
      }
      host.pointee.settle(now)
      let running = c.running(on: host)
      host.pointee.root = -1
      for slot in running {
        let q = c.requests + Int(slot)
        if q.pointee.finish < Self.never {
          let left = Double(q.pointee.finish - now) * host.pointee.speed
          q.pointee.finish = now + Columns.service(Int64(left.rounded(.up)), speed: speed)
        }
        c.insert(slot, into: host)
      }
      host.pointee.cpu = Int32(clamping: cpu)
      host.pointee.speed = speed
      while host.pointee.head >= 0, host.pointee.running < host.pointee.cpu {
        host.pointee.running += 1
        c.begin(c.dequeue(host), host, now: now)
      }
      c.announce(id.index, host)
    }
  }

  /// Answers a request that was held open; false when there is none of that number.
  mutating func finishHeld(_ number: UInt64) -> Bool {
    withColumns { engine, c in
      for server in 0..<engine.fleet.records.count {
        let host = c.rows + server
        guard
          let slot = c.slots(on: host).first(where: {
            c.requests[Int($0)].id >> 8 == number && c.requests[Int($0)].flags.contains(.held)
          })
        else { continue }
        let q = c.requests + Int(slot)
        q.pointee.flags.remove(.held)
        q.pointee.work = 0
        let started = c.running(on: host).contains(slot)
        guard started else { return true }
        if host.pointee.discipline == ServerRow.sharing {
          c.settleShared(host, now: engine.clock)
          q.pointee.finish = Int64(bitPattern: host.pointee.virtual.bitPattern)
        } else {
          q.pointee.finish = engine.clock
        }
        let running = c.running(on: host)
        host.pointee.root = -1
        for slot in running { c.insert(slot, into: host) }
        if host.pointee.discipline == ServerRow.sharing {
          c.announceShared(server, host, now: engine.clock)
        } else {
          c.announce(server, host)
        }
        return true
      }
      return false
    }
  }
}

extension Columns {
  /// The running requests of a server, in no order that matters.
  func running(on host: UnsafeMutablePointer<ServerRow>) -> [Int32] {
    var found: [Int32] = []
    var open = host.pointee.root < 0 ? [] : [host.pointee.root]
    while let slot = open.popLast() {
      found.append(slot)
      var child = requests[Int(slot)].child
      while child >= 0 {
        open.append(child)
        child = requests[Int(child)].next
      }
    }
    return found
  }

  /// The running requests of a server, then the waiting ones.
  func slots(on host: UnsafeMutablePointer<ServerRow>) -> [Int32] {
    var found = running(on: host)
    var waiting = host.pointee.head
    while waiting >= 0 {
      found.append(waiting)
      waiting = requests[Int(waiting)].next
    }
    return found
  }
}
