import Simulation

/// Hedging: a first try that has no answer after a while gets one copy, on another server.
///
/// The first answer counts. The other try is then taken out of its server's queue; one in service
/// goes on, as when its client gives up, for the server does not know. A try that comes to nothing
/// leaves it to the other. A copy is paid from the budget of retries, if there is one. Sources: gRFC
/// A6, hedging with two attempts; J. Dean, L. A. Barroso, The Tail at Scale (2013).
extension Engine {
  /// Sets the timer of a first try that has just arrived.
  @inline(__always)
  mutating func setHedge(_ slot: Int32, _ c: Columns) {
    c.hedges.link(slot, into: 0)
    nextRetry = min(nextRetry, c.requests[Int(slot)].issued.addingClamped(hedge))
  }

  /// A try needs no copy any more; the flag is left to the caller.
  @inline(never)
  mutating func dropHedge(_ slot: Int32, _ c: Columns) {
    let isFirst = c.hedges.first(of: 0) == slot
    c.hedges.unlink(slot)
    if isFirst { findNextRetry(c) }
  }

  /// Forgets the tries that wait for their copy.
  mutating func stopHedging() {
    guard hedge > 0 else { return }
    let c = lend()
    while c.hedges.first(of: 0) >= 0 {
      let slot = c.hedges.first(of: 0)
      c.requests[Int(slot)].flags.remove(.hedging)
      dropHedge(slot, c)
    }
  }

  /// Finds when the next try that is not a first is sent.
  mutating func findNextRetry(_ c: Columns) {
    nextRetry = retries.first?.time ?? .max
    guard hedge > 0 else { return }
    let first = c.hedges.first(of: 0)
    if first >= 0 {
      nextRetry = min(nextRetry, c.requests[Int(first)].issued.addingClamped(hedge))
    }
  }

  /// Whether a try that is not a first is sent at an instant at which one may be.
  ///
  /// A copy that cannot be had is no event: its try still waits at the balancer, there is no other
  /// server, or the budget does not pay for it.
  @inline(never)
  mutating func isRetryDue(at time: Int64, _ c: Columns) -> Bool {
    guard nextRetry == time else { return false }
    if retries.first?.time == time || requests.free < 0 { return true }
    let slot = hedge > 0 ? c.hedges.first(of: 0) : -1
    guard slot >= 0 else { return false }
    let server = c.requests[Int(slot)].server
    let others = c.eligibleCount - (server >= 0 && c.places[Int(server)] >= 0 ? 1 : 0)
    if server >= 0, others > 0, isRetryPaid(at: Instant(nanoseconds: time)) { return true }
    c.requests[Int(slot)].flags.remove(.hedging)
    dropHedge(slot, c)
    return false
  }

  /// Writes a copy of the try whose turn it is into the first free row.
  @inline(never)
  mutating func takeCopy(_ slot: Int32, _ c: Columns) {
    let first = c.hedges.first(of: 0)
    let original = c.requests + Int(first)
    let q = c.requests + Int(slot)
    dropHedge(first, c)
    original.pointee.flags.remove(.hedging)
    q.pointee.id = original.pointee.id + 1
    q.pointee.arrival = original.pointee.arrival
    q.pointee.issued = clock
    q.pointee.work = failingWork[original.pointee.id] ?? original.pointee.work
    q.pointee.load = original.pointee.load
    q.pointee.flags = original.pointee.flags.intersection([.held, .detailed, .timed])
    if c.loads[Int(q.pointee.load)].copyRing < 0 { q.pointee.flags.remove(.timed) }
    if q.pointee.flags.contains(.detailed) { c.details[Int(slot)] = c.details[Int(first)] }
    c.hedges[Int(slot)].after = first
    c.hedges[Int(first)].after = slot
    for place in [first, slot] { c.requests[Int(place)].flags.formUnion([.paired, .hedged]) }
    tried.append(original.pointee.server)
  }

  /// A try is given to a server after others were: it is a copy, or one of the balancer's.
  @inline(never)
  mutating func noteTried(_ row: RequestRow) {
    tried.removeAll()
    if row.flags.contains(.paired) { metrics.hedged += 1 }
  }

  /// A try came to nothing, and the other one goes on alone.
  mutating func part(_ slot: Int32, _ row: RequestRow, _ c: Columns) {
    let other = c.hedges[Int(slot)].after
    c.requests[Int(slot)].flags.remove(.paired)
    c.requests[Int(other)].flags.remove(.paired)
    if tries > 1, row.server >= 0 { triedBefore[row.id >> 8, default: []].append(row.server) }
  }

  /// The client of a try gives up, and so it does on the other one.
  mutating func abandonOther(of slot: Int32, _ c: Columns) {
    let other = c.hedges[Int(slot)].after
    c.requests[Int(slot)].flags.remove(.paired)
    c.requests[Int(other)].flags.remove(.paired)
    abandon(other, c)
    if guards.isOn { tellBudget(of: c.requests[Int(other)], .abandoned) }
  }

  /// A try is answered: the other one leaves its server's queue, or runs to its end for nothing.
  @inline(never)
  mutating func supersedeOther<B: Balancer>(
    of slot: Int32, _ c: Columns, _ balancer: inout B
  ) {
    let other = c.hedges[Int(slot)].after
    let q = c.requests + Int(other)
    let server = Int(q.pointee.server)
    let host = c.rows + server
    c.requests[Int(slot)].flags.remove(.paired)
    q.pointee.flags.remove(.paired)
    if guards.isOn { tellBudget(of: q.pointee, .cancelled) }
    guard c.unlink(other, fromQueueOf: host) else {
      abandon(other, c)
      // Nobody is left who would say when it is done.
      if q.pointee.flags.contains(.held) { finishHeld(other, c) }
      return
    }
    c.actives[server] &-= 1
    host.pointee.memoryUsed -= c.detail(of: other).memory
    q.pointee.work = failingWork.removeValue(forKey: q.pointee.id) ?? q.pointee.work
    if B.listens {
      balancer.finished(
        request(in: other, c), on: ServerID(server), .cancelled,
        after: Duration(nanoseconds: clock &- q.pointee.issued))
    }
    release(other, c)
    if waiting.head >= 0 {
      callers.append(Int32(truncatingIfNeeded: server))
      waiting.isOffered = true
      alarmSet = true
    }
  }

  /// The other try of a request that is being answered, as it is now.
  func otherTry(of slot: Int32, _ c: Columns) -> Superseded {
    let other = c.hedges[Int(slot)].after
    let q = c.requests[Int(other)]
    let host = c.rows + Int(q.server)
    return Superseded(
      id: RequestID(bits: q.id), server: ServerID(Int(q.server)),
      waits: !c.running(on: host).contains(other))
  }

  /// What is told of a try that came to nothing.
  func loss(of row: RequestRow, _ what: Event.What) -> Event {
    guard row.flags.contains(.paired) else { return event(what) }
    return event(
      .outlived(
        RequestID(bits: row.id), on: row.server < 0 ? nil : ServerID(Int(row.server))))
  }

  /// What is told of a try that was given to a server.
  func arrival(of row: RequestRow, on server: Int, behind: Int32) -> Event {
    let id = RequestID(bits: row.id)
    return event(
      row.flags.contains(.paired)
        ? .hedged(id, on: ServerID(server), behind: Int(behind))
        : .arrived(id, on: ServerID(server), behind: Int(behind)))
  }
}

extension RequestRow {
  /// How many tries its client has sent up to this one: a copy is not the client's.
  var sent: Int {
    let attempt = RequestID(bits: id).attempt
    return flags.contains(.hedged) && attempt > 1 ? attempt - 1 : attempt
  }

  /// The number of the try after this one and its copy.
  var nextTry: UInt64 { id + (flags.contains(.hedged) && id & 0xFF == 0 ? 2 : 1) }
}
