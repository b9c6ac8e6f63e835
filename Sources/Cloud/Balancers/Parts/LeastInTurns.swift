/// Finds the server with the least active ÷ weight, and takes turns by weight among the tied,
/// without looking at every server.
///
/// Servers of one weight share a ``CreditTree``. A pick compares the best of each weight: O(log n)
/// for each server that changed or whose requests did, and O(1) for each distinct weight. It picks
/// as the plain form ``Least`` with ``SmoothTurns`` does, exactly so when active × weight and sums
/// of weights are exact in a `Double`, as for whole weights.
struct LeastInTurns: Sendable {
  /// Servers of one weight.
  private struct Class: Sendable {
    var weight: Double
    var tree = CreditTree()
  }

  /// Where a server is: in which class, and at which seat of it.
  private struct Seat: Sendable {
    let rank: Int
    let seat: Int
  }

  private var classes: [Class] = []
  /// By weight, its class.
  private var ranks: [Double: Int] = [:]
  /// Classes that nobody is in.
  private var vacant: [Int] = []
  /// By server; nil when it is not in the view.
  private var seats = PerServer<Seat?>(nil)
  /// By server, the credit it left the view with.
  private var kept = PerServer(0.0)
  private var watch = Watch()

  /// Hears that a server's requests changed in number.
  @inline(__always)
  mutating func touch(_ server: ServerID) { watch.touch(server) }

  /// Hears that servers or weights changed.
  mutating func changed(_ changes: FleetChanges, in view: borrowing View) {
    catchUp(view)
    for server in changes.servers(in: view) { follow(server, in: view) }
    watch.settle(view)
  }

  /// The place of the server whose turn it is, or nil when none accepts the request.
  mutating func pick(from view: borrowing View) -> Int? {
    if watch.isStale(view) { changed(.everything, in: view) }
    catchUp(view)
    watch.settle(view)
    var least: Ratio?
    for rank in classes.indices {
      guard let ratio = ratio(rank) else { continue }
      if let lower = least, !(ratio < lower) { continue }
      least = ratio
    }
    guard let least else { return nil }
    var gained = 0.0
    var tied = 0
    var best: (rank: Int, server: Int32, credit: Double)?
    for rank in classes.indices {
      guard let ratio = ratio(rank), !(least < ratio) else { continue }
      let weight = classes[rank].weight
      let lead = classes[rank].tree.fewest
      let credit = lead.credit + weight
      tied += Int(lead.tied)
      gained += Double(lead.tied) * weight
      if let rival = best {
        guard credit > rival.credit || credit == rival.credit && lead.server < rival.server else {
          continue
        }
      }
      best = (rank, lead.server, credit)
    }
    guard let best else { return nil }
    let server = ServerID(Int(best.server))
    guard let place = view.place(of: server), view.accepts(place) else {
      // It got full or left and nobody told.
      follow(server, in: view)
      changed(.everything, in: view)
      return pick(from: view)
    }
    if tied > 1, let seat = seats[server]?.seat { settle(least, on: best.rank, seat, gained) }
    return place
  }

  /// All that are tied gain their weight, and the one that is taken pays the sum.
  private mutating func settle(_ least: Ratio, on winner: Int, _ seat: Int, _ gained: Double) {
    for rank in classes.indices {
      guard let ratio = ratio(rank), !(least < ratio) else { continue }
      classes[rank].tree.gain(classes[rank].weight)
    }
    classes[winner].tree.pay(seat, gained)
  }

  /// The least active ÷ weight of a class, nil when nobody in it accepts.
  @inline(__always)
  private func ratio(_ rank: Int) -> Ratio? {
    let fewest = classes[rank].tree.fewest
    return fewest.tied == 0 ? nil : Ratio(Double(fewest.fewest), classes[rank].weight)
  }

  /// By server, the credit it has now.
  var credits: [Double] {
    let present = classes.map(\.tree.credits)
    return (0..<max(kept.count, seats.count)).map { index in
      let server = ServerID(index)
      return seats[server].map { present[$0.rank][$0.seat] } ?? kept[server]
    }
  }

  private mutating func catchUp(_ view: borrowing View) {
    for server in watch.touched { look(at: server, in: view) }
    guard view.isFiltered || !watch.passing.isEmpty else { return }
    for server in watch.passing { look(at: server, in: view) }
    for server in view.tried { look(at: ServerID(Int(server)), in: view) }
  }

  private mutating func look(at server: ServerID, in view: borrowing View) {
    guard let place = view.place(of: server), let seat = seats[server] else { return }
    classes[seat.rank].tree.set(
      seat.seat, requests: view.accepts(place) ? view.active(place) : nil)
  }

  /// Gives a server its seat in the class of its weight, with the credit it has.
  private mutating func follow(_ server: ServerID, in view: borrowing View) {
    let weight = view.place(of: server).map { view.weight($0) }
    if let seat = seats[server], classes[seat.rank].weight != weight {
      kept[server] = classes[seat.rank].tree.remove(seat.seat)
      seats[server] = nil
      if classes[seat.rank].tree.isEmpty { vacate(seat.rank) }
    }
    if let weight, seats[server] == nil {
      let rank = rank(of: weight)
      seats[server] = Seat(rank: rank, seat: classes[rank].tree.add(server, credit: kept[server]))
    }
    look(at: server, in: view)
  }

  private mutating func rank(of weight: Double) -> Int {
    if let rank = ranks[weight] { return rank }
    let rank = vacant.popLast() ?? classes.count
    if rank == classes.count { classes.append(Class(weight: weight)) }
    classes[rank].weight = weight
    ranks[weight] = rank
    return rank
  }

  private mutating func vacate(_ rank: Int) {
    ranks[classes[rank].weight] = nil
    vacant.append(rank)
  }
}
