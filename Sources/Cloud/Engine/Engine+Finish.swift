import Simulation

extension Engine {
  /// Finishes the request that finishes first of all; returns its number, or 0 when its client had
  /// given up.
  @_transparent
  mutating func finishFirst<B: Balancer>(
    _ c: Columns, _ balancer: inout B, _ latency: inout Histogram.Recorder,
    _ wait: inout Histogram.Recorder, traced: Bool
  ) -> UInt64 {
    let server = c.finishes[0].server
    let slot = c.finishes[0].request
    let host = c.rows + server
    let q = c.requests + Int(slot)
    let behind = c.actives[server] &- 1
    c.actives[server] = behind
    var next: Int32 = -1
    if host.pointee.isSharing {
      c.finishShared(server, host, now: clock)
    } else {
      c.removeRoot(slot, of: host)
      // The first test says nothing new, but what it reads is at hand and the server is not.
      if behind > 0 && host.pointee.head >= 0 && host.pointee.running <= host.pointee.cpu {
        next = guards.sheds ? dequeueKept(server, host, c) : c.dequeue(host)
        if next >= 0 { c.begin(next, host, now: clock) }
      } else {
        host.pointee.settle(clock)
        host.pointee.running &-= 1
      }
      c.announce(server, host)
    }
    if host.pointee.state == .draining && behind == 0 { leaveSoon(server) }
    if q.pointee.flags.contains(.detailed) {
      host.pointee.memoryUsed -= c.details[Int(slot)].memory
    }
    if waiting.head >= 0 { offerRoom(on: server) }
    if traced { last = finishEvent(slot, next, server, c) }
    let wasted = q.pointee.flags.contains(.abandoned)
    if guards.isOn {
      tellLimits(of: q.pointee, isAnswered: !wasted && !q.pointee.flags.contains(.failing))
    }
    if meter != nil { noteUse(of: host, since: q.pointee.start) }
    if q.pointee.flags.contains(.failing) {
      return finishFailing(slot, next, server, c, &balancer, traced: traced)
    }
    if !wasted {
      if q.pointee.flags.contains(.paired) { supersedeOther(of: slot, c, &balancer) }
      host.pointee.completed &+= 1
      let taken = clock &- q.pointee.arrival
      latency.record(taken)
      metrics.late &+= taken > objective ? 1 : 0
      wait.record(q.pointee.start &- q.pointee.issued)
      settled &+= 1
    }
    if B.listens {
      let detail = c.detail(of: slot)
      balancer.finished(
        Request(
          id: RequestID(bits: q.pointee.id), time: Instant(nanoseconds: q.pointee.issued),
          work: Duration(nanoseconds: q.pointee.work), key: detail.key, memory: detail.memory),
        on: ServerID(server), wasted ? .abandoned : .answered,
        after: Duration(nanoseconds: clock &- q.pointee.issued))
    }
    let over = wasted ? 0 : q.pointee.id >> 8
    release(slot, c)
    return over
  }

  /// A server answered with an error.
  @inline(never)
  private mutating func finishFailing<B: Balancer>(
    _ slot: Int32, _ next: Int32, _ server: Int, _ c: Columns, _ balancer: inout B, traced: Bool
  ) -> UInt64 {
    var row = c.requests[Int(slot)]
    row.work = failingWork.removeValue(forKey: row.id) ?? row.work
    let request = request(in: slot, c)
    if B.listens {
      balancer.finished(
        request, on: ServerID(server), .failed,
        after: Duration(nanoseconds: clock &- row.issued))
    }
    let isWasted = row.flags.contains(.abandoned)
    let over = isWasted ? 0 : lose(row, c.detail(of: slot), in: slot, c, .failed)
    // A try that is sent again may be the next arrival, of which the loop does not know.
    if over == 0 { alarmSet = true }
    if traced, !isWasted {
      let follower = next < 0 ? nil : RequestID(bits: c.requests[Int(next)].id)
      last = loss(
        of: row, .failed(request.id, on: ServerID(server), next: follower, again: over == 0))
    }
    release(slot, c)
    return over
  }

  /// Counts a request that was served, whatever its answer and whether anybody waited for it.
  @inline(never)
  private mutating func noteUse(of host: UnsafeMutablePointer<ServerRow>, since start: Int64) {
    meter?.add(
      Duration(nanoseconds: clock &- start),
      bytes: host.pointee.memory / Int(max(1, host.pointee.cpu)))
  }

  /// Counts requests from now on if the rule asks for it.
  mutating func measure(for rule: BillingRule) {
    guard case .perRequest(let price) = rule else {
      meter = nil
      return
    }
    let fresh = RequestMeter(step: price.step)
    if meter?.step != fresh.step { meter = fresh }
  }

  /// Puts a row on the free list; its timers, if they run, do not fire any more.
  @inline(__always)
  mutating func release(_ slot: Int32, _ c: Columns) {
    let flags = c.requests[Int(slot)].flags
    if flags.contains(.timed) { c.links.unlink(slot) }
    if flags.contains(.hedging) { dropHedge(slot, c) }
    c.requests[Int(slot)].id = 0
    c.requests[Int(slot)].next = requests.free
    requests.free = slot
    requests.used &-= 1
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
      start: Instant(nanoseconds: q.start), finish: now,
      superseded: q.flags.contains(.paired) ? otherTry(of: slot, c) : nil)
    return event(.finished(answer, next: follower))
  }

  /// Lets a draining server that has nothing left leave, at this instant.
  @inline(never)
  mutating func leaveSoon(_ server: Int) {
    set(.drain, of: ServerID(server), at: now)
    alarmSet = true
  }
}
