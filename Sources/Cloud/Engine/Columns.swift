import Simulation

/// The engine's columns, borrowed once for many events.
///
/// Raw pointers, valid only inside the call that lends them: nothing here is copied, checked for
/// uniqueness, or grown.
struct Columns {
  let rows: UnsafeMutablePointer<ServerRow>
  let actives: UnsafeMutablePointer<Int32>
  let eligible: UnsafePointer<Int32>
  let eligibleCount: Int
  let times: UnsafeMutablePointer<Int64>
  let numbers: UnsafeMutablePointer<UInt64>
  let winners: UnsafeMutablePointer<Int32>
  let leaves: Int
  let requests: UnsafeMutablePointer<RequestRow>
  let details: UnsafeMutablePointer<RequestDetail>
  let loads: UnsafeMutablePointer<Arrivals>
  let loadCount: Int

  /// What a balancer sees of them.
  @inline(__always)
  var view: View {
    View(count: eligibleCount, ids: eligible, actives: UnsafePointer(actives), rows: UnsafePointer(rows))
  }

  /// Sets a server's next finish and replays its matches up to the root.
  @inline(__always)
  static func setFinish(
    _ server: Int, _ time: Int64, _ number: UInt64, times: UnsafeMutablePointer<Int64>,
    numbers: UnsafeMutablePointer<UInt64>, winners: UnsafeMutablePointer<Int32>, leaves: Int
  ) {
    times[server] = time
    numbers[server] = number
    var node = (server &+ leaves) >> 1
    var winner = Int32(truncatingIfNeeded: server)
    var best = time
    var bestNumber = number
    var other = Int32(truncatingIfNeeded: server ^ 1)
    while node >= 1 {
      let rival = Int(other)
      let rivalTime = times[rival]
      if rivalTime < best || (rivalTime == best && numbers[rival] < bestNumber) {
        winner = other
        best = rivalTime
        bestNumber = numbers[rival]
      }
      winners[node] = winner
      other = winners[node ^ 1]
      node >>= 1
    }
  }

  @inline(__always)
  func setFinish(_ server: Int, _ time: Int64, _ number: UInt64) {
    Self.setFinish(
      server, time, number, times: times, numbers: numbers, winners: winners, leaves: leaves)
  }

  /// The server with the earliest finish.
  @inline(__always)
  var first: Int { Int(winners[1]) }
}

// MARK: - Running requests of a server: a pairing heap on (finish, number)

extension Columns {
  @inline(__always)
  private func precedes(_ a: Int32, _ b: Int32) -> Bool {
    let a = requests + Int(a)
    let b = requests + Int(b)
    return a.pointee.finish != b.pointee.finish
      ? a.pointee.finish < b.pointee.finish : a.pointee.id < b.pointee.id
  }

  /// The heap of two heaps.
  @inline(__always)
  private func merged(_ a: Int32, _ b: Int32) -> Int32 {
    let (top, below) = precedes(b, a) ? (b, a) : (a, b)
    requests[Int(below)].next = requests[Int(top)].child
    requests[Int(top)].child = below
    return top
  }

  /// Adds a request to the running ones of a server; O(1).
  @inline(__always)
  func insert(_ request: Int32, into server: UnsafeMutablePointer<ServerRow>) {
    requests[Int(request)].child = -1
    requests[Int(request)].next = -1
    server.pointee.root =
      server.pointee.root < 0 ? request : merged(server.pointee.root, request)
  }

  /// Takes the first of the running requests off; O(log n) amortised.
  @inline(__always)
  func removeRoot(of server: UnsafeMutablePointer<ServerRow>) {
    let child = requests[Int(server.pointee.root)].child
    server.pointee.root = child < 0 ? -1 : mergedSiblings(child)
  }

  /// Merges siblings in pairs, then the pairs from the last to the first.
  private func mergedSiblings(_ first: Int32) -> Int32 {
    var pairs: Int32 = -1
    var rest = first
    while rest >= 0 {
      let a = rest
      let b = requests[Int(a)].next
      guard b >= 0 else {
        requests[Int(a)].next = pairs
        pairs = a
        break
      }
      rest = requests[Int(b)].next
      let pair = merged(a, b)
      requests[Int(pair)].next = pairs
      pairs = pair
    }
    var heap = pairs
    rest = requests[Int(pairs)].next
    requests[Int(heap)].next = -1
    while rest >= 0 {
      let next = requests[Int(rest)].next
      heap = merged(heap, rest)
      rest = next
    }
    return heap
  }
}

// MARK: - Service

extension Columns {
  /// The time some work takes on a slot, rounded up.
  @inline(__always)
  static func service(_ work: Int64, speed: Double) -> Int64 {
    speed == 1 ? work : Int64(min((Double(work) / speed).rounded(.up), 4e18))
  }

  /// Begins service of a request on a free slot of a first-come-first-served server.
  @inline(__always)
  func begin(_ request: Int32, _ row: UnsafeMutablePointer<ServerRow>, now: Int64) {
    let q = requests + Int(request)
    q.pointee.start = now
    q.pointee.finish =
      q.pointee.flags.contains(.held)
      ? .max : now &+ Self.service(q.pointee.work, speed: row.pointee.speed)
    insert(request, into: row)
  }

  /// Announces the first of the running requests, or that there is none.
  @inline(__always)
  func announce(_ server: Int, _ row: UnsafeMutablePointer<ServerRow>) {
    guard row.pointee.root >= 0 else { return setFinish(server, .max, .max) }
    let q = requests + Int(row.pointee.root)
    setFinish(server, q.pointee.finish, q.pointee.id)
  }

  /// Puts a request at the end of a server's queue.
  @inline(__always)
  func enqueue(_ request: Int32, _ row: UnsafeMutablePointer<ServerRow>) {
    requests[Int(request)].next = -1
    if row.pointee.head < 0 {
      row.pointee.head = request
    } else {
      requests[Int(row.pointee.tail)].next = request
    }
    row.pointee.tail = request
  }

  /// Takes the head of a server's queue, which is not empty.
  @inline(__always)
  func dequeue(_ row: UnsafeMutablePointer<ServerRow>) -> Int32 {
    let request = row.pointee.head
    row.pointee.head = requests[Int(request)].next
    return request
  }
}

// MARK: - Processor sharing

extension Columns {
  /// Brings slot-time and virtual time up to date.
  func settleShared(_ row: UnsafeMutablePointer<ServerRow>, now: Int64) {
    if row.pointee.running > 0 {
      row.pointee.virtual += Double(now - row.pointee.since) * sharedSpeed(row)
    }
    row.pointee.settle(now)
  }

  /// Work that each present request receives per nanosecond.
  private func sharedSpeed(_ row: UnsafeMutablePointer<ServerRow>) -> Double {
    row.pointee.speed * min(1, Double(row.pointee.cpu) / Double(row.pointee.running))
  }

  /// Adds a request to those that share the slots.
  func share(_ request: Int32, on server: Int, _ row: UnsafeMutablePointer<ServerRow>, now: Int64) {
    settleShared(row, now: now)
    row.pointee.running += 1
    let q = requests + Int(request)
    q.pointee.start = now
    let finish =
      q.pointee.flags.contains(.held) ? .infinity : row.pointee.virtual + Double(q.pointee.work)
    q.pointee.finish = Int64(bitPattern: finish.bitPattern)
    insert(request, into: row)
    announceShared(server, row, now: now)
  }

  /// Takes off the request that has received all its work.
  func finishShared(_ server: Int, _ row: UnsafeMutablePointer<ServerRow>, now: Int64) {
    settleShared(row, now: now)
    let finish = requests[Int(row.pointee.root)].finish
    removeRoot(of: row)
    row.pointee.running -= 1
    row.pointee.virtual =
      row.pointee.running == 0
      ? 0 : max(row.pointee.virtual, Double(bitPattern: UInt64(bitPattern: finish)))
    announceShared(server, row, now: now)
  }

  /// Announces when the request with the least work left will have received it, rounded up.
  func announceShared(_ server: Int, _ row: UnsafeMutablePointer<ServerRow>, now: Int64) {
    guard row.pointee.root >= 0 else { return setFinish(server, .max, .max) }
    let q = requests + Int(row.pointee.root)
    let target = Double(bitPattern: UInt64(bitPattern: q.pointee.finish))
    let wait = max(0, target - row.pointee.virtual) / sharedSpeed(row)
    let time = wait < 4e18 ? now &+ Int64(wait.rounded(.up)) : .max
    setFinish(server, time, q.pointee.id)
  }
}
