import Simulation

/// The ring of memcached's clients: 160 points of MD5 for each unit of weight.
public struct Ketama: Keyed {
  /// The name it is typed by.
  public static let name = "ketama"
  /// What it does, in a sentence.
  public static let summary = "A ring of 160 points a server by MD5, as in memcached."
  /// What `help` says.
  public static let details = StrategyDetails(
    rule: """
      The digests md5("ADDRESS-i"), i from 0 to 40 × weight - 1, are four 32-bit points each, \
      lowest byte first. A key goes to the first point at or after the first 32 bits of md5(key); \
      where that server does not accept, to the next point. A request without a key is hashed by \
      its number.
      """,
    source: """
      libketama (Jones, 2007). There a server has 40 × servers × weight ÷ sum of weights digests, \
      rounded down: the same for equal weights, but then a newcomer moves everybody's points.
      """,
    ties: "Points with the same hash: the first declared server's. No draws.",
    failure: "MD5 costs more than it brings; a popular key overloads one server.",
    lesson: "09")

  package private(set) var order = HashRing(width: 32)

  /// With no servers yet.
  public init() {}

  func key(_ text: [UInt8]) -> UInt64 { UInt64(Hash.md5(text)[0]) }

  func key(without request: borrowing Request, using random: inout RandomStream) -> UInt64? {
    Hash.mix(request.id.number) >> 32
  }

  /// Hashes the servers that are new.
  public mutating func changed(_ changes: FleetChanges, in view: borrowing View) {
    order.follow(changes, in: view, perUnit: 160) { _, address, count in
      let stem = address + Array("-".utf8)
      return (0..<max(1, (count + 2) / 4)).flatMap {
        Hash.md5(stem + Array(String($0).utf8)).map { UInt64($0) }
      }
    }
  }
}
