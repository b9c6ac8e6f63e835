import Simulation

extension Engine {
  /// Takes the next arrival and gives it to a server; returns the request's number when that ends
  /// it, else 0.
  @_transparent
  mutating func accept<B: Balancer>(
    _ c: Columns, _ balancer: inout B, _ exponential: Exponential.Sampler, traced: Bool
  ) -> UInt64 {
    let slot = requests.free
    let q = c.requests + Int(slot)
    if nextFirst <= nextRetry { drawFirst(slot, c, exponential) } else { takeRetry(slot, c) }
    guard c.eligibleCount > 0 else { return refuse(slot, c, .noServer, by: nil, traced: traced) }
    let detail = c.detail(of: slot)
    let request = Request(
      id: RequestID(bits: q.pointee.id), time: Instant(nanoseconds: clock),
      work: Duration(nanoseconds: q.pointee.work), key: detail.key, memory: detail.memory)
    guard let place = balancer.pick(for: request, from: c.view(at: clock), using: &choices) else {
      return refuse(slot, c, .allFull, by: nil, traced: traced)
    }
    let server = Int(c.eligible[place])
    let host = c.rows + server
    let behind = c.actives[server]
    host.pointee.picked &+= 1
    if behind >= host.pointee.limit {
      return refuse(slot, c, .queueFull, by: server, traced: traced)
    }
    if detail.memory > 0 {
      guard host.pointee.take(detail.memory) else {
        return refuse(slot, c, .memoryFull, by: server, traced: traced)
      }
    }
    requests.free = q.pointee.next
    q.pointee.server = Int32(truncatingIfNeeded: server)
    if q.pointee.flags.contains(.timed) { setTimer(slot, c) }
    c.actives[server] = behind &+ 1
    if host.pointee.isSharing {
      c.share(slot, on: server, host, now: clock)
    } else if behind == 0 || host.pointee.running < host.pointee.cpu {
      // The first test says nothing new, but what it reads is at hand and the server is not.
      host.pointee.settle(clock)
      host.pointee.running &+= 1
      c.begin(slot, host, now: clock)
      if host.pointee.root == slot { c.announce(server, host) }
    } else {
      c.enqueue(slot, host)
    }
    if traced {
      last = event(
        .arrived(RequestID(bits: q.pointee.id), on: ServerID(server), behind: Int(behind)))
    }
    return 0
  }

  /// Writes the next first try, of the load whose turn it is, into the first free row.
  @inline(__always)
  private mutating func drawFirst(
    _ slot: Int32, _ c: Columns, _ exponential: Exponential.Sampler
  ) {
    let load = c.loads + nextLoad
    let q = c.requests + Int(slot)
    numbered &+= 1
    metrics.arrived &+= 1
    q.pointee.id = numbered &<< 8
    q.pointee.arrival = clock
    q.pointee.issued = clock
    q.pointee.load = UInt16(truncatingIfNeeded: nextLoad)
    q.pointee.flags = load.pointee.flags
    if let work = load.pointee.drawWork(exponential) {
      q.pointee.work = work
    } else {
      q.pointee.work = drawRareWork(load.pointee)
    }
    if q.pointee.flags.contains(.detailed) { c.details[Int(slot)] = drawDetail(load.pointee) }
    load.pointee.count &+= 1
    if !load.pointee.advance(from: clock, exponential) { advanceOther(&load.pointee) }
    if c.loadCount == 1 { nextFirst = load.pointee.next } else { findNextFirst() }
  }

  @inline(never)
  private mutating func advanceOther(_ row: inout LoadRow) {
    loads[nextLoad].advance(&row, from: clock)
  }

  @inline(never)
  private func drawRareWork(_ row: LoadRow) -> Int64 {
    var draws = row.draws
    let work = loads[nextLoad].load.work
    return Int64(amount: work.sample(first: draws.number(.work), draws: &draws))
  }

  @inline(never)
  private func drawDetail(_ row: LoadRow) -> RequestDetail {
    let load = loads[nextLoad].load
    var draws = row.draws
    let memory = load.memory.sample(first: draws.number(.memory), draws: &draws)
    let key =
      load.key == .none
      ? Request.noKey : load.key.sample(first: draws.number(.key), draws: &draws)
    return RequestDetail(key: key, memory: Int(Int64(amount: memory)))
  }

  /// What the next first try will bring.
  var drawnNext: (work: Int64, detail: RequestDetail) {
    let row = loadRows[nextLoad]
    return (
      row.drawWork(Exponential.Sampler()) ?? drawRareWork(row),
      row.flags.contains(.detailed) ? drawDetail(row) : RequestDetail()
    )
  }

  /// Writes the first try that is sent again into the first free row.
  @inline(never)
  private mutating func takeRetry(_ slot: Int32, _ c: Columns) {
    guard let retry = retries.first else { return }
    retries.removeFirst()
    nextRetry = retries.first?.time ?? .max
    let q = c.requests + Int(slot)
    q.pointee.id = retry.id
    q.pointee.arrival = retry.arrival
    q.pointee.issued = clock
    q.pointee.work = retry.work
    q.pointee.load = retry.load
    q.pointee.flags = c.loads[Int(retry.load)].flags
    if q.pointee.flags.contains(.detailed) { c.details[Int(slot)] = retry.detail }
  }

  @inline(never)
  private mutating func refuse(
    _ slot: Int32, _ c: Columns, _ why: Refusal, by server: Int?, traced: Bool
  ) -> UInt64 {
    let row = c.requests[Int(slot)]
    // The row was not taken off the free list.
    c.requests[Int(slot)].id = 0
    let over = lose(row, c.detail(of: slot), c, .refused)
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
    if id.attempt <= c.loads[Int(row.load)].retries, id.attempt < 255 {
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
