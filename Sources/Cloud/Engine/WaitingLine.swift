import Simulation

/// The requests that wait at the balancer, first come, first served; linked by ``RequestRow/next``.
struct WaitingLine: BitwiseCopyable, Sendable {
  var head: Int32 = -1
  var tail: Int32 = -1
  var count = 0
  /// The server that has just become free and may take the head, or -1.
  var freed: Int32 = -1
  /// Whether the head is to be offered to all, because servers came or have more room.
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
    return wait(slot, c, traced: traced)
  }

  /// No server is in service: the request waits if an autoscaler will see it and rent one.
  @inline(never)
  mutating func missServer(_ slot: Int32, _ c: Columns, traced: Bool) -> UInt64 {
    guard holdsArrivals, tried.isEmpty else {
      return refuse(slot, c, .noServer, by: nil, traced: traced)
    }
    return wait(slot, c, traced: traced)
  }

  /// Puts a request at the end of the balancer's queue.
  private mutating func wait(_ slot: Int32, _ c: Columns, traced: Bool) -> UInt64 {
    let q = c.requests + Int(slot)
    requests.free = q.pointee.next
    requests.used &+= 1
    q.pointee.next = -1
    q.pointee.server = -1
    if q.pointee.flags.contains(.timed) { setTimer(slot, c) }
    if waiting.head < 0 { waiting.head = slot } else { c.requests[Int(waiting.tail)].next = slot }
    waiting.tail = slot
    waiting.count += 1
    if traced { last = event(.waits(RequestID(bits: q.pointee.id))) }
    return 0
  }

  /// A request that a server had is over: the head of the balancer's queue may have its place.
  @inline(never)
  mutating func offerRoom(on server: Int) {
    waiting.freed = Int32(truncatingIfNeeded: server)
    alarmSet = true
  }

  /// Gives the head of the balancer's queue to the server that became free, or to whichever accepts
  /// it; false when it goes on waiting.
  mutating func giveWaiting<B: Balancer>(_ balancer: inout B, traced: Bool) -> Bool {
    if fleet.changed { tellChanges(to: &balancer) }
    let c = lend()
    skipAbandoned(c)
    defer { waiting.freed = -1 }
    guard waiting.head >= 0, waiting.freed >= 0 || waiting.isOffered else { return false }
    let slot = waiting.head
    let request = request(in: slot, c)
    var server = Int(waiting.freed)
    if server >= 0, c.places[server] >= 0, c.actives[server] < c.rows[server].maxconn,
      c.rows[server].state == .inService
    {
      balancer.assigned(request, to: ServerID(server))
    } else {
      guard c.eligibleCount > 0,
        let place = balancer.pick(for: request, from: c.view(at: clock), using: &choices)
      else {
        waiting.isOffered = false
        return false
      }
      server = Int(c.eligible[place])
    }
    let behind = c.actives[server]
    let refusal = c.rows[server].refusal(behind: behind, memory: c.detail(of: slot).memory)
    dequeueWaiting(c)
    c.rows[server].picked &+= 1
    if let refusal {
      if refusal == .memoryFull { fleet.records[server].memoryFailures += 1 }
      if B.listens { balancer.finished(request, on: ServerID(server), .refused, after: .zero) }
      var row = c.requests[Int(slot)]
      row.server = Int32(truncatingIfNeeded: server)
      let over = lose(row, c.detail(of: slot), c, refusal.loss)
      release(slot, c)
      if traced {
        last = event(.refused(request.id, refusal, by: ServerID(server), again: over == 0))
      }
      return true
    }
    put(slot, c, on: server)
    if traced { last = event(.given(request.id, to: ServerID(server), behind: Int(behind))) }
    return true
  }

  /// A request as balancers see it, from its row.
  func request(in slot: Int32, _ c: Columns) -> Request {
    let q = c.requests[Int(slot)]
    let detail = c.detail(of: slot)
    return Request(
      id: RequestID(bits: q.id), time: Instant(nanoseconds: q.issued),
      work: Duration(nanoseconds: q.work), key: detail.key, memory: detail.memory)
  }

  private mutating func dequeueWaiting(_ c: Columns) {
    waiting.head = c.requests[Int(waiting.head)].next
    waiting.count -= 1
  }

  /// Drops those whose client gave up while they waited.
  private mutating func skipAbandoned(_ c: Columns) {
    while waiting.head >= 0, c.requests[Int(waiting.head)].flags.contains(.abandoned) {
      let slot = waiting.head
      dequeueWaiting(c)
      release(slot, c)
    }
  }
}
