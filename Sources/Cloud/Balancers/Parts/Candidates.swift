import Simulation

/// How servers are found that a rule then looks at.
protocol Candidates: Sendable {
  /// What one pick has found.
  associatedtype Found
  /// Finds servers for one pick, at least one.
  mutating func find(
    for request: borrowing Request, in view: borrowing View, using random: inout RandomStream
  ) -> Found
  /// How many were found.
  func count(_ found: Found) -> Int
  /// The place in the view of the k-th that was found.
  func place(_ k: Int, of found: Found) -> Int
  /// Whether it wants to hear of servers whose requests changed in number; no by default.
  static var watches: Bool { get }
  /// Whether it finds a server that accepts the request whenever there is one; no by default.
  static var isExhaustive: Bool { get }
  /// How often servers are looked for while none that is found accepts the request; once by default.
  func attempts(in view: borrowing View) -> Int
  /// Hears that a server's requests changed in number, when it ``watches``; nothing by default.
  mutating func touch(_ server: ServerID)
  /// Follows a change of the fleet; nothing by default.
  mutating func changed(_ changes: FleetChanges, in view: borrowing View)
  /// The places of all that were compared, for an explanation; those found by default.
  func compared(_ found: Found, in view: borrowing View) -> [Int]
  /// How so many were found, such as "2 of 5 at random".
  func search(_ count: Int, in view: borrowing View) -> String
  /// What made a candidate likely, such as "weight 5"; empty by default.
  func terms(_ place: Int, in view: borrowing View) -> String
}

extension Candidates {
  static var watches: Bool { false }
  static var isExhaustive: Bool { false }
  func attempts(in view: borrowing View) -> Int { 1 }
  @inline(__always)
  mutating func touch(_ server: ServerID) {}
  mutating func changed(_ changes: FleetChanges, in view: borrowing View) {}

  /// Finds servers of which at least one accepts the request; nil when none was found that does.
  @inline(__always)
  mutating func findAccepting(
    for request: borrowing Request, in view: borrowing View, using random: inout RandomStream
  ) -> Found? {
    let found = find(for: request, in: view, using: &random)
    guard view.isFiltered else { return found }
    return check(found, for: request, in: view, using: &random)
  }

  @inline(never)
  private mutating func check(
    _ first: Found, for request: borrowing Request, in view: borrowing View,
    using random: inout RandomStream
  ) -> Found? {
    var found = first
    for attempt in 1...max(1, attempts(in: view)) {
      if attempt > 1 { found = find(for: request, in: view, using: &random) }
      for k in 0..<count(found) where view.accepts(place(k, of: found)) { return found }
    }
    return nil
  }

  func compared(_ found: Found, in view: borrowing View) -> [Int] {
    (0..<count(found)).map { place($0, of: found) }
  }

  func terms(_ place: Int, in view: borrowing View) -> String { "" }
}

extension Candidates where Found == Int {
  /// A single server, whose place is all there is to say.
  @inline(__always)
  func count(_ found: Int) -> Int { 1 }

  @inline(__always)
  func place(_ k: Int, of found: Int) -> Int { found }
}

/// All servers, in declared order.
struct Everyone: Candidates {
  @inline(__always)
  mutating func find(
    for request: borrowing Request, in view: borrowing View, using random: inout RandomStream
  ) -> Range<Int> { 0..<view.count }

  @inline(__always)
  func count(_ found: Range<Int>) -> Int { found.upperBound }

  @inline(__always)
  func place(_ k: Int, of found: Range<Int>) -> Int { k }

  func search(_ count: Int, in view: borrowing View) -> String {
    "all \(count), in declared order"
  }
}

/// One server: the next after the one that was last chosen, in declared order.
///
/// It goes by the server, not by its place, so that a fleet that changes neither skips nor
/// repeats anybody.
struct NextInTurn: Candidates {
  private var last = ServerID(-1)
  private var next = 0

  @inline(__always)
  mutating func find(
    for request: borrowing Request, in view: borrowing View, using random: inout RandomStream
  ) -> Int {
    let place = next < view.count ? next : 0
    next = place + 1
    last = view.id(place)
    return place
  }

  func attempts(in view: borrowing View) -> Int { view.count }

  /// Finds the place after the last server again, by halving; places are in the order of servers.
  mutating func changed(_ changes: FleetChanges, in view: borrowing View) {
    var low = 0
    var high = view.count
    while low < high {
      let middle = (low + high) / 2
      if view.id(middle) > last { high = middle } else { low = middle + 1 }
    }
    next = low
  }

  func search(_ count: Int, in view: borrowing View) -> String {
    "the next of \(view.count) in turn"
  }
}

/// Whether a server can be drawn twice for the same pick.
public enum Drawing: String, CaseIterable, Sendable {
  /// No: each is drawn from those that are left.
  case distinct
  /// Yes: each is drawn from all.
  case withReplacement = "with-replacement"
}

/// Some servers, each set and order equally likely; one draw each.
///
/// Of distinct servers the k-th is drawn from those that are left, so no draw is ever repeated.
struct Drawn: Candidates {
  /// How many, at least 1; all of them when there are fewer distinct ones.
  var size: Int
  /// Whether a server can be drawn twice.
  var draws: Drawing {
    get { removed == 1 ? .distinct : .withReplacement }
    set { removed = newValue == .distinct ? 1 : 0 }
  }
  /// How many servers a draw takes away from the next one: one, or none with replacement.
  private var removed = 1
  private var further: [Int] = []
  private var sorted: [Int] = []

  /// The third and further ones stay in the finder, so that two cost no memory.
  struct Found {
    let count: Int
    let first: Int
    let second: Int
  }

  init(_ size: Int, _ draws: Drawing = .distinct) {
    self.size = size
    self.draws = draws
  }

  @inline(__always)
  mutating func find(
    for request: borrowing Request, in view: borrowing View, using random: inout RandomStream
  ) -> Found {
    let count = removed == 1 ? min(size, view.count) : size
    let first = random.index(below: view.count)
    guard count > 1 else { return Found(count: 1, first: first, second: first) }
    let draw = random.index(below: view.count &- removed)
    // One more unless it is below the first: by the sign, for a branch could not be predicted.
    let second = draw &+ removed & (1 &+ (draw &- first) &>> 63)
    let found = Found(count: count, first: first, second: second)
    if count > 2 { findFurther(found, of: view.count, using: &random) }
    return found
  }

  /// Draws the third and further ones; O(count²), which for a few is the fastest.
  @inline(never)
  private mutating func findFurther(_ found: Found, of all: Int, using random: inout RandomStream) {
    further.removeAll(keepingCapacity: true)
    guard removed == 1 else {
      for _ in 2..<found.count { further.append(random.index(below: all)) }
      return
    }
    sorted.removeAll(keepingCapacity: true)
    sorted.append(min(found.first, found.second))
    sorted.append(max(found.first, found.second))
    for drawn in 2..<found.count {
      var place = random.index(below: all - drawn)
      var position = 0
      while position < sorted.count, place >= sorted[position] {
        place += 1
        position += 1
      }
      sorted.insert(place, at: position)
      further.append(place)
    }
  }

  @inline(__always)
  func count(_ found: Found) -> Int { found.count }

  @inline(__always)
  func place(_ k: Int, of found: Found) -> Int {
    k == 0 ? found.first : k == 1 ? found.second : further[k - 2]
  }

  func attempts(in view: borrowing View) -> Int { 20 }

  func search(_ count: Int, in view: borrowing View) -> String {
    "\(count) of \(view.count) at random\(removed == 1 ? "" : ", with replacement")"
  }
}
