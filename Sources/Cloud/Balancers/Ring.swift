import Simulation

/// The server whose point on a circle comes first after the key's hash.
public struct Ring: Keyed {
  /// The name it is typed by.
  public static let name = "ring"
  /// What it does, in a sentence.
  public static let summary = "The first of the servers' points after the key's hash."
  /// What `help` says.
  public static let details = StrategyDetails(
    rule: """
      Point i of a server is xxh64("ADDRESS_i") on a circle of 64-bit hashes, for i from 0 to \
      points × weight - 1. A key goes to the first point at or after xxh64(key); where that server \
      does not accept, to the next point. A request without a key is hashed by its number.
      """,
    source: """
      Karger and others, Consistent Hashing and Random Trees (1997); points named as in Envoy's \
      ring_hash_lb.cc.
      """,
    ties: "Points with the same hash: the first declared server's. No draws.",
    failure: """
      Shares are uneven, by about 1 ÷ √points of each; a popular key overloads one server, and when \
      a server leaves each of its arcs falls on a single neighbour.
      """,
    lesson: "09")
  /// What can be set.
  public static var parameters: [Parameter<Self>] {
    [Parameter("points", \.points, in: 1...10_000, "Points on the ring for each unit of weight.")]
  }

  /// Points for each unit of weight.
  public var points = 160

  package private(set) var order = HashRing(width: 64)

  /// With 160 points for each unit of weight.
  public init() {}

  /// Hashes the servers that are new.
  public mutating func changed(_ changes: FleetChanges, in view: borrowing View) {
    order.follow(changes, in: view, perUnit: Double(points)) { _, address, count in
      HashRing.numbered(address, count) { Hash.xxh64($0) }
    }
  }
}

extension HashRing {
  /// The hashes of "ADDRESS_0", "ADDRESS_1" and so on.
  static func numbered(
    _ address: [UInt8], _ count: Int, separator: Character = "_", by hash: ([UInt8]) -> UInt64
  ) -> [UInt64] {
    let stem = address + Array(String(separator).utf8)
    return (0..<count).map { hash(stem + Array(String($0).utf8)) }
  }
}
