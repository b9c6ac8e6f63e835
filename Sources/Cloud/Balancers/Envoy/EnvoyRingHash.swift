import Simulation

/// Envoy's ring hash.
public struct EnvoyRingHash: Keyed {
  /// The name it is typed by.
  public static let name = "envoy.ring-hash"
  /// What it does, in a sentence.
  public static let summary = "A ring whose size gives the least weight whole points."
  /// What `help` says.
  public static let details = StrategyDetails(
    rule: """
      With w the smallest share of all weights, scale = min(⌈w × min-ring-size⌉ ÷ w, \
      max-ring-size); servers in declared order get points until their number reaches scale × the \
      shares so far. Point i is hash("ADDRESS_i"). A key goes to the first point at or after \
      xxh64(key), its k-th retry k points on, again until a server accepts. Without a key the hash \
      is random.
      """,
    source: """
      Envoy, ring_hash_lb.cc and thread_aware_lb_impl.cc; gRPC's ring_hash has the same ring. \
      Weights are rounded, from 1.
      """,
    ties: "None in practice. No draws; one for a request without a key.",
    failure: """
      A retry k points on may meet the same server again; one server more changes the number of \
      everybody's points a little.
      """,
    lesson: "09")
  /// What can be set.
  public static var parameters: [Parameter<Self>] {
    [
      Parameter(
        "min-ring-size", \.minRingSize, in: 1...HashRing.limit, "Points there are at least."),
      Parameter(
        "max-ring-size", \.maxRingSize, in: 1...HashRing.limit, "Points there are at most."),
      Parameter("hash", \.hash, "What places a server's points."),
    ]
  }

  /// What places points.
  public enum Function: String, CaseIterable, Sendable {
    /// 64-bit xxHash.
    case xxh64
    /// 64-bit MurmurHash2 with libstdc++'s seed.
    case murmur2
  }

  /// Points there are at least.
  public var minRingSize = 1024
  /// Points there are at most.
  public var maxRingSize = HashRing.limit
  /// What places a server's points; keys always go by xxHash.
  public var hash = Function.xxh64 {
    didSet { order = HashRing(width: 64) }
  }

  package private(set) var order = HashRing(width: 64)

  /// With 1024 points at least.
  public init() {}

  func key(without request: borrowing Request, using random: inout RandomStream) -> UInt64? {
    random.next()
  }

  /// Hashes the servers that are new or have another number of points.
  public mutating func changed(_ changes: FleetChanges, in view: borrowing View) {
    let shares = view.envoyShares
    let smallest = shares.min() ?? 1
    let scale = min(
      (smallest * Double(minRingSize)).rounded(.up) / smallest, Double(maxRingSize))
    var target = 0.0
    var placed = 0
    let counts = shares.map { share in
      target += scale * share
      let count = max(0, Int(target.rounded(.up)) - placed)
      placed += count
      return count
    }
    let function = hash
    let made: HashRing.Maker = { _, address, count in
      HashRing.numbered(address, count) {
        switch function {
        case .xxh64: Hash.xxh64($0)
        case .murmur2: Hash.murmur2($0)
        }
      }
    }
    let servers = FleetChanges.everything.servers(in: view)
    order.follow(servers, in: view, counts: { counts[$0] }, hashes: made)
  }
}
