import Simulation

/// How servers are found that a rule then looks at.
protocol Candidates: Sendable {
  /// Draws up the list for one pick and returns its length, which is at least 1.
  mutating func find(
    for request: borrowing Request, in view: borrowing View, using random: inout RandomStream
  ) -> Int
  /// The place in the view of the list's k-th entry.
  subscript(_ k: Int) -> Int { get }
  /// Follows a change of the fleet; nothing by default.
  mutating func changed(_ view: borrowing View)
  /// How a list of that length was found, such as "2 of 5 at random".
  func search(_ count: Int, in view: borrowing View) -> String
  /// What made a candidate likely, such as "weight 5"; empty by default.
  func terms(_ place: Int, in view: borrowing View) -> String
}

extension Candidates {
  mutating func changed(_ view: borrowing View) {}
  func terms(_ place: Int, in view: borrowing View) -> String { "" }
}

/// All servers, in declared order.
struct Everyone: Candidates {
  @inline(__always)
  mutating func find(
    for request: borrowing Request, in view: borrowing View, using random: inout RandomStream
  ) -> Int { view.count }

  @inline(__always)
  subscript(_ k: Int) -> Int { k }

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
  private var chosen = 0

  @inline(__always)
  mutating func find(
    for request: borrowing Request, in view: borrowing View, using random: inout RandomStream
  ) -> Int {
    chosen = next < view.count ? next : 0
    next = chosen + 1
    last = view.id(chosen)
    return 1
  }

  @inline(__always)
  subscript(_ k: Int) -> Int { chosen }

  /// Finds the place after the last server again, by halving; places are in the order of servers.
  mutating func changed(_ view: borrowing View) {
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

/// Some distinct servers, each set and order equally likely; one draw each.
///
/// The k-th is drawn from those that are left, so no draw is ever repeated.
struct Drawn: Candidates {
  /// How many, at least 1; all of them when there are fewer.
  var size: Int
  private var first = 0
  private var second = 0
  private var further: [Int] = []
  private var sorted: [Int] = []

  init(_ size: Int) { self.size = size }

  @inline(__always)
  mutating func find(
    for request: borrowing Request, in view: borrowing View, using random: inout RandomStream
  ) -> Int {
    let count = min(size, view.count)
    first = random.index(below: view.count)
    guard count > 1 else { return 1 }
    second = random.index(below: view.count - 1)
    if second >= first { second += 1 }
    if count > 2 { findFurther(count, of: view.count, using: &random) }
    return count
  }

  /// Draws the third and further ones; O(count²), which for a few is the fastest.
  @inline(never)
  private mutating func findFurther(_ count: Int, of all: Int, using random: inout RandomStream) {
    further.removeAll(keepingCapacity: true)
    sorted.removeAll(keepingCapacity: true)
    sorted.append(min(first, second))
    sorted.append(max(first, second))
    for drawn in 2..<count {
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
  subscript(_ k: Int) -> Int { k > 1 ? further[k - 2] : k == 1 ? second : first }

  func search(_ count: Int, in view: borrowing View) -> String {
    "\(count) of \(view.count) at random"
  }
}
