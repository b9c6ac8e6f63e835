import Simulation

/// The requests that wait at the balancer, first come, first served; linked by ``RequestRow/next``.
///
/// One that waits for a server of its own has it in ``RequestRow/child``; the others have -1 there.
struct WaitingLine: BitwiseCopyable, Sendable {
  var head: Int32 = -1
  var tail: Int32 = -1
  var count = 0
  /// How many of them nobody waits for any more.
  var abandoned = 0
  /// How many of them wait for no server in particular.
  var common = 0
  /// The server that has just become free and may take one, or -1.
  var freed: Int32 = -1
  /// Whether they are to be offered to all, because servers came or have more room.
  var isOffered = false
}

/// A try that a server lost, and when.
struct Unheard: BitwiseCopyable, Sendable {
  var request: Request
  var server: ServerID
  var latency: Duration
}

extension Engine {
  /// A request that no server accepts waits if the balancer has a queue; else it is turned away.
  @inline(never)
  mutating func waitOrRefuse<B: Balancer>(
    _ slot: Int32, _ c: Columns, _ request: Request, _ balancer: inout B, traced: Bool
  ) -> UInt64 {
    if !tried.isEmpty { return refuse(slot, c, .allTried, by: nil, traced: traced) }
    guard B.queues else { return refuse(slot, c, .allFull, by: nil, traced: traced) }
    return wait(slot, c, for: -1, traced: traced)
  }

  /// No server is in service: the request waits if an autoscaler will see it and rent one.
  @inline(never)
  mutating func missServer(_ slot: Int32, _ c: Columns, traced: Bool) -> UInt64 {
    guard holdsArrivals, tried.isEmpty else {
      return refuse(slot, c, .noServer, by: nil, traced: traced)
    }
    if !poked.isEmpty, waiting.count == waiting.abandoned { poke() }
    return wait(slot, c, for: -1, traced: traced)
  }

  /// Lets autoscalers check now, unless a server is on its way.
  private mutating func poke() {
    guard !fleet.present.contains(where: { fleet.rows[$0].state.isCounted }) else { return }
    for place in poked { setCheck(place, at: now) }
    alarmSet = true
  }

  /// Sets the one time at which an autoscaler checks next.
  mutating func setCheck(_ place: Int, at time: Instant) {
    alarms.remove { $0.payload == .check(place) }
    alarms.insert(
      EventQueue.Event(
        time: time, kind: Order.scaling, number: UInt64(place), payload: .check(place)))
  }

  /// Puts a request at the end of the balancer's queue, to wait for a server of its own or, with -1,
  /// for any.
  @inline(never)
  mutating func wait(_ slot: Int32, _ c: Columns, for server: Int32, traced: Bool) -> UInt64 {
    let q = c.requests + Int(slot)
    requests.free = q.pointee.next
    requests.used &+= 1
    q.pointee.next = -1
    q.pointee.child = server
    q.pointee.server = -1
    if q.pointee.flags.contains(.timed) { setTimer(slot, c) }
    if q.pointee.flags.contains(.hedging) { setHedge(slot, c) }
    if waiting.head < 0 { waiting.head = slot } else { c.requests[Int(waiting.tail)].next = slot }
    waiting.tail = slot
    waiting.count += 1
    if server < 0 { waiting.common += 1 }
    if !tried.isEmpty { tried.removeAll() }
    if traced { last = event(.waits(RequestID(bits: q.pointee.id))) }
    return 0
  }

  /// A request that a server had is over: one of the balancer's queue may have its place.
  @inline(never)
  mutating func offerRoom(on server: Int) {
    waiting.freed = Int32(truncatingIfNeeded: server)
    alarmSet = true
  }

  /// Gives one of the balancer's queue to the server that became free, or to whichever accepts it;
  /// false when all go on waiting.
  ///
  /// Where servers take themselves, one that has become free takes as many as it has room for, but none
  /// if it has no `maxconn`. Source: HAProxy 2.6, queue.c, process_srv_queue.
  mutating func giveWaiting<B: Balancer>(_ balancer: inout B, traced: Bool) -> Bool {
    if fleet.changed { tellChanges(to: &balancer) }
    let c = lend()
    dropAbandoned(c)
    let freed = Int(waiting.freed)
    waiting.freed = -1
    guard waiting.head >= 0 else {
      callers.removeAll()
      return false
    }
    guard freed >= 0 || waiting.isOffered else { return false }
    // HAProxy lets the server take from the queue before it forgets the request that is over.
    if fullconn > 0 { settleLimits(&balancer, open: requests.used + (freed >= 0 ? 1 : 0), c) }
    if freed >= 0, !callsServers || c.rows[freed].maxconn < .max, let place = next(for: freed, c) {
      balancer.assigned(request(in: place.slot, c), to: ServerID(freed))
      give(place, to: freed, c, &balancer, traced: traced)
      if callsServers, waiting.head >= 0 { waiting.freed = Int32(truncatingIfNeeded: freed) }
      return true
    }
    while let caller = callers.first {
      guard let place = next(for: Int(caller), c) else {
        callers.removeFirst()
        continue
      }
      balancer.assigned(request(in: place.slot, c), to: ServerID(Int(caller)))
      give(place, to: Int(caller), c, &balancer, traced: traced)
      return true
    }
    while waiting.isOffered, c.eligibleCount > 0, let place = firstToPickFor(c),
      let found = balancer.pick(
        for: request(in: place.slot, c), from: c.view(at: clock), using: &choices)
    {
      let server = Int(c.eligible[found])
      if B.waitsAtServer, c.actives[server] >= c.rows[server].maxconn {
        if c.requests[Int(place.slot)].child < 0 { waiting.common -= 1 }
        c.requests[Int(place.slot)].child = Int32(truncatingIfNeeded: server)
        continue
      }
      give(place, to: server, c, &balancer, traced: traced)
      return true
    }
    waiting.isOffered = false
    return false
  }

  /// A request in the queue, and the one before it or -1.
  private typealias WaitingPlace = (slot: Int32, before: Int32)

  /// Whom a server with room takes: the first that waits for it or, if new requests may come to it,
  /// for anybody.
  private func next(for server: Int, _ c: Columns) -> WaitingPlace? {
    let row = c.rows[server]
    guard c.actives[server] < row.maxconn, row.state == .inService else { return nil }
    let isOpen = c.places[server] >= 0 && !row.isAside && isOnDuty(server, c)
    return first(c) { $0 < 0 ? isOpen : $0 == server }
  }

  /// Whether a server of a level above 0 has to serve: no other of a lower level is there.
  private func isOnDuty(_ server: Int, _ c: Columns) -> Bool {
    guard callsServers, c.rows[server].priority > 0 else { return true }
    for place in 0..<c.eligibleCount
    where c.rows[Int(c.eligible[place])].priority < c.rows[server].priority { return false }
    return true
  }

  /// The first for which the balancer is to be asked: it waits for a server that will not come back
  /// or, where servers do not take themselves, for nobody in particular.
  private func firstToPickFor(_ c: Columns) -> WaitingPlace? {
    first(c) { $0 < 0 ? !callsServers : c.rows[Int($0)].state != .inService }
  }

  private func first(_ c: Columns, where isMeant: (Int32) -> Bool) -> WaitingPlace? {
    var before: Int32 = -1
    var slot = waiting.head
    while slot >= 0 {
      let q = c.requests + Int(slot)
      if !q.pointee.flags.contains(.abandoned), isMeant(q.pointee.child) { return (slot, before) }
      before = slot
      slot = c.requests[Int(slot)].next
    }
    return nil
  }

  /// Takes a request from the queue to a server.
  private mutating func give<B: Balancer>(
    _ place: WaitingPlace, to server: Int, _ c: Columns, _ balancer: inout B, traced: Bool
  ) {
    let slot = place.slot
    let request = request(in: slot, c)
    let behind = c.actives[server]
    let refusal = c.rows[server].refusal(behind: behind, memory: c.detail(of: slot).memory)
    leaveLine(place, c)
    c.rows[server].picked &+= 1
    if let refusal {
      if refusal == .memoryFull { fleet.records[server].memoryFailures += 1 }
      if B.listens { balancer.finished(request, on: ServerID(server), .refused, after: .zero) }
      var row = c.requests[Int(slot)]
      row.server = Int32(truncatingIfNeeded: server)
      let over = lose(row, c.detail(of: slot), in: slot, c, refusal.loss)
      release(slot, c)
      if traced {
        last = event(.refused(request.id, refusal, by: ServerID(server), again: over == 0))
      }
      return
    }
    put(slot, c, on: server)
    if traced { last = event(.given(request.id, to: ServerID(server), behind: Int(behind))) }
  }

  /// A request as balancers see it, from its row.
  func request(in slot: Int32, _ c: Columns) -> Request {
    let q = c.requests[Int(slot)]
    let detail = c.detail(of: slot)
    return Request(
      id: RequestID(bits: q.id), time: Instant(nanoseconds: q.issued),
      work: Duration(nanoseconds: q.work), key: detail.key, memory: detail.memory)
  }

  private mutating func leaveLine(_ place: WaitingPlace, _ c: Columns) {
    let next = c.requests[Int(place.slot)].next
    if place.before < 0 { waiting.head = next } else { c.requests[Int(place.before)].next = next }
    if waiting.tail == place.slot { waiting.tail = place.before }
    waiting.count -= 1
    if c.requests[Int(place.slot)].flags.contains(.abandoned) { waiting.abandoned -= 1 }
    if c.requests[Int(place.slot)].child < 0 { waiting.common -= 1 }
    guard waiting.head < 0 else { return }
    // Room that nobody wanted is not for those that come later: they are picked for.
    waiting.freed = -1
    waiting.isOffered = false
    callers.removeAll()
  }

  /// Drops those whose client gave up while they waited, up to the first that has not.
  private mutating func dropAbandoned(_ c: Columns) {
    while waiting.head >= 0, c.requests[Int(waiting.head)].flags.contains(.abandoned) {
      let slot = waiting.head
      leaveLine((slot, -1), c)
      release(slot, c)
    }
  }
}
