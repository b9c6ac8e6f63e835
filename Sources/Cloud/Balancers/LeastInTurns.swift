/// Finds the server with the least active ÷ weight, and takes turns by weight among the tied,
/// without looking at every server.
///
/// Servers of one weight share a ``CreditTree``. A pick compares the best of each weight: O(log n)
/// for each server whose requests changed, and O(1) for each distinct weight; O(n) after a change
/// of the fleet. It picks as the plain form ``Least`` with ``SmoothTurns`` does, exactly so when
/// active × weight and sums of weights are exact in a `Double`, as for whole weights.
struct LeastInTurns: Sendable {
  /// Servers of one weight.
  private struct Class: Sendable {
    let weight: Double
    /// By seat, the place in the view.
    var places: [Int] = []
    var tree = CreditTree([])
  }

  /// Where a server is: in which class, and which of it.
  private struct Seat: Sendable {
    let rank: Int
    let seat: Int
    let server: ServerID
  }

  private var classes: [Class] = []
  /// By place in the view.
  private var seats: [Seat] = []
  /// By server, the credit when the trees were built, also of those that are not in the view.
  private var kept: [Double] = []
  private var watch = Watch()

  /// Hears that a server's requests changed in number.
  @inline(__always)
  mutating func touch(_ server: ServerID) { watch.touch(server) }

  /// Hears that servers or weights changed.
  mutating func changed(_ view: borrowing View) {
    rebuild(view)
    watch.settle(view)
  }

  /// The place of the server whose turn it is, or nil when none accepts the request.
  mutating func pick(from view: borrowing View) -> Int? {
    if watch.isStale(view) { rebuild(view) } else { catchUp(view) }
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
    var best: (rank: Int, place: Int, credit: Double)?
    for rank in classes.indices {
      guard let ratio = ratio(rank), !(least < ratio) else { continue }
      let weight = classes[rank].weight
      let lead = classes[rank].tree.fewest
      let place = classes[rank].places[Int(lead.seat)]
      let credit = lead.credit + weight
      tied += Int(lead.tied)
      gained += Double(lead.tied) * weight
      if let rival = best {
        guard credit > rival.credit || credit == rival.credit && place < rival.place else {
          continue
        }
      }
      best = (rank, place, credit)
    }
    guard let best else { return nil }
    guard view.accepts(best.place) else {
      // It got full and nobody told.
      rebuild(view)
      return pick(from: view)
    }
    if tied > 1 { settle(least, on: best.rank, gained) }
    return best.place
  }

  /// All that are tied gain their weight, and the one that is taken pays the sum.
  private mutating func settle(_ least: Ratio, on winner: Int, _ gained: Double) {
    let seat = Int(classes[winner].tree.fewest.seat)
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
    var credits = kept
    let present = classes.map(\.tree.credits)
    for seat in seats { credits[seat.server.index] = present[seat.rank][seat.seat] }
    return credits
  }

  private mutating func catchUp(_ view: borrowing View) {
    for server in watch.touched { look(at: server, in: view) }
    guard view.isFiltered || !watch.passing.isEmpty else { return }
    for server in watch.passing { look(at: server, in: view) }
    for server in view.tried { look(at: ServerID(Int(server)), in: view) }
  }

  private mutating func look(at server: ServerID, in view: borrowing View) {
    guard let place = view.place(of: server) else { return }
    let seat = seats[place]
    classes[seat.rank].tree.set(seat.seat, requests: requests(place, in: view))
  }

  private func requests(_ place: Int, in view: borrowing View) -> Int? {
    view.accepts(place) ? view.active(place) : nil
  }

  private mutating func rebuild(_ view: borrowing View) {
    kept = credits
    if view.servers > kept.count {
      kept.append(contentsOf: repeatElement(0, count: view.servers - kept.count))
    }
    var ranks: [Double: Int] = [:]
    classes = []
    seats = []
    for place in 0..<view.count {
      let weight = view.weight(place)
      let rank = ranks[weight] ?? classes.count
      if rank == classes.count {
        ranks[weight] = rank
        classes.append(Class(weight: weight))
      }
      seats.append(Seat(rank: rank, seat: classes[rank].places.count, server: view.id(place)))
      classes[rank].places.append(place)
    }
    for rank in classes.indices {
      var servers: [(credit: Double, requests: Int?)] = []
      for place in classes[rank].places {
        servers.append((kept[view.id(place).index], requests(place, in: view)))
      }
      classes[rank].tree = CreditTree(servers)
    }
  }
}
