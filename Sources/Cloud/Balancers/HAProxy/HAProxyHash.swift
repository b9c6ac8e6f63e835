import Simulation

/// HAProxy's `balance hash` with `hash-type map-based`.
public struct HAProxyHash: HAProxyKeyed {
  /// The name it is typed by.
  public static let name = "haproxy.hash"
  /// What it does, in a sentence.
  public static let summary = "The key's hash modulo the sum of weights, by a map."
  /// What `help` says.
  public static let details = StrategyDetails(
    rule: """
      The map has W slots, W the sum of weights ÷ their greatest common divisor, filled as \
      static-rr takes turns: score += weight for all, the largest ⌊(score + W) ÷ W⌋ wins, its \
      score -= W. A key goes to slot hash(key) mod W; where that server is full, it waits for \
      it. A request without a key takes the next slot in turn whose server has room; where there \
      is one server only, it waits for it.
      """,
    source: "HAProxy 2.6, lb_map.c, hash.c. Weights are rounded, from 1 to 256.",
    ties: "Equal values while the map is filled: the first in declared order. No draws.",
    failure: """
      One server more or less moves nearly every key; without avalanche, keys that differ in their \
      last digits take turns instead of being spread.
      """,
    lesson: "09")
  /// What can be set.
  public static var parameters: [Parameter<Self>] {
    hashParameters + [backupParameter]
  }

  /// What makes a number of a key.
  public var hash: HAProxyKey.Function {
    get { numbering.function }
    set { numbering.function = newValue }
  }

  /// Whether that number is mixed once more.
  public var avalanche: HAProxyKey.Avalanche {
    get { numbering.avalanche }
    set { numbering.avalanche = newValue }
  }

  /// Which backups serve when no other server is there.
  public var backups = HAProxyBackups.first

  private(set) var numbering = HAProxyKey()
  private(set) var order = HAProxyMap()
  /// The slot whose turn is next for a request without a key.
  private var turn = 0

  /// By sdbm, without avalanche.
  public init() {}

  func takes(_ place: Int, in view: borrowing View) -> Bool { !view.wasTried(place) }

  func key(without request: borrowing Request, using random: inout RandomStream) -> UInt32? {
    order.slots.count == 1 ? 0 : nil
  }

  /// Builds the map anew when servers or weights changed.
  public mutating func changed(_ changes: FleetChanges, in view: borrowing View) {
    order.follow(view)
  }

  mutating func pickOtherwise(
    for request: borrowing Request, from view: borrowing View, using random: inout RandomStream
  ) -> Int? {
    if turn >= order.slots.count { turn = 0 }
    for _ in order.slots.indices {
      let server = order.slots[turn]
      turn = turn + 1 < order.slots.count ? turn + 1 : 0
      if let place = view.place(of: server), view.accepts(place) { return place }
    }
    return view.firstAccepting
  }

  func searchOtherwise(_ request: borrowing Request) -> String {
    "the next slot of the map in turn"
  }
}
