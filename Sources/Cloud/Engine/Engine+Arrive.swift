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
    if guards.isOn, let why = limit(slot, c) {
      return refuse(slot, c, why, by: nil, traced: traced)
    }
    guard c.eligibleCount > 0 else { return missServer(slot, c, traced: traced) }
    if waiting.common > 0, queuesBehind, tried.isEmpty {
      return wait(slot, c, for: -1, traced: traced)
    }
    let detail = c.detail(of: slot)
    let request = Request(
      id: RequestID(bits: q.pointee.id), time: Instant(nanoseconds: clock),
      work: Duration(nanoseconds: q.pointee.work), key: detail.key, memory: detail.memory)
    if fullconn > 0 {
      settleLimits(&balancer, open: requests.used &+ 1, c)
      if B.waitsAtServer { closeAwaited(c) }
    }
    let view = c.view(at: clock, tried: tried.isEmpty ? nil : triedServers())
    guard let place = balancer.pick(for: request, from: view, using: &choices) else {
      return waitOrRefuse(slot, c, request, &balancer, traced: traced)
    }
    let server = Int(c.eligible[place])
    let host = c.rows + server
    let behind = c.actives[server]
    if B.waitsAtServer, behind >= host.pointee.maxconn {
      if q.pointee.flags.contains(.paired) {
        return refuse(slot, c, .allFull, by: nil, traced: traced)
      }
      return wait(slot, c, for: Int32(truncatingIfNeeded: server), traced: traced)
    }
    host.pointee.picked &+= 1
    if let refusal = host.pointee.refusal(behind: behind, memory: detail.memory) {
      if B.listens {
        balancer.finished(request, on: ServerID(server), .refused, after: .zero)
      }
      return refuse(slot, c, refusal, by: server, traced: traced)
    }
    requests.free = q.pointee.next
    requests.used &+= 1
    if q.pointee.flags.contains(.timed) { setTimer(slot, c) }
    if q.pointee.flags.contains(.hedging) { setHedge(slot, c) }
    put(slot, c, on: server)
    if !tried.isEmpty { noteTried(q.pointee) }
    if traced { last = arrival(of: q.pointee, on: server, behind: behind) }
    return 0
  }

  /// Gives a request to a server, which has room for it.
  @inline(__always)
  mutating func put(_ slot: Int32, _ c: Columns, on server: Int) {
    let q = c.requests + Int(slot)
    let host = c.rows + server
    let behind = c.actives[server]
    q.pointee.server = Int32(truncatingIfNeeded: server)
    c.actives[server] = behind &+ 1
    if host.pointee.errors > 0 { decideFate(slot, c, of: host) }
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
  }

  /// Whether a server that fails now and then will fail this request: by a draw of its own for each
  /// server and try.
  @inline(never)
  private mutating func decideFate(
    _ slot: Int32, _ c: Columns, of host: UnsafeMutablePointer<ServerRow>
  ) {
    let q = c.requests + Int(slot)
    let stream = RandomStream(key: errorKey &+ UInt64(truncatingIfNeeded: q.pointee.server))
    var draw = RandomStream(key: Hash.mix(stream.key))
    draw.counter = q.pointee.id
    guard draw.uniform() < Double(host.pointee.errors) else { return }
    q.pointee.flags.insert(.failing)
    // An error is an answer, whoever holds the request open.
    q.pointee.flags.remove(.held)
    failingWork[q.pointee.id] = q.pointee.work
    q.pointee.work = host.pointee.errorTime
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
    metrics.work &+= UInt64(bitPattern: q.pointee.work)
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
    loads[nextLoad].rareWork(row)
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

  /// Writes the first try that is sent again, or copied, into the first free row.
  @inline(never)
  private mutating func takeRetry(_ slot: Int32, _ c: Columns) {
    guard let retry = retries.first, retry.time <= clock else { return takeCopy(slot, c) }
    retries.removeFirst()
    findNextRetry(c)
    for server in triedBefore[retry.id >> 8] ?? [] { tried.append(server) }
    let q = c.requests + Int(slot)
    q.pointee.id = retry.id
    q.pointee.arrival = retry.arrival
    q.pointee.issued = clock
    q.pointee.work = retry.work
    q.pointee.load = retry.load
    q.pointee.flags = c.loads[Int(retry.load)].flags.subtracting(.hedging)
    if retry.isHedged { q.pointee.flags.insert(.hedged) }
    if q.pointee.flags.contains(.detailed) { c.details[Int(slot)] = retry.detail }
  }

  @inline(never)
  mutating func refuse(
    _ slot: Int32, _ c: Columns, _ why: Refusal, by server: Int?, traced: Bool
  ) -> UInt64 {
    var row = c.requests[Int(slot)]
    // The row was not taken off the free list.
    c.requests[Int(slot)].id = 0
    row.server = Int32(truncatingIfNeeded: server ?? -1)
    if why == .memoryFull, let server { fleet.records[server].memoryFailures += 1 }
    let over = lose(row, c.detail(of: slot), in: slot, c, why.loss)
    tried.removeAll()
    if traced {
      last = loss(
        of: row,
        .refused(RequestID(bits: row.id), why, by: server.map { ServerID($0) }, again: over == 0))
    }
    return over
  }

  /// A try that came to nothing: sends it again at once if its client or the balancer tries on, else
  /// counts the loss; returns the request's number when it is over, else 0.
  ///
  /// It is not over while another try of it is under way.
  mutating func lose(
    _ row: RequestRow, _ detail: RequestDetail, in slot: Int32, _ c: Columns, _ loss: Loss
  ) -> UInt64 {
    let id = RequestID(bits: row.id)
    if guards.isOn { tellBudget(of: row, loss.outcome) }
    if row.flags.contains(.paired) {
      part(slot, row, c)
      return 0
    }
    if let pause = pauseBeforeRetry(of: row, c, loss) {
      retries.append(
        RetryQueue.Retry(
          time: clock.addingClamped(pause), id: row.nextTry, arrival: row.arrival, work: row.work,
          load: row.load, isHedged: row.flags.contains(.hedged), detail: detail),
        waits: pause > 0)
      findNextRetry(c)
      metrics.retried += 1
      resent += 1
      return 0
    }
    switch loss {
    case .failed: metrics.failed += 1
    case .refused: metrics.refused += 1
    case .timedOut: metrics.timedOut += 1
    case .limited: metrics.limited += 1
    }
    settled += 1
    if tries > 1 { triedBefore[id.number] = nil }
    return id.number
  }

  /// How long after a try that came to nothing another one follows; nil when none does.
  ///
  /// The balancer goes on to another server at once, and remembers where the request was.
  private mutating func pauseBeforeRetry(of row: RequestRow, _ c: Columns, _ loss: Loss) -> Int64? {
    let id = RequestID(bits: row.id)
    guard id.attempt < 255 else { return nil }
    let number = id.number
    if tries > 1, loss != .timedOut, row.server >= 0 {
      let before = triedBefore[number] ?? []
      if before.count + 1 < tries, isRetryPaid(at: now) {
        triedBefore[number] = before + [row.server]
        return 0
      }
    }
    let load = Int(row.load)
    guard row.sent <= c.loads[load].retries, isRetryPaid(at: now) else { return nil }
    // The client begins anew, and so does the balancer.
    if tries > 1 { triedBefore[number] = nil }
    return loads[load].load.backoff?.wait(
      before: row.sent + 1, of: row.id, key: c.loads[load].key) ?? 0
  }

  /// Whether the budget of retries, if there is one, has paid for a retry.
  mutating func isRetryPaid(at time: Instant) -> Bool {
    guards.budget?.withdraw(at: time) ?? true
  }

  /// Servers that the request at hand was tried on, for a view.
  mutating func triedServers() -> UnsafeBufferPointer<Int32> {
    let count = tried.count
    return UnsafeBufferPointer(start: UnsafePointer(tried.lend()), count: count)
  }

  func event(_ what: Event.What) -> Event { Event(time: now, what: what) }
}
