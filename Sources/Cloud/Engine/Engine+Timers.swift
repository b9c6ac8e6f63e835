extension Engine {
  /// Finds when the next timer fires; it may turn out to be dead.
  mutating func findTimer() {
    nextTimer = rings.reduce(.max) { min($0, $1.first?.time ?? .max) }
  }

  /// Drops the dead timers before the first live one; false when that changed who is next.
  ///
  /// A timer is dead when its try has left its server. That is not an event.
  @inline(never)
  mutating func dropDeadTimers(_ c: Columns) -> Bool {
    for ring in rings.indices {
      while let timer = rings[ring].first, !timer.isLive(c) { rings[ring].removeFirst() }
    }
    let before = nextTimer
    findTimer()
    return nextTimer == before
  }

  /// Sets the client's timer of a request that was just given to a server.
  @inline(never)
  mutating func setTimer(_ slot: Int32, _ c: Columns) {
    let q = c.requests + Int(slot)
    let ring = Int(c.loads[Int(q.pointee.load)].ring)
    let time = q.pointee.issued.addingClamped(rings[ring].delay)
    rings[ring].append(TimerRing.Timer(time: time, id: q.pointee.id, request: slot), c)
    nextTimer = min(nextTimer, time)
  }

  /// The client of the first timer, which is live, gives up; the server goes on, for it does not
  /// know.
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
    findTimer()
    let slot = Int(timer.request)
    c.requests[slot].flags.insert(.abandoned)
    let over = lose(c.requests[slot], c.detail(of: timer.request), c, .timedOut)
    if traced {
      last = event(
        .timedOut(
          RequestID(bits: timer.id), on: ServerID(Int(c.requests[slot].server)), again: over == 0))
    }
    return over
  }
}
