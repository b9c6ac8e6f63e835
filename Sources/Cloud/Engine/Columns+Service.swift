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
    let root = server.pointee.root
    server.pointee.root = root < 0 ? request : mergedRoot(root, request)
  }

  @inline(never)
  private func mergedRoot(_ root: Int32, _ request: Int32) -> Int32 { merged(root, request) }

  /// Takes the first of the running requests off; O(log n) amortised.
  @inline(__always)
  func removeRoot(_ root: Int32, of server: UnsafeMutablePointer<ServerRow>) {
    let child = requests[Int(root)].child
    server.pointee.root = child < 0 ? -1 : mergedSiblings(child)
  }

  /// Merges siblings in pairs, then the pairs from the last to the first.
  @inline(never)
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

  /// The running requests of a server, in no order that matters.
  func running(on host: UnsafeMutablePointer<ServerRow>) -> [Int32] {
    var found: [Int32] = []
    var open = host.pointee.root < 0 ? [] : [host.pointee.root]
    while let slot = open.popLast() {
      found.append(slot)
      var child = requests[Int(slot)].child
      while child >= 0 {
        open.append(child)
        child = requests[Int(child)].next
      }
    }
    return found
  }

  /// The running requests of a server, then the waiting ones.
  func slots(on host: UnsafeMutablePointer<ServerRow>) -> [Int32] {
    var found = running(on: host)
    var waiting = host.pointee.head
    while waiting >= 0 {
      found.append(waiting)
      waiting = requests[Int(waiting)].next
    }
    return found
  }
}

// MARK: - Service, first come, first served

extension Columns {
  /// The time some work takes on a slot, rounded up.
  static func service(_ work: Double, speed: Double) -> Int64 {
    let time = work / speed
    guard time < 4e18 else { return Engine.never }
    let whole = Int64(time)
    return Double(whole) < time ? whole + 1 : whole
  }

  /// Begins service of a request on a free slot of a first-come-first-served server.
  @inline(__always)
  func begin(_ request: Int32, _ row: UnsafeMutablePointer<ServerRow>, now: Int64) {
    let q = requests + Int(request)
    q.pointee.start = now
    if q.pointee.flags.contains(.held) {
      q.pointee.finish = .max
    } else if row.pointee.isPlain {
      q.pointee.finish = now &+ q.pointee.work
    } else {
      q.pointee.finish = now &+ Self.service(Double(q.pointee.work), speed: row.pointee.speed)
    }
    insert(request, into: row)
  }

  /// Announces the first of the running requests, or that there is none.
  @inline(__always)
  func announce(_ server: Int, _ row: UnsafeMutablePointer<ServerRow>) {
    let root = row.pointee.root
    let time = root < 0 ? .max : requests[Int(root)].finish
    if time == .max { setIdle(server) } else { setFinish(server, time, of: root) }
  }

  /// Puts a request at the end of a server's queue.
  @inline(__always)
  func enqueue(_ request: Int32, _ row: UnsafeMutablePointer<ServerRow>) {
    // The first of a queue is linked behind itself for a moment: by the sign of the head, for a
    // branch could not be predicted.
    let head = row.pointee.head
    let tail = row.pointee.tail
    let isEmpty = head &>> 31
    requests[Int(tail ^ ((tail ^ request) & isEmpty))].next = request
    requests[Int(request)].next = -1
    row.pointee.head = head ^ ((head ^ request) & isEmpty)
    row.pointee.tail = request
  }

  /// Takes the head of a server's queue, which is not empty.
  @inline(__always)
  func dequeue(_ row: UnsafeMutablePointer<ServerRow>) -> Int32 {
    let request = row.pointee.head
    row.pointee.head = requests[Int(request)].next
    return request
  }

  /// Takes a request out of the middle of a server's queue; false when it is not there; O(queue).
  @discardableResult
  func unlink(_ request: Int32, fromQueueOf row: UnsafeMutablePointer<ServerRow>) -> Bool {
    guard row.pointee.head != request else {
      row.pointee.head = requests[Int(request)].next
      return true
    }
    var before = row.pointee.head
    while before >= 0, requests[Int(before)].next != request { before = requests[Int(before)].next }
    guard before >= 0 else { return false }
    requests[Int(before)].next = requests[Int(request)].next
    if row.pointee.tail == request { row.pointee.tail = before }
    return true
  }
}
