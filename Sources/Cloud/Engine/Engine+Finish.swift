import Simulation

extension Engine {
  /// Finishes the first running request of a server; returns its number, or 0 when its client had
  /// given up.
  @inline(__always)
  mutating func finishFirst<B: Balancer>(
    _ server: Int, _ c: Columns, _ balancer: inout B, traced: Bool
  ) -> UInt64 {
    let host = c.rows + server
    let slot = host.pointee.root
    let q = c.requests + Int(slot)
    c.actives[server] &-= 1
    var next: Int32 = -1
    if host.pointee.discipline == ServerRow.sharing {
      c.finishShared(server, host, now: clock)
    } else {
      c.removeRoot(of: host)
      if host.pointee.head >= 0 && host.pointee.running <= host.pointee.cpu {
        next = c.dequeue(host)
        c.begin(next, host, now: clock)
      } else {
        host.pointee.settle(clock)
        host.pointee.running &-= 1
      }
      c.announce(server, host)
    }
    if host.pointee.state == .draining, c.actives[server] == 0 { leaveSoon(server) }
    if q.pointee.flags.contains(.detailed) {
      host.pointee.memoryUsed -= c.details[Int(slot)].memory
    }
    if traced { last = finishEvent(slot, next, server, c) }
    let wasted = q.pointee.flags.contains(.abandoned)
    if !wasted {
      host.pointee.completed &+= 1
      metrics.completed &+= 1
      metrics.latency.record(clock &- q.pointee.arrival)
      metrics.wait.record(q.pointee.start &- q.pointee.issued)
      settled &+= 1
    }
    if B.listens {
      let detail = c.details[Int(slot)]
      balancer.finished(
        Request(
          id: RequestID(bits: q.pointee.id), time: Instant(nanoseconds: q.pointee.issued),
          work: Duration(nanoseconds: q.pointee.work), key: detail.key, memory: detail.memory),
        on: ServerID(server), after: Duration(nanoseconds: clock &- q.pointee.issued))
    }
    let over = wasted ? 0 : q.pointee.id >> 8
    release(slot, c)
    return over
  }

  /// Puts a row on the free list; its timer, if any, finds another number there and is dead.
  @inline(__always)
  mutating func release(_ slot: Int32, _ c: Columns) {
    c.requests[Int(slot)].id = 0
    c.requests[Int(slot)].next = requests.free
    requests.free = slot
  }

  @inline(never)
  private func finishEvent(_ slot: Int32, _ next: Int32, _ server: Int, _ c: Columns) -> Event {
    let q = c.requests[Int(slot)]
    let id = RequestID(bits: q.id)
    let follower = next < 0 ? nil : RequestID(bits: c.requests[Int(next)].id)
    if q.flags.contains(.abandoned) {
      return event(.wasted(id, on: ServerID(server), next: follower))
    }
    let answer = Answer(
      id: id, server: ServerID(server), arrival: Instant(nanoseconds: q.arrival),
      start: Instant(nanoseconds: q.start), finish: now)
    return event(.finished(answer, next: follower))
  }

  /// Lets a draining server that has nothing left leave, at this instant.
  @inline(never)
  private mutating func leaveSoon(_ server: Int) {
    set(.drain, of: ServerID(server), at: now)
    alarmSet = true
  }

  // MARK: - Timeouts

  /// When the next live timer fires; drops the dead ones before it.
  @inline(__always)
  mutating func nextTimer(_ c: Columns) -> Int64 {
    rings.isEmpty ? .max : nextLiveTimer(c)
  }

  @inline(never)
  private mutating func nextLiveTimer(_ c: Columns) -> Int64 {
    var earliest = Int64.max
    for ring in rings.indices {
      while let timer = rings[ring].first {
        if c.requests[Int(timer.request)].id == timer.id {
          earliest = min(earliest, timer.time)
          break
        }
        rings[ring].removeFirst()
      }
    }
    return earliest
  }

  /// The client of the first live timer gives up; the server goes on, for it does not know.
  @inline(never)
  mutating func expire(_ c: Columns, traced: Bool) -> UInt64 {
    var first: TimerRing.Timer?
    var place = 0
    for ring in rings.indices {
      guard let timer = rings[ring].first else { continue }
      if let best = first, (best.time, best.id) < (timer.time, timer.id) { continue }
      first = timer
      place = ring
    }
    guard let timer = first else { return 0 }
    rings[place].removeFirst()
    let slot = Int(timer.request)
    c.requests[slot].flags.insert(.abandoned)
    let over = lose(c.requests[slot], c.details[slot], c, .timedOut)
    if traced {
      last = event(
        .timedOut(
          RequestID(bits: timer.id), on: ServerID(Int(c.requests[slot].server)), again: over == 0))
    }
    return over
  }
}
