import Cloud
import Simulation
import TestSupport
import Testing

/// Who has a key, as recorded from nginx, HAProxy and libketama, when the recordings are at hand.
@Suite("As products hash")
struct HashVectorTests {
  private struct Recording<Case: Decodable>: Decodable {
    var cases: [Case]
  }

  private struct Server: Decodable {
    var id: String?
    var name: String?
    var weight: Double
    var down: Bool?
  }

  private struct Keys: Decodable {
    var name: String
    var method: String?
    var hashType: String?
    var servers: [Server]
    var expected: [String: String]

    enum CodingKeys: String, CodingKey {
      case name, method, servers, expected
      case hashType = "hash_type"
    }

    /// A server that is down is in nginx's list and not in HAProxy's.
    func bench(_ balancer: any Balancer, listsDown: Bool) -> Bench {
      var bench = Bench(
        balancer, servers: servers.map { ViewServer(weight: $0.weight, address: $0.name) })
      let down = servers.indices.filter { servers[$0].down == true }
      if listsDown {
        bench.tried = down
      } else {
        bench.eligible = servers.indices.filter { !down.contains($0) }
        bench.change()
      }
      return bench
    }

    func compare(_ bench: Bench) {
      var wrong: [String] = []
      for (key, server) in expected {
        var bench = bench
        let chosen = bench.choose(key: key).map { servers[$0].id ?? servers[$0].name }
        if chosen != server { wrong.append(key) }
      }
      #expect(wrong.isEmpty, "\(name): \(wrong.count) of \(expected.count)")
      #expect(!expected.isEmpty)
    }
  }

  @Test(.enabled(if: Vectors.has("balancing/nginx_hash.json"), "\(Vectors.missing)"))
  func `nginx hash, plain and consistent`() throws {
    let cases = try Vectors.decode(Recording<Keys>.self, from: "balancing/nginx_hash.json").cases
    #expect(cases.count >= 4)
    for item in cases {
      var balancer = NginxHash()
      balancer.method = item.method == "hash consistent" ? .consistent : .plain
      item.compare(item.bench(balancer, listsDown: true))
    }
  }

  @Test(
    .enabled(if: Vectors.has("balancing/nginx_hash_consistent_pingora.json"), "\(Vectors.missing)"))
  func `nginx hash consistent, as Pingora recorded it`() throws {
    let cases = try Vectors.decode(
      Recording<Keys>.self, from: "balancing/nginx_hash_consistent_pingora.json"
    ).cases
    #expect(cases.map(\.expected.count) == [1001, 6])
    for item in cases {
      var balancer = NginxHash()
      balancer.method = .consistent
      item.compare(item.bench(balancer, listsDown: true))
    }
  }

  @Test(.enabled(if: Vectors.has("balancing/nginx_ip_hash.json"), "\(Vectors.missing)"))
  func `nginx ip_hash`() throws {
    let cases = try Vectors.decode(Recording<Keys>.self, from: "balancing/nginx_ip_hash.json").cases
    #expect(cases.count >= 3)
    for item in cases { item.compare(item.bench(NginxIPHash(), listsDown: true)) }
  }

  @Test(.enabled(if: Vectors.has("balancing/haproxy_hash.json"), "\(Vectors.missing)"))
  func `HAProxy hash, map-based and consistent`() throws {
    let cases = try Vectors.decode(Recording<Keys>.self, from: "balancing/haproxy_hash.json").cases
    #expect(cases.count >= 11)
    for item in cases {
      let words = try #require(item.hashType).split(separator: " ")
      let function = try #require(HAProxyKey.Function(rawValue: String(words[1])))
      let avalanche = words.count > 2 ? HAProxyKey.Avalanche.on : .off
      if words[0] == "map-based" {
        var balancer = HAProxyHash()
        balancer.hash = function
        balancer.avalanche = avalanche
        item.compare(item.bench(balancer, listsDown: false))
      } else {
        var balancer = HAProxyConsistent()
        balancer.hash = function
        balancer.avalanche = avalanche
        item.compare(item.bench(balancer, listsDown: false))
      }
    }
  }

  private struct Bounded: Decodable {
    var name: String
    var factor: Int
    var servers: [Server]
    var events: [[String]]
    var expected: [String]

    enum CodingKeys: String, CodingKey {
      case name, servers, events, expected
      case factor = "hash_balance_factor"
    }
  }

  @Test(.enabled(if: Vectors.has("balancing/haproxy_bounded_load.json"), "\(Vectors.missing)"))
  func `HAProxy's bounded loads, event by event`() throws {
    let cases = try Vectors.decode(
      Recording<Bounded>.self, from: "balancing/haproxy_bounded_load.json"
    ).cases
    #expect(cases.count >= 3)
    for item in cases {
      var balancer = HAProxyConsistent()
      balancer.balanceFactor = item.factor
      var bench = Bench(balancer, servers: item.servers.map { ViewServer(weight: $0.weight) })
      var open: [String: [Int]] = [:]
      var chosen: [String?] = []
      for event in item.events {
        if event[0] == "close" {
          if let server = open[event[1]]?.popLast() { bench.active[server] -= 1 }
          chosen.append(nil)
          continue
        }
        let picked = bench.choose(key: event[1])
        let server = try #require(picked)
        chosen.append(item.servers[server].id)
        guard event[0] == "open" else { continue }
        bench.active[server] += 1
        open[event[1], default: []].append(server)
      }
      #expect(chosen == item.expected.map { $0 }, "\(item.name)")
    }
  }

  private struct Histogram: Decodable {
    var name: String
    var servers: [Server]
    var picks: Int
    var counts: [String: Int]
  }

  /// χ² of two samples; with two degrees of freedom 13.8 is passed once in a thousand.
  @Test(.enabled(if: Vectors.has("balancing/haproxy_random_histograms.json"), "\(Vectors.missing)"))
  func `HAProxy's random`() throws {
    let cases = try Vectors.decode(
      Recording<Histogram>.self, from: "balancing/haproxy_random_histograms.json"
    ).cases
    #expect(cases.count >= 2)
    for item in cases {
      var balancer = HAProxyRandom()
      balancer.draws = item.name.hasPrefix("rnd1") ? 1 : 2
      var bench = Bench(balancer, servers: item.servers.map { ViewServer(weight: $0.weight) })
      var counts = item.servers.map { _ in 0.0 }
      for server in bench.picks(item.picks) { counts[server] += 1 }
      var distance = 0.0
      for (server, count) in zip(item.servers, counts) {
        let recorded = Double(try #require(item.counts[server.id ?? ""]))
        distance += (count - recorded) * (count - recorded) / (count + recorded)
      }
      #expect(distance < 13.8, "\(item.name): \(counts)")
    }
  }

  private struct Table: Decodable {
    var name: String
    var servers: [String]
    var expected: [String: Owner]
    var maxPoint: UInt64?

    enum CodingKeys: String, CodingKey {
      case name, servers, expected
      case maxPoint = "max_point"
    }
  }

  /// A server's name or place.
  private enum Owner: Decodable {
    case name(String)
    case place(Int)

    init(from decoder: any Decoder) throws {
      let value = try decoder.singleValueContainer()
      if let place = try? value.decode(Int.self) {
        self = .place(place)
      } else {
        self = .name(try value.decode(String.self))
      }
    }

    func place(in servers: [String]) -> Int? {
      switch self {
      case .name(let name): servers.firstIndex(of: name)
      case .place(let place): place
      }
    }
  }

  @Test(.enabled(if: Vectors.has("balancing/ketama.json"), "\(Vectors.missing)"))
  func `ketama, as memcached's clients have it`() throws {
    let cases = try Vectors.decode(Recording<Table>.self, from: "balancing/ketama.json").cases
    #expect(cases.map(\.expected.count) == [3241, 6, 7])
    for item in cases {
      let servers = item.servers.map { ViewServer(weight: 1, address: $0) }
      View.with(servers) { view in
        var balancer = Ketama()
        balancer.changed(.everything, in: view)
        var wrong = 0
        for (key, owner) in item.expected {
          let place = balancer.owner(of: Array(key.utf8), in: view)
          if place != owner.place(in: item.servers) { wrong += 1 }
        }
        #expect(wrong == 0, "\(item.name)")
        if let largest = item.maxPoint { #expect(balancer.order.points.last?.hash == largest) }
      }
    }
  }

  private struct Jumps: Decodable {
    var key: UInt64?
    var buckets: Int?
    var expected: Expected
    var isGolden: Bool

    enum Expected: Equatable {
      case one(Int)
      case list([Int])
    }

    enum CodingKeys: String, CodingKey {
      case key, buckets, expected, name
      case each = "expected_for_buckets_1_to_n"
    }

    init(from decoder: any Decoder) throws {
      let values = try decoder.container(keyedBy: CodingKeys.self)
      key = try values.decodeIfPresent(UInt64.self, forKey: .key)
      buckets = try values.decodeIfPresent(Int.self, forKey: .buckets)
      isGolden = values.contains(.name)
      if let list = try values.decodeIfPresent([Int].self, forKey: .each) {
        expected = .list(list)
      } else if let one = try? values.decode(Int.self, forKey: .expected) {
        expected = .one(one)
      } else {
        expected = .list(try values.decode([Int].self, forKey: .expected))
      }
    }
  }

  @Test(.enabled(if: Vectors.has("balancing/jump_hash.json"), "\(Vectors.missing)"))
  func `jump hash, as the reference code has it`() throws {
    let cases = try Vectors.decode(Recording<Jumps>.self, from: "balancing/jump_hash.json").cases
    #expect(cases.count >= 11)
    for item in cases {
      switch (item.expected, item.key, item.buckets) {
      case (.one(let bucket), .some(let key), .some(let count)):
        #expect(Buckets.bucket(of: key, among: count) == bucket)
      case (.list(let list), .some(let key), nil):
        #expect(list.indices.map { Buckets.bucket(of: key, among: $0 + 1) } == list)
      case (.list(let list), nil, .some(let count)):
        #expect(list.indices.map { Buckets.bucket(of: UInt64($0), among: count) } == list)
      default: Issue.record("an unknown kind of case")
      }
    }
  }

  private struct Population: Decodable {
    var name: String
    var permutations: [[Int]]
    var dead: [Int]
    var expected: [Int]
  }

  @Test(.enabled(if: Vectors.has("balancing/maglev_reference.json"), "\(Vectors.missing)"))
  func `Maglev tables of the paper and of go-maglev`() throws {
    let cases = try Vectors.decode(
      Recording<Population>.self, from: "balancing/maglev_reference.json"
    ).cases
    #expect(cases.count >= 4)
    for item in cases {
      let entries = item.permutations.indices.filter { !item.dead.contains($0) }.map { server in
        let order = item.permutations[server]
        return MaglevTable.Entry(
          server: ServerID(server), offset: order[0],
          skip: (order[1] - order[0] + order.count) % order.count, weight: 1)
      }
      let table = MaglevTable(size: item.expected.count, entries)
      #expect(table.slots.map { Int($0) } == item.expected, "\(item.name)")
    }
  }
}
