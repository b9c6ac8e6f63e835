import Cloud
import Simulation
import TestSupport
import Testing

/// Rings, tables and detours that Envoy's own tests expect, when they are at hand.
@Suite("As Envoy hashes")
struct EnvoyHashVectorTests {
  private struct Recording<Case: Decodable>: Decodable {
    var cases: [Case]
  }

  private struct Server: Decodable {
    var key: String
    var weight: Double

    enum CodingKeys: String, CodingKey {
      case key, weight
    }

    /// A weight may be "2/9" of all, or "locality weight 8" for the one server of a locality.
    init(from decoder: any Decoder) throws {
      let values = try decoder.container(keyedBy: CodingKeys.self)
      key = try values.decode(String.self, forKey: .key)
      if let number = try? values.decode(Double.self, forKey: .weight) {
        weight = number
      } else {
        let text = try values.decode(String.self, forKey: .weight)
        let word = text.split(separator: " ").last?.split(separator: "/").first ?? ""
        weight = try #require(Double(word))
      }
    }
  }

  private struct Lookup: Decodable {
    var hash: UInt64
    var expected: Int
    var attempt: Int?
    var reject: Rejected?

    enum CodingKeys: String, CodingKey {
      case hash, expected, reject
      case attempt = "retry_count"
    }
  }

  private enum Rejected: Decodable {
    case all
    case some([Int])

    init(from decoder: any Decoder) throws {
      let value = try decoder.singleValueContainer()
      if let list = try? value.decode([Int].self) { self = .some(list) } else { self = .all }
    }

    func contains(_ server: Int) -> Bool {
      switch self {
      case .all: true
      case .some(let list): list.contains(server)
      }
    }
  }

  private struct Case: Decodable {
    struct Sweep: Decodable {
      var n: UInt64
      var counts: [Int]

      enum CodingKeys: String, CodingKey {
        case n
        case counts = "expected_counts"
      }
    }

    var name: String
    var hash: String?
    var minRing: Int?
    var maxRing: Int?
    var tableSize: Int?
    var servers: [Server]
    var ring: [[UInt64]]?
    var table: [Int]?
    var lookups: [Lookup]
    var events: [Lookup]
    var sweep: Sweep?

    enum CodingKeys: String, CodingKey {
      case name, hash, servers, ring, lookups, events, sweep
      case table = "expected"
      case minRing = "min_ring_size"
      case maxRing = "max_ring_size"
      case tableSize = "table_size"
    }

    init(from decoder: any Decoder) throws {
      let values = try decoder.container(keyedBy: CodingKeys.self)
      name = try values.decode(String.self, forKey: .name)
      hash = try values.decodeIfPresent(String.self, forKey: .hash)
      minRing = try values.decodeIfPresent(Int.self, forKey: .minRing)
      maxRing = try values.decodeIfPresent(Int.self, forKey: .maxRing)
      tableSize = try values.decodeIfPresent(Int.self, forKey: .tableSize)
      ring = try values.decodeIfPresent([[UInt64]].self, forKey: .ring)
      table = try? values.decode([Int].self, forKey: .table)
      lookups = try values.decodeIfPresent([Lookup].self, forKey: .lookups) ?? []
      events = try values.decodeIfPresent([Lookup].self, forKey: .events) ?? []
      sweep = try values.decodeIfPresent(Sweep.self, forKey: .sweep)
      servers = (try? values.decode([Server].self, forKey: .servers)) ?? []
    }

    var view: [ViewServer] { servers.map { ViewServer(weight: $0.weight, address: $0.key) } }
  }

  /// 1024 servers: the first alone in a locality of weight 127, the others in one of weight 1.
  private static let lopsided = (0..<1024).map { index in
    ViewServer(weight: index == 0 ? 127 * 1023 : 1, address: "127.0.0.1:\(index)")
  }

  /// The server of a hash when the first tries meet servers that are rejected.
  private func server<Order: KeyOrder>(_ lookup: Lookup, _ order: Order) throws -> Int
  where Order.Key == UInt64 {
    let first = try #require(order.first(for: lookup.hash))
    var step = first
    for _ in 0..<(lookup.attempt ?? 0) {
      guard lookup.reject?.contains(order.server(at: step).index) == true else { break }
      // A walk ends where it began; Envoy's retries go round again.
      step = order.next(after: step) ?? first
    }
    return order.server(at: step).index
  }

  private func ring(_ item: Case) -> HashRing {
    var balancer = EnvoyRingHash()
    balancer.minRingSize = item.minRing ?? 1024
    balancer.maxRingSize = item.maxRing ?? 1 << 23
    balancer.hash = item.hash == "murmur2" ? .murmur2 : .xxh64
    View.with(item.servers.isEmpty ? Self.lopsided : item.view) {
      balancer.changed(.everything, in: $0)
    }
    return balancer.order
  }

  @Test(.enabled(if: Vectors.has("balancing/envoy_ring_hash.json"), "\(Vectors.missing)"))
  func `ring hash`() throws {
    let cases = try Vectors.decode(Recording<Case>.self, from: "balancing/envoy_ring_hash.json")
      .cases
    #expect(cases.count >= 12)
    let basic = ring(try #require(cases.first { $0.name == "Basic" }))
    for item in cases {
      let isRetry = item.name == "BasicWithRetryHostPredicate"
      let ring = isRetry ? basic : ring(item)
      if let points = item.ring {
        #expect(ring.points.map { [$0.hash, UInt64($0.server)] } == points, "\(item.name)")
      }
      for lookup in item.lookups + item.events {
        #expect(try server(lookup, ring) == lookup.expected, "\(item.name) \(lookup.hash)")
      }
      if let sweep = item.sweep {
        var counts = item.servers.map { _ in 0 }
        for index in 0..<sweep.n {
          let step = try #require(ring.first(for: index * (UInt64.max / sweep.n)))
          counts[ring.server(at: step).index] += 1
        }
        #expect(counts == sweep.counts, "\(item.name)")
      }
      if item.name == "LopsidedWeightSmallScale" {
        #expect(ring.points.count == 1024)
        #expect(ring.points.count { $0.server == 0 } == 1016)
        #expect(item.lookups.count == 8)
      }
    }
  }

  private func table(_ size: Int?, _ servers: [ViewServer]) -> MaglevTable {
    var balancer = EnvoyMaglev()
    balancer.tableSize = size ?? 65_537
    View.with(servers) { balancer.changed(.everything, in: $0) }
    return balancer.order
  }

  @Test(.enabled(if: Vectors.has("balancing/envoy_maglev.json"), "\(Vectors.missing)"))
  func `Maglev`() throws {
    let cases = try Vectors.decode(Recording<Case>.self, from: "balancing/envoy_maglev.json").cases
    #expect(cases.count >= 7)
    let basic = try #require(cases.first { $0.name == "Basic" })
    for item in cases {
      switch item.name {
      case "BasicWithRetryHostPredicate":
        let table = table(basic.tableSize, basic.view)
        for event in item.events { #expect(try server(event, table) == event.expected) }
        #expect(item.events.count == 4)
      case "LocalityWeightedLopsided":
        var counts = Self.lopsided.map { _ in 0 }
        for slot in table(item.tableSize, Self.lopsided).slots { counts[Int(slot)] += 1 }
        #expect(counts == [64_514] + Array(repeating: 1, count: 1023))
      default:
        let expected = try #require(item.table)
        #expect(
          table(item.tableSize, item.view).slots.map { Int($0) } == expected, "\(item.name)")
      }
    }
  }

  private struct Detour: Decodable {
    var name: String
    var servers: Int?
    var ring: [Int]?
    var overload: [String: Double]?
    var others: Double?
    var active: [String: Int]?
    var seeds: [Seed]
    var events: [Int]
    var orders: [[Int]]
    var expected: [Int]

    struct Seed: Decodable {
      var seed: UInt32
      var n: Int
    }

    enum CodingKeys: String, CodingKey {
      case name, servers, ring, overload, others, active, events, expected
    }

    init(from decoder: any Decoder) throws {
      let values = try decoder.container(keyedBy: CodingKeys.self)
      name = try values.decode(String.self, forKey: .name)
      servers = try values.decodeIfPresent(Int.self, forKey: .servers)
      ring = try values.decodeIfPresent([Int].self, forKey: .ring)
      overload = try values.decodeIfPresent([String: Double].self, forKey: .overload)
      others = try values.decodeIfPresent(Double.self, forKey: .others)
      active = try values.decodeIfPresent([String: Int].self, forKey: .active)
      seeds = (try? values.decode([Seed].self, forKey: .events)) ?? []
      events = (try? values.decode([Int].self, forKey: .events)) ?? []
      orders = (try? values.decode([[Int]].self, forKey: .expected)) ?? []
      expected = (try? values.decode([Int].self, forKey: .expected)) ?? []
    }

    /// How overloaded a server is; each of the five servers has one slot where none is said.
    func load(_ server: Int) -> Double {
      if let active { return Double(active["\(server)"] ?? 0) }
      return overload?["\(server)"] ?? others ?? 0
    }
  }

  @Test(.enabled(if: Vectors.has("balancing/envoy_bounded_load.json"), "\(Vectors.missing)"))
  func `bounded loads`() throws {
    let cases = try Vectors.decode(
      Recording<Detour>.self, from: "balancing/envoy_bounded_load.json"
    )
    .cases
    #expect(cases.count >= 7)
    for item in cases {
      #expect(item.seeds.map { Array(SeededShuffle($0.n, seed: $0.seed)) } == item.orders)
      for (hash, expected) in zip(item.events, item.expected) {
        let ring = try #require(item.ring)
        let count = try #require(item.servers)
        let chosen = SeededShuffle.detour(
          from: ring[hash % ring.count], among: count, hash: UInt64(hash)
        ) { item.load($0) }
        #expect(chosen == expected, "\(item.name) \(hash)")
      }
      #expect(item.seeds.count + item.events.count > 0)
    }
  }
}
