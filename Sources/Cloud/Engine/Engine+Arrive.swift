import Simulation

extension Engine {
  /// Takes the next arrival and gives it to a server; returns the request's number when that ends
  /// it, else 0.
  @inline(__always)
  mutating func accept<B: Balancer>(_ c: Columns, _ balancer: inout B, traced: Bool) -> UInt64 {
    var row = RequestRow()
    var detail = RequestDetail()
    if nextFirst <= nextRetry {
      drawFirst(c, &row, &detail)
    } else {
      takeRetry(c, &row, &detail)
    }
    guard c.eligibleCount > 0 else {
      return refuse(row, detail, c, .noServer, by: nil, traced: traced)
    }
    let request = Request(
      id: RequestID(bits: row.id), time: Instant(nanoseconds: clock),
      work: Duration(nanoseconds: row.work), key: detail.key, memory: detail.memory)
    let place = balancer.pick(for: request, from: c.view, using: &choices)
    let server = Int(c.eligible[place])
    let host = c.rows + server
    let behind = c.actives[server]
    host.pointee.picked &+= 1
    if behind >= host.pointee.limit {
      return refuse(row, detail, c, .queueFull, by: server, traced: traced)
    }
    if detail.memory > host.pointee.memory &- host.pointee.memoryUsed {
      return refuse(row, detail, c, .memoryFull, by: server, traced: traced)
    }
    row.server = Int32(truncatingIfNeeded: server)
    let slot = requests.free
    let q = c.requests + Int(slot)
    requests.free = q.pointee.next
    q.pointee = row
    if row.flags.contains(.detailed) { setDetail(detail, of: slot, row, c) }
    c.actives[server] = behind &+ 1
    if host.pointee.discipline == ServerRow.sharing {
      c.share(slot, on: server, host, now: clock)
    } else if host.pointee.running < host.pointee.cpu {
      host.pointee.settle(clock)
      host.pointee.running &+= 1
      c.begin(slot, host, now: clock)
      if host.pointee.root == slot { c.announce(server, host) }
    } else {
      c.enqueue(slot, host)
    }
    if traced {
      last = event(.arrived(RequestID(bits: row.id), on: ServerID(server), behind: Int(behind)))
    }
    return 0
  }

  /// The next first try of the load whose turn it is.
  @inline(__always)
  private mutating func drawFirst(
    _ c: Columns, _ row: inout RequestRow, _ detail: inout RequestDetail
  ) {
    let load = c.loads + nextLoad
    var draws = load.pointee.draws
    let work = load.pointee.load.work.sample(first: draws.number(.work), draws: &draws)
    numbered &+= 1
    metrics.arrived &+= 1
    row.id = numbered << 8
    row.arrival = clock
    row.issued = clock
    row.work = Int64(min(work.rounded(), 4e18))
    row.load = UInt16(truncatingIfNeeded: nextLoad)
    row.flags = load.pointee.flags
    if row.flags.contains(.detailed) { drawDetail(load, &draws, &detail) }
    load.pointee.count &+= 1
    load.pointee.advance(from: clock)
    if c.loadCount == 1 { nextFirst = load.pointee.next } else { findNextFirst(c) }
  }

  @inline(never)
  private func drawDetail(
    _ load: UnsafeMutablePointer<Arrivals>, _ draws: inout Draws, _ detail: inout RequestDetail
  ) {
    let memory = load.pointee.load.memory.sample(first: draws.number(.memory), draws: &draws)
    detail.memory = Int(min(memory.rounded(), 4e18))
    detail.key = load.pointee.load.key.sample(first: draws.number(.key), draws: &draws)
  }

  @inline(never)
  private mutating func takeRetry(
    _ c: Columns, _ row: inout RequestRow, _ detail: inout RequestDetail
  ) {
    guard let retry = retries.first else { return }
    retries.removeFirst()
    nextRetry = retries.first?.time ?? .max
    row.id = retry.id
    row.arrival = retry.arrival
    row.issued = clock
    row.work = retry.work
    row.load = retry.load
    row.flags = c.loads[Int(retry.load)].flags
    detail = retry.detail
  }

  /// Keeps what only some requests have, and sets the client's timer.
  @inline(never)
  private mutating func setDetail(
    _ detail: RequestDetail, of slot: Int32, _ row: RequestRow, _ c: Columns
  ) {
    c.details[Int(slot)] = detail
    c.rows[Int(row.server)].memoryUsed += detail.memory
    let ring = c.loads[Int(row.load)].ring
    guard ring >= 0 else { return }
    rings[ring].append(
      TimerRing.Timer(
        time: row.issued.addingClamped(rings[ring].delay), id: row.id, request: slot))
  }

  @inline(never)
  private mutating func refuse(
    _ row: RequestRow, _ detail: RequestDetail, _ c: Columns, _ why: Refusal, by server: Int?,
    traced: Bool
  ) -> UInt64 {
    let over = lose(row, detail, c, .refused)
    if traced {
      last = event(
        .refused(RequestID(bits: row.id), why, by: server.map { ServerID($0) }, again: over == 0))
    }
    return over
  }

  /// A try that came to nothing: sends it again at once if its load allows, else counts the loss;
  /// returns the request's number when it is over, else 0.
  mutating func lose(
    _ row: RequestRow, _ detail: RequestDetail, _ c: Columns, _ loss: Loss
  ) -> UInt64 {
    let id = RequestID(bits: row.id)
    if id.attempt <= c.loads[Int(row.load)].load.retries, id.attempt < 255 {
      retries.append(
        RetryQueue.Retry(
          time: clock, id: row.id + 1, arrival: row.arrival, work: row.work, load: row.load,
          detail: detail))
      if nextRetry == .max { nextRetry = clock }
      metrics.retried += 1
      resent += 1
      return 0
    }
    switch loss {
    case .failed: metrics.failed += 1
    case .refused: metrics.refused += 1
    case .timedOut: metrics.timedOut += 1
    }
    settled += 1
    return id.number
  }

  func event(_ what: Event.What) -> Event { Event(time: now, what: what) }
}
