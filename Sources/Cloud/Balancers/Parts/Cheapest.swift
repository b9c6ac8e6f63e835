import Simulation

/// The server that costs least of all, found without looking at all: a tournament of their costs.
///
/// O(log n) for each server that changed or whose requests did since the last pick, n being all that
/// were ever rented. Servers that do not accept the request take no part.
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
  /// By server.
  private var tree = Tournament<Key>()
  /// By server, when it was touched last, counted from one; zero when it is not in the view.
  private var turns = PerServer(0)
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
    catchUp(view)
    if watch.isStale(view) { look(at: .everything, in: view) }
    if let winner = tree.winner, !isUpToDate(winner, in: view) { look(at: .everything, in: view) }
    watch.settle(view)
    guard let winner = tree.winner else { return 0 }
    let found = order == .drawn ? draw(in: view, using: &random) : winner
    return view.place(of: ServerID(found)) ?? 0
  }

  /// One of those that cost least.
  ///
  /// They are counted from the place that is the first leaf of a tree of as many leaves as there are
  /// servers, and round: any order would do, this is the one that seeds are known by.
  @inline(__always)
  private func draw(in view: borrowing View, using random: inout RandomStream) -> Int {
    let drawn = random.index(below: tree.equals)
    let leaves = 1 << (Int.bitWidth - (view.count - 1).leadingZeroBitCount)
    guard leaves > view.count else { return tree.equal(drawn) }
    let before = tree.equals(below: view.id(leaves - view.count).index)
    let k = before + drawn
    return tree.equal(k < tree.equals ? k : k - tree.equals)
  }

  @inline(__always)
  mutating func touch(_ server: ServerID) { watch.touch(server) }

  mutating func changed(_ changes: FleetChanges, in view: borrowing View) {
    catchUp(view)
    look(at: changes, in: view)
    watch.settle(view)
  }

  /// Looks again at those that were touched, then at those that are or were out for one request.
  @inline(__always)
  private mutating func catchUp(_ view: borrowing View) {
    for server in watch.touched {
      if order == .untouched { requeue(server) }
      update(server, in: view)
    }
    if view.isFiltered || !watch.passing.isEmpty { lookAtTried(view) }
  }

  @inline(never)
  private mutating func lookAtTried(_ view: borrowing View) {
    for server in watch.passing + view.tried.map({ ServerID(Int($0)) }) { update(server, in: view) }
  }

  /// Looks at servers that changed; those that are new go to the end, in declared order.
  @inline(never)
  private mutating func look(at changes: FleetChanges, in view: borrowing View) {
    for server in changes.servers(in: view) {
      if order == .untouched { follow(server, isThere: view.place(of: server) != nil) }
      tree[server.index] = key(server, in: view)
    }
  }

  private mutating func follow(_ server: ServerID, isThere: Bool) {
    guard isThere != (turns[server] > 0) else { return }
    if isThere { touches += 1 }
    turns[server] = isThere ? touches : 0
  }

  /// A server that was touched goes to the end.
  @inline(__always)
  private mutating func requeue(_ server: ServerID) {
    guard turns[server] > 0 else { return }
    touches += 1
    turns[server] = touches
  }

  /// When a server was touched last, counted from one, if that decides between equals.
  @inline(__always)
  func turn(_ server: ServerID) -> Int { turns[server] }

  @inline(__always)
  private mutating func update(_ server: ServerID, in view: borrowing View) {
    tree[server.index] = key(server, in: view)
  }

  @inline(__always)
  private func key(_ server: ServerID, in view: borrowing View) -> Key? {
    guard let place = view.place(of: server), view.accepts(place) else { return nil }
    return Key(cost: cost.value(of: place, in: view), turn: turn(server))
  }

  /// Whether the tree knows the truth about a server; else something changed that nobody told.
  @inline(__always)
  private func isUpToDate(_ server: Int, in view: borrowing View) -> Bool {
    guard let known = tree[server], let now = key(ServerID(server), in: view) else { return false }
    return !(known < now) && !(now < known)
  }

  func compared(_ found: Int, in view: borrowing View) -> [Int] { Array(0..<view.count) }

  func search(_ count: Int, in view: borrowing View) -> String {
    switch count {
    case view.count: "all \(count), by a tournament"
    case 1: "the only one that accepts it"
    default: "the \(count) that accept it"
    }
  }

  func terms(_ place: Int, in view: borrowing View) -> String {
    order == .untouched ? "touch \(turn(view.id(place)))" : ""
  }
}
