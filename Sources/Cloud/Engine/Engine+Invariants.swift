extension World {
  /// Bytes that a server's row takes, so that a test can hold it to two cache lines.
  package static var serverRowBytes: Int { MemoryLayout<ServerRow>.stride }

  /// What is wrong inside, in words; empty when all is well.
  ///
  /// For tests. O(everything).
  package func checkInvariants() -> [String] {
    var engine = engine
    return engine.findFaults()
  }
}

extension Engine {
  fileprivate mutating func findFaults() -> [String] {
    var faults: [String] = []
    if fleet.present != fleet.rows.indices.filter({ fleet.rows[$0].state != .gone }) {
      faults.append("the list of those that are present is another")
    }
    let c = lend()
    var seen = [Bool](repeating: false, count: requests.rows.count)
    var present = 0
    for server in fleet.rows.indices {
      let host = c.rows + server
      let name = ServerID(server).name
      let running = c.running(on: host)
      let all = c.slots(on: host)
      present += all.count
      for slot in all {
        if seen[Int(slot)] { faults.append("\(name): row \(slot) is there twice") }
        seen[Int(slot)] = true
        let row = requests.rows[Int(slot)]
        if row.id == 0 { faults.append("\(name): row \(slot) is free") }
        if row.server != server { faults.append("\(name): row \(slot) is of \(row.server)") }
      }
      faults += findFaults(of: server, running: running, all: all, c)
    }
    var line = waiting.head
    var abandoned = 0
    while line >= 0, present <= requests.rows.count {
      if seen[Int(line)] { faults.append("row \(line) waits and is on a server") }
      seen[Int(line)] = true
      present += 1
      abandoned += requests.rows[Int(line)].flags.contains(.abandoned) ? 1 : 0
      line = requests.rows[Int(line)].next
    }
    if abandoned != waiting.abandoned {
      faults.append("\(abandoned) who wait are given up, counted \(waiting.abandoned)")
    }
    line = shedLine.head
    while line >= 0, present <= requests.rows.count {
      if seen[Int(line)] { faults.append("row \(line) is turned away and on a server") }
      seen[Int(line)] = true
      present += 1
      line = requests.rows[Int(line)].next
    }
    var free = requests.free
    var count = 0
    while free >= 0, count <= requests.rows.count {
      if seen[Int(free)] { faults.append("row \(free) is free and on a server") }
      free = requests.rows[Int(free)].next
      count += 1
    }
    if present + count != requests.rows.count {
      faults.append("\(present) rows in use and \(count) free of \(requests.rows.count)")
    }
    if present != requests.used { faults.append("\(requests.used) rows counted, \(present) found") }
    return faults + findFaultsOfTotals(c)
  }

  private func findFaults(
    of server: Int, running: [Int32], all: [Int32], _ c: Columns
  ) -> [String] {
    var faults: [String] = []
    let row = fleet.rows[server]
    let name = ServerID(server).name
    func check(_ holds: Bool, _ what: String) { if !holds { faults.append("\(name): \(what)") } }
    check(Int(row.running) == running.count, "\(row.running) running, \(running.count) found")
    check(Int(fleet.actives[server]) == all.count, "\(fleet.actives[server]) of \(all.count)")
    let memory = all.reduce(0) { $0 + c.detail(of: $1).memory }
    check(row.memoryUsed == memory, "\(row.memoryUsed) bytes used, \(memory) found")
    check(row.since <= clock, "settled in the future")
    if row.head >= 0 {
      check(!row.isSharing && row.running >= row.cpu, "waiting beside a free slot")
      check(row.tail == all.last, "the queue does not end at its tail")
    }
    if row.state != .inService && row.state != .draining {
      check(all.isEmpty, "\(row.state) with requests")
    }
    if row.root >= 0 {
      func key(_ slot: Int32) -> (Int64, UInt64) {
        (requests.rows[Int(slot)].finish, requests.rows[Int(slot)].id)
      }
      check(running.allSatisfy { key(row.root) <= key($0) }, "the root is not the first")
      let finish = requests.rows[Int(row.root)].finish
      if !row.isSharing, finish < .max {
        check(fleet.finishes.time(of: server) == finish, "announced for another time")
        check(finish >= clock, "finishes in the past")
      }
    } else {
      check(fleet.finishes.time(of: server) > Self.never, "idle and yet announced")
    }
    return faults
  }

  private func findFaultsOfTotals(_ c: Columns) -> [String] {
    var faults: [String] = []
    func check(_ holds: Bool, _ what: String) { if !holds { faults.append(what) } }
    let earliest = fleet.rows.indices.min {
      (fleet.finishes.time(of: $0), c.number(ofFirstOn: $0))
        < (fleet.finishes.time(of: $1), c.number(ofFirstOn: $1))
    }
    if let earliest, fleet.finishes.time(of: earliest) < Self.never {
      check(c.finishes[0].server == earliest, "the tree's winner is not the earliest")
      let root = fleet.rows[earliest].root
      check(c.finishes[0].request == root, "the tree's request is not the first")
    }
    var kept = fleet
    kept.refreshEligible(listing)
    var fresh = kept
    fresh.listEligible(listing)
    check(kept.eligible.elementsEqual(fresh.eligible), "the list of eligible servers is off")
    check(kept.places.elementsEqual(fresh.places), "places in the list are off")
    check(kept.showsAside == fresh.showsAside, "who is set aside on the list is off")
    let serving = fleet.rows.filter { $0.state == .inService || $0.state == .draining }
    check(fleet.capacity == serving.reduce(0) { $0 + Int($1.cpu) }, "capacity is off")
    for phase in Phase.allCases {
      let count = zip(fleet.rows, fleet.records).count { row, record in
        row.state.phase(isWarming: record.isWarming) == phase
      }
      check(fleet.phases.counts[phase.rawValue] == count, "the count of \(phase) is off")
    }
    let first = loadRows.map(\.next).min() ?? .max
    check(nextFirst == first, "the next arrival is not the first")
    check(nextFirst >= clock, "arrives in the past")
    let copied =
      requests.hedges.isEmpty || c.hedges.first(of: 0) < 0
      ? Int64.max : c.requests[Int(c.hedges.first(of: 0))].issued.addingClamped(hedge)
    check(nextRetry == min(retries.first?.time ?? .max, copied), "the next retry is not the first")
    for slot in requests.rows.indices where requests.rows[slot].id != 0 {
      let row = requests.rows[slot]
      guard row.flags.contains(.paired) else { continue }
      let other = c.requests[Int(c.hedges[slot].after)]
      check(
        other.flags.contains(.paired) && other.id >> 8 == row.id >> 8 && other.id != row.id
          && c.hedges[Int(c.hedges[slot].after)].after == slot, "row \(slot) has lost its other try"
      )
    }
    check(nextRetry >= clock, "sent again in the past")
    check(settled <= Int(numbered), "more are over than arrived")
    return faults
  }
}
