extension Fleet {
  /// Whom a balancer wants listed beside the servers in service that are not set aside.
  struct Listing: Sendable {
    /// Crashed ones, where whoever balances must find that out.
    var withCrashed = false
    /// Those set aside, where it keeps them in mind and there are others.
    var withAside = false

    func takes(_ row: ServerRow) -> Bool {
      let isThere = row.state == .inService || withCrashed && row.state == .crashed
      return isThere && (withAside || !row.isAside) && row.weight > 0
    }
  }

  /// Brings the list of servers that may be chosen up to date: in service, of some weight.
  ///
  /// Where a few changed they are put in or taken out: O(1) at the end, else O(servers after them).
  /// Where those set aside are to be on the list it is made anew: they stay while there are others.
  mutating func refreshEligible(_ listing: Listing) {
    changed = false
    let hasAside =
      listing.withAside
      && (showsAside || eligible.isEmpty || changes.named.contains { rows[$0.index].isAside })
    guard !changes.isEverything, !hasAside else { return listEligible(listing) }
    for server in changes.named {
      let isListed = places[server.index] >= 0
      if listing.takes(rows[server.index]) != isListed {
        if isListed { unlist(server.index) } else { list(server.index) }
      }
    }
  }

  /// Lists all servers that may be chosen; O(all servers).
  mutating func listEligible(_ listing: Listing) {
    eligible.removeAll()
    let rows = rows.lend()
    let places = places.lend()
    var isChoice = false
    showsAside = false
    for index in 0..<records.count {
      guard listing.takes(rows[index]) else {
        places[index] = -1
        continue
      }
      if rows[index].isAside { showsAside = true } else { isChoice = true }
      places[index] = Int32(truncatingIfNeeded: eligible.count)
      eligible.append(Int32(index))
    }
    if showsAside, !isChoice {
      var listing = listing
      listing.withAside = false
      listEligible(listing)
    }
  }

  private mutating func list(_ server: Int) {
    var low = 0
    var high = eligible.count
    if let last = eligible.last, last < server { low = high }
    while low < high {
      let middle = (low + high) / 2
      if eligible[middle] < server { low = middle + 1 } else { high = middle }
    }
    eligible.insert(Int32(truncatingIfNeeded: server), at: low)
    places[server] = Int32(truncatingIfNeeded: low)
    move(after: server, by: 1)
  }

  private mutating func unlist(_ server: Int) {
    move(after: server, by: -1)
    eligible.remove(at: Int(places[server]))
    places[server] = -1
  }

  /// Moves the places of all servers on the list after one.
  private mutating func move(after server: Int, by step: Int32) {
    guard let last = eligible.last, last > server else { return }
    let places = places.lend()
    for index in server + 1...Int(last) { places[index] &+= places[index] < 0 ? 0 : step }
  }
}
