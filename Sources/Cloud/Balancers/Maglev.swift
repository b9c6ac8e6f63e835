import Simulation

/// A table that the servers fill in turns, each in an order of its own.
public struct Maglev: Keyed {
  /// The name it is typed by.
  public static let name = "maglev"
  /// What it does, in a sentence.
  public static let summary = "A table that the servers fill in turns; one look-up."
  /// What `help` says.
  public static let details = StrategyDetails(
    rule: """
      Of M slots, M prime, a server prefers offset, offset + skip, offset + 2 × skip … modulo M, \
      with offset = xxh64(address) mod M and skip = xxh64(address, seed 1) mod (M - 1) + 1. In \
      turns, spread by weight, each server takes the first free slot it prefers until the table is \
      full. A key goes to slot xxh64(key) mod M; where that server does not accept, the k-th try \
      is slot (hash xor -k) mod M. A request without a key is hashed by its number.
      """,
    source: """
      Eisenbud and others, Maglev: A Fast and Reliable Software Network Load Balancer (2016); \
      hashes and weights as in Envoy's maglev_lb.cc.
      """,
    ties: "A free slot is the first one's who comes to it; turns go in declared order. No draws.",
    failure: """
      When a server leaves, a few keys of the others move too; shares are even only while M is \
      much larger than the number of servers (100 times: within 1 %).
      """,
    lesson: "09")
  /// What can be set.
  public static var parameters: [Parameter<Self>] {
    [
      Parameter(
        "size", \.size, in: 2...5_000_011, "Slots of the table; the next prime from there is taken."
      )
    ]
  }

  /// Slots of the table, a prime number.
  public var size = 65_537 {
    didSet { size = MaglevTable.prime(from: size) }
  }

  package private(set) var order = MaglevTable()

  /// With a table of 65 537 slots.
  public init() {}

  /// Fills the table anew, O(M log M), when servers or weights changed.
  public mutating func changed(_ changes: FleetChanges, in view: borrowing View) {
    order.forget(changes.servers(in: view))
    var entries: [MaglevTable.Entry] = []
    for place in 0..<view.count {
      entries.append(order.entry(place, in: view, weight: view.weight(place), size: size))
    }
    order.follow(entries, size: size)
  }
}
