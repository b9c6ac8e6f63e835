public import Simulation

/// Small requests to the first servers, large ones to the last: each server has its range of sizes.
public struct SizeBased: Balancer {
  /// The name it is typed by.
  public static let name = "size-based"
  /// What it does, in a sentence.
  public static let summary = "Each server has its range of sizes: small never waits."
  /// What `help` says.
  public static let details = StrategyDetails(
    rule: """
      Line up all work seen so far by the size of its requests, smallest first, and cut the line \
      into one piece a server, as long as its cpu × speed: a request goes to the server in whose \
      piece its size lies. With --cutoff C, work below C goes to the first half of the servers, \
      the rest to the others, in each half as likely as cpu × speed.
      """,
    source: """
      Harchol-Balter, Crovella and Murta, On Choosing a Task Assignment Policy for a Distributed \
      Server System (1999): SITA-E, here with cut-offs that are learned.
      """,
    ties: """
      A size that two pieces share is split between them by a draw: one draw then, none \
      otherwise; one with --cutoff. Who does not accept passes the request on to the next larger, \
      then to the next smaller.
      """,
    failure: """
      Work must be known beforehand, and be of very different sizes: where sizes are alike it is \
      no better than random. It forgets nothing, so it follows a change slowly.
      """,
    lesson: nil)
  /// What can be set.
  public static var parameters: [Parameter<Self>] {
    [
      Parameter(
        "cutoff", \.cutoff, .duration(0...1e6), "Work from which a request is large; 0s to learn.")
    ]
  }

  /// The work in seconds from which a request is large; 0 when cut-offs are learned.
  public var cutoff = 0.0
  private var seen = WorkBySize()
  /// By place, the share of all cpu × speed that this server and those before it have.
  private var shares: [Double] = []

  /// Having seen nothing.
  public init() {}

  /// The server in whose range the request's work lies.
  public mutating func pick(
    for request: borrowing Request, from view: borrowing View, using random: inout RandomStream
  ) -> Int? {
    if shares.count != view.count { changed(.everything, in: view) }
    if cutoff == 0 { seen.add(request.work.nanoseconds) }
    let piece = piece(of: request.work)
    let first = place(at: piece.from)
    let isSplit = cutoff > 0 || first != place(at: piece.to.nextDown)
    let chosen =
      isSplit ? place(at: piece.from + random.uniform() * (piece.to - piece.from)) : first
    if view.accepts(chosen) { return chosen }
    return (chosen..<view.count).first { view.accepts($0) }
      ?? (0..<chosen).last { view.accepts($0) }
  }

  /// Where the work lies on the line of all servers' shares, from 0 to 1.
  private func piece(of work: Duration) -> (from: Double, to: Double) {
    guard cutoff > 0 else {
      let around = seen.shares(around: work.nanoseconds)
      return (around.below, max(around.below, around.upTo))
    }
    let half = shares.count > 1 ? shares[(shares.count + 1) / 2 - 1] : 1
    return work.seconds < cutoff || half == 1 ? (0, half) : (half, 1)
  }

  /// The first server whose share ends after a point of the line; O(log n).
  private func place(at point: Double) -> Int {
    var low = 0
    var high = shares.count - 1
    while low < high {
      let middle = (low + high) / 2
      if shares[middle] > point { high = middle } else { low = middle + 1 }
    }
    return low
  }

  /// Cuts the line anew.
  public mutating func changed(_ changes: FleetChanges, in view: borrowing View) {
    shares.removeAll(keepingCapacity: true)
    var sum = 0.0
    for place in 0..<view.count {
      sum += Double(view.cpu(place)) * view.speed(place)
      shares.append(sum)
    }
    for place in shares.indices { shares[place] /= sum }
  }

  /// Each server's piece of the line and where the request lies on it.
  public func explain(
    _ request: borrowing Request, from view: borrowing View, using random: RandomStream
  ) -> Explanation {
    var picking = self
    var chance = random
    let chosen = picking.pick(for: request, from: view, using: &chance).map { view.id($0) }
    let piece = picking.piece(of: request.work)
    let work = "\(Figure.plain(request.work.seconds))s of work"
    var looked: [Explanation.Candidate] = []
    for place in 0..<view.count where view.accepts(place) {
      let from = place == 0 ? 0 : picking.shares[place - 1]
      looked.append(
        Explanation.Candidate(
          server: view.id(place),
          terms: "\(Figure.percent(from)) to \(Figure.percent(picking.shares[place]))"))
    }
    let range = "\(Figure.percent(piece.from)) to \(Figure.percent(piece.to))"
    return Explanation(
      eligible: view.count,
      search: cutoff > 0
        ? "\(work), cut-off \(Figure.plain(cutoff))s: the servers from \(range)"
        : "\(work): smaller ones bring \(Figure.percent(piece.from)) of all work, up to it \(range)",
      candidates: looked, chosen: chosen, draws: Int(clamping: chance.counter &- random.counter))
  }
}
