import Simulation

/// The server that costs least of all, found without looking at all: a tournament of their costs.
///
/// O(log n) for each server whose requests changed since the last pick; O(n) after a change of the
/// fleet. Servers that do not accept the request take no part.
struct Cheapest<Price: Cost>: Candidates {
  /// Who comes first of those that cost the same.
  enum Order { case declared, untouched, drawn }

  private struct Key: Comparable, Sendable {
    let cost: Price.Value
    let turn: Int

    @inline(__always)
    static func < (a: Key, b: Key) -> Bool {
      if a.cost < b.cost { return true }
      return a.turn < b.turn && !(b.cost < a.cost)
    }
  }

  static var watches: Bool { true }
  static var isExhaustive: Bool { true }

  var cost: Price
  private let order: Order
  private var watch = Watch()
  private var tree = Tournament<Key>()
  /// By server, when it was touched last, counted from one; zero when it is not in the view.
  private var turns: [Int] = []
  private var touches = 0

  /// All servers by their cost.
  init(_ cost: Price, equals order: Order) {
    self.cost = cost
    self.order = order
  }

  @inline(__always)
  mutating func find(
    for request: borrowing Request, in view: borrowing View, using random: inout RandomStream
  ) -> Int {
    if watch.isStale(view) { rebuild(view) } else { catchUp(view) }
    if let winner = tree.winner, !isUpToDate(winner, in: view) { rebuild(view) }
    watch.settle(view)
    guard let winner = tree.winner else { return 0 }
    return order == .drawn ? tree.equal(random.index(below: tree.equals)) : winner
  }

  @inline(__always)
  mutating func touch(_ server: ServerID) { watch.touch(server) }

  mutating func changed(_ view: borrowing View) {
    rebuild(view)
    watch.settle(view)
  }

  /// Looks again at those that were touched, then at those that are or were out for one request.
  @inline(__always)
  private mutating func catchUp(_ view: borrowing View) {
    for server in watch.touched {
      guard let place = view.place(of: server) else { continue }
      if order == .untouched { requeue(server) }
      tree[place] = key(place, in: view)
    }
    if view.isFiltered || !watch.passing.isEmpty { lookAtTried(view) }
  }

  @inline(never)
  private mutating func lookAtTried(_ view: borrowing View) {
    for server in watch.passing + view.tried.map({ ServerID(Int($0)) }) {
      guard let place = view.place(of: server) else { continue }
      tree[place] = key(place, in: view)
    }
  }

  @inline(never)
  private mutating func rebuild(_ view: borrowing View) {
    if order == .untouched { followQueue(view) }
    var keys: [Key?] = []
    for place in 0..<view.count { keys.append(key(place, in: view)) }
    tree = Tournament(keys)
  }

  /// Servers that were touched go to the end, then those that are new, in declared order.
  private mutating func followQueue(_ view: borrowing View) {
    for server in watch.touched where server.index < turns.count && turns[server.index] > 0 {
      requeue(server)
    }
    var followed = [Int](repeating: 0, count: view.servers)
    for place in 0..<view.count {
      let server = view.id(place).index
      if server < turns.count, turns[server] > 0 {
        followed[server] = turns[server]
      } else {
        touches += 1
        followed[server] = touches
      }
    }
    turns = followed
  }

  @inline(__always)
  private mutating func requeue(_ server: ServerID) {
    touches += 1
    if server.index < turns.count { turns[server.index] = touches }
  }

  /// When a server was touched last, counted from one, if that decides between equals.
  @inline(__always)
  func turn(_ server: ServerID) -> Int {
    server.index < turns.count ? turns[server.index] : 0
  }

  @inline(__always)
  private func key(_ place: Int, in view: borrowing View) -> Key? {
    guard view.accepts(place) else { return nil }
    return Key(cost: cost.value(of: place, in: view), turn: turn(view.id(place)))
  }

  /// Whether the tree knows the truth about a server; else something changed that nobody told.
  @inline(__always)
  private func isUpToDate(_ place: Int, in view: borrowing View) -> Bool {
    guard let known = tree[place], let now = key(place, in: view) else { return false }
    return !(known < now) && !(now < known)
  }

  func compared(_ found: Int, in view: borrowing View) -> [Int] { Array(0..<view.count) }

  func search(_ count: Int, in view: borrowing View) -> String {
    count == view.count ? "all \(count), by a tournament" : "the \(count) that accept it"
  }

  func terms(_ place: Int, in view: borrowing View) -> String {
    order == .untouched ? "touch \(turn(view.id(place)))" : ""
  }
}
