import Simulation

/// Tries that waited too long and have left their queue, in order; linked by ``RequestRow/next``.
struct ShedLine: BitwiseCopyable, Sendable {
  var head: Int32 = -1
  var tail: Int32 = -1
}

extension Engine {
  /// Takes the first out of a server's queue that has not waited too long; the slot is idle when
  /// there is none.
  @inline(never)
  mutating func dequeueKept(
    _ server: Int, _ host: UnsafeMutablePointer<ServerRow>, _ c: Columns
  ) -> Int32 {
    while host.pointee.head >= 0 {
      let slot = c.dequeue(host)
      let q = c.requests + Int(slot)
      let wait = clock &- q.pointee.issued
      guard guards.shed?.drops(waited: wait, on: server, at: clock) ?? false else { return slot }
      c.actives[server] &-= 1
      host.pointee.memoryUsed -= c.detail(of: slot).memory
      q.pointee.next = -1
      if shedLine.head < 0 {
        shedLine.head = slot
      } else {
        c.requests[Int(shedLine.tail)].next = slot
      }
      shedLine.tail = slot
      alarmSet = true
    }
    host.pointee.settle(clock)
    host.pointee.running &-= 1
    if host.pointee.state == .draining, c.actives[server] == 0 { leaveSoon(server) }
    return -1
  }

  /// Turns the first of those away that have left their queue; returns its number when that ends it.
  mutating func turnAwayShed<B: Balancer>(_ balancer: inout B, traced: Bool) -> UInt64 {
    let c = lend()
    let slot = shedLine.head
    shedLine.head = c.requests[Int(slot)].next
    var row = c.requests[Int(slot)]
    row.work = failingWork.removeValue(forKey: row.id) ?? row.work
    let request = request(in: slot, c)
    let server = ServerID(Int(row.server))
    if B.listens {
      balancer.finished(
        request, on: server, .refused, after: Duration(nanoseconds: clock &- row.issued))
    }
    let isWasted = row.flags.contains(.abandoned)
    let over = isWasted ? 0 : lose(row, c.detail(of: slot), in: slot, c, Shed.refusal.loss)
    release(slot, c)
    if waiting.head >= 0 { waiting.isOffered = true }
    if traced {
      last =
        isWasted
        ? event(.dropped(request.id, on: server))
        : loss(of: row, .refused(request.id, Shed.refusal, by: server, again: over == 0))
    }
    return over
  }
}
