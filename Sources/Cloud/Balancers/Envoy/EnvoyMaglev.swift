import Simulation

/// Envoy's Maglev: servers in the order of their addresses, weights whole.
public struct EnvoyMaglev: Keyed {
  /// The name it is typed by.
  public static let name = "envoy.maglev"
  /// What it does, in a sentence.
  public static let summary = "A table that the servers fill in turns by weight."
  /// What `help` says.
  public static let details = StrategyDetails(
    rule: """
      Servers sorted by address fill M slots, M prime: offset = xxh64(address) mod M, skip = \
      xxh64(address, seed 1) mod (M - 1) + 1; in round t a server has a turn when t × weight ≥ \
      turns it had × the largest weight. A key goes to slot xxh64(key) mod M, its k-th retry to \
      slot (hash xor -k) mod M, again until a server accepts. Without a key the hash is random.
      """,
    source: "Envoy, maglev_lb.cc and thread_aware_lb_impl.cc. Weights are rounded, from 1.",
    ties: """
      A free slot is the first one's who comes to it. No draws; one for a request without a key.
      """,
    failure: "The table is filled anew at each change, and a few keys of other servers move.",
    lesson: "09")
  /// What can be set.
  public static var parameters: [Parameter<Self>] {
    [
      Parameter(
        "table-size", \.tableSize, in: 2...5_000_011,
        "Slots of the table; the next prime from there is taken.")
    ]
  }

  /// Slots of the table, a prime number.
  public var tableSize = 65_537 {
    didSet { tableSize = MaglevTable.prime(from: tableSize) }
  }

  package private(set) var order = MaglevTable()
  /// The servers in the view, in the order of their addresses.
  private var line: [(address: [UInt8], server: ServerID)] = []

  /// With a table of 65 537 slots.
  public init() {}

  func key(without request: borrowing Request, using random: inout RandomStream) -> UInt64? {
    random.next()
  }

  /// Fills the table anew, O(M log M), when servers or weights changed.
  public mutating func changed(_ changes: FleetChanges, in view: borrowing View) {
    let servers = changes.servers(in: view)
    order.forget(servers)
    line = changes.isEverything ? [] : line.filter { !servers.contains($0.server) }
    for server in servers {
      if let place = view.place(of: server) { line.append((view.address(place), server)) }
    }
    line.sort {
      $0.address == $1.address
        ? $0.server < $1.server : $0.address.lexicographicallyPrecedes($1.address)
    }
    let shares = view.envoyShares
    var entries: [MaglevTable.Entry] = []
    for (_, server) in line {
      guard let place = view.place(of: server) else { continue }
      entries.append(order.entry(place, in: view, weight: shares[place], size: tableSize))
    }
    order.follow(entries, size: tableSize)
  }
}

extension View {
  /// What Envoy calls normalised weights, by place: each whole weight by the sum of all.
  var envoyShares: [Double] {
    let weights = wholeWeights()
    let sum = weights.reduce(0) { $0 + Double($1) }
    return weights.map { Double($0) / sum }
  }
}
