public import Simulation

/// The server that will have worked off what it was given the soonest.
///
/// It knows the work of every request, which a real balancer seldom does, and keeps its own books.
public struct LeastWorkLeft: Balancer {
  /// The name it is typed by.
  public static let name = "least-work-left"
  /// What it does, in a sentence.
  public static let summary = "The server that has the least work left to do."
  /// What `help` says.
  public static let details = StrategyDetails(
    rule: """
      Take the least work left ÷ (cpu × speed). A server that is given a request will be free at \
      max(now, when it is free) + work ÷ (cpu × speed); it takes the least of these. On servers of \
      one slot each that is one common queue: M/M/n.
      """,
    source: """
      Harchol-Balter, Crovella and Murta, On Choosing a Task Assignment Policy for a Distributed \
      Server System (1999).
      """,
    ties: """
      Of idle servers the one that has been free the longest; then the first in declared order. No \
      draws.
      """,
    failure: """
      Work must be known beforehand. A server that slows down is not noticed until it is idle, and \
      long works still stand in the way of short ones.
      """,
    lesson: "07")

  private var search = Cheapest(FreeAt(), equals: .declared)

  /// With empty books.
  public init() {}

  /// The server that is free the soonest; the work goes into the books.
  public mutating func pick(
    for request: borrowing Request, from view: borrowing View, using random: inout RandomStream
  ) -> Int? {
    search.cost.meet(view)
    let place = search.find(for: request, in: view, using: &random)
    guard view.accepts(place) else { return nil }
    search.cost.give(request.work, to: place, in: view)
    search.touch(view.id(place))
    return place
  }

  /// Finishes are listened to: a server without requests has no work left.
  public static var listens: Bool { true }

  /// Work that was not done comes off the books; who had given up before is served all the same.
  public mutating func finished(
    _ request: borrowing Request, on server: ServerID, _ outcome: Outcome, after latency: Duration
  ) {
    let isUndone = outcome.isFailure || outcome == .cancelled
    search.cost.close(isUndone ? request.work : .zero, on: server, at: request.time + latency)
    search.touch(server)
  }

  /// A request that waited begins its work.
  public mutating func assigned(_ request: borrowing Request, to server: ServerID) {
    search.cost.give(request.work, to: server)
    search.touch(server)
  }

  /// Servers that came or came back are free from now on, unless they still have requests.
  public mutating func changed(_ changes: FleetChanges, in view: borrowing View) {
    search.cost.follow(changes, in: view)
    search.changed(changes, in: view)
  }

  /// The work each server has left, in seconds.
  public func explain(
    _ request: borrowing Request, from view: borrowing View, using random: RandomStream
  ) -> Explanation {
    var books = search.cost
    books.meet(view)
    var looked: [Explanation.Candidate] = []
    for place in 0..<view.count where view.accepts(place) {
      let free = books.value(of: place, in: view)
      let left = (free - view.now).seconds
      let rate = Double(view.cpu(place)) * view.speed(place)
      looked.append(
        Explanation.Candidate(
          server: view.id(place), cost: max(0, left),
          terms: left > 0
            ? "\(Figure.plain(left * rate))s of work ÷ \(Figure.plain(rate))"
            : "free for \(Figure.seconds(-left))"))
    }
    var picking = self
    var chance = random
    let chosen = picking.pick(for: request, from: view, using: &chance).map { view.id($0) }
    let least = looked.first { $0.server == chosen }?.cost ?? 0
    let tied = looked.count { $0.cost == least }
    return Explanation(
      eligible: view.count, cost: FreeAt.name, search: search.search(looked.count, in: view),
      candidates: looked, tie: tied > 1 ? "the one free the longest wins, else the first" : nil,
      chosen: chosen, draws: 0)
  }
}

/// When each server will have worked off what it was given; the balancer's books.
struct FreeAt: Cost {
  static var name: String? { "work left ÷ (cpu × speed), in seconds" }

  private struct Account: Sendable {
    var isPresent = false
    /// When it has worked off what it was given.
    var free = Instant.zero
    /// When it came, or its last request left it.
    var quiet = Instant.zero
    /// Work it does per second.
    var rate = 1.0

    mutating func give(_ work: Duration, now: Instant) {
      free = max(free, now) + share(work)
    }

    func share(_ work: Duration) -> Duration {
      Duration(rounding: (Double(work.nanoseconds) / rate).rounded(.up))
    }
  }

  /// By server.
  private var accounts = PerServer(Account())

  /// A server without requests is free since its last one left, whatever the books say.
  @inline(__always)
  func value(of place: Int, in view: borrowing View) -> Instant {
    let account = accounts[view.id(place)]
    return view.active(place) == 0 ? min(account.free, account.quiet) : account.free
  }

  func number(_ value: Instant) -> Double? { value.seconds }

  func terms(_ place: Int, in view: borrowing View) -> String { "" }

  /// Opens the books for servers that nobody announced.
  @inline(__always)
  mutating func meet(_ view: borrowing View) {
    if view.servers > accounts.count { follow(.everything, in: view) }
  }

  /// Follows servers that came, went, or work at another rate.
  mutating func follow(_ changes: FleetChanges, in view: borrowing View) {
    for server in changes.servers(in: view) {
      guard let place = view.place(of: server) else {
        accounts[server].isPresent = false
        continue
      }
      if view.active(place) == 0, !accounts[server].isPresent {
        accounts[server].free = view.now
        accounts[server].quiet = view.now
      }
      accounts[server].isPresent = true
      accounts[server].rate = Double(view.cpu(place)) * view.speed(place)
    }
  }

  /// Gives a server at a place some work.
  @inline(__always)
  mutating func give(_ work: Duration, to place: Int, in view: borrowing View) {
    let server = view.id(place)
    let free = value(of: place, in: view)
    accounts[server].rate = Double(view.cpu(place)) * view.speed(place)
    accounts[server].free = free
    accounts[server].give(work, now: view.now)
  }

  /// Gives a server some work when a request left it, which is now.
  mutating func give(_ work: Duration, to server: ServerID) {
    accounts[server].give(work, now: accounts[server].quiet)
  }

  /// A request left a server; its work comes off when it was not done.
  @inline(__always)
  mutating func close(_ undone: Duration, on server: ServerID, at now: Instant) {
    accounts[server].quiet = now
    if undone > .zero {
      let free = accounts[server].free - accounts[server].share(undone)
      accounts[server].free = max(now, free)
    }
  }
}
