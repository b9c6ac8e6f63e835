extension Engine {
  /// Finds when the next timer fires; false when ``nextTimer`` was out of date.
  ///
  /// It falls behind when a try leaves its server before its timer fires, and is never late.
  @inline(never)
  mutating func findTimer(_ c: Columns) -> Bool {
    let before = nextTimer
    nextTimer = .max
    for ring in 0..<c.ringCount {
      if let first = c.first(of: ring) { nextTimer = min(nextTimer, first.time) }
    }
    return nextTimer == before
  }

  /// Sets the client's timer of a request that was just given to a server.
  @inline(__always)
  mutating func setTimer(_ slot: Int32, _ c: Columns) {
    let q = c.requests + Int(slot)
    let load = c.loads + Int(q.pointee.load)
    let ring = Int(q.pointee.flags.contains(.paired) ? load.pointee.copyRing : load.pointee.ring)
    c.links.link(slot, into: ring)
    nextTimer = min(nextTimer, q.pointee.issued.addingClamped(c.rings[ring].delay))
  }

  /// Nobody waits for a try any more, whose server does not know.
  mutating func abandon(_ slot: Int32, _ c: Columns) {
    let q = c.requests + Int(slot)
    if q.pointee.flags.contains(.timed) { c.links.unlink(slot) }
    if q.pointee.flags.contains(.hedging) { dropHedge(slot, c) }
    q.pointee.flags.subtract([.timed, .hedging])
    q.pointee.flags.insert(.abandoned)
    if q.pointee.server < 0 { waiting.abandoned += 1 }
  }

  /// The client of the first timer gives up; the server goes on, for it does not know.
  @inline(never)
  mutating func expire(_ c: Columns, traced: Bool) -> UInt64 {
    var first: (time: Int64, id: UInt64, slot: Int32)?
    for ring in 0..<c.ringCount {
      guard let (time, slot) = c.first(of: ring) else { continue }
      let id = c.requests[Int(slot)].id
      if let best = first, (best.time, best.id) < (time, id) { continue }
      first = (time, id, slot)
    }
    guard let (_, id, slot) = first else { return 0 }
    let q = c.requests + Int(slot)
    abandon(slot, c)
    if q.pointee.flags.contains(.paired) { abandonOther(of: slot, c) }
    _ = findTimer(c)
    let over = lose(q.pointee, c.detail(of: slot), in: slot, c, .timedOut)
    if traced {
      last = event(
        .timedOut(
          RequestID(bits: id),
          on: q.pointee.server < 0 ? nil : ServerID(Int(q.pointee.server)), again: over == 0))
    }
    return over
  }
}
