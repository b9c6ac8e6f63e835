import Cloud
import Simulation
import TestSupport
import Testing

/// Sequences from the tests of Envoy and gRPC, when they are at hand.
@Suite("Turns as Envoy and gRPC test them")
struct EnvoyTurnVectorTests {
  private struct Strides: Decodable {
    struct Case: Decodable {
      struct Server: Decodable { var weight: Double }
      var name: String
      var servers: [Server]?
      var weights: [Double]?
      var picks: Int?
      var counts: [Int]?
      var expected: [Int]?
      var largest: Int?

      private enum CodingKeys: String, CodingKey {
        case name, servers, weights, picks, expected
        case counts = "expected_counts"
        case largest = "expected_counts_of_index_2"
      }

      init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        name = try values.decode(String.self, forKey: .name)
        servers = try values.decodeIfPresent([Server].self, forKey: .servers)
        // One case lists lists of weights, another says in words what is expected.
        weights = try? values.decodeIfPresent([Double].self, forKey: .weights)
        expected = try? values.decodeIfPresent([Int].self, forKey: .expected)
        picks = try values.decodeIfPresent(Int.self, forKey: .picks)
        counts = try values.decodeIfPresent([Int].self, forKey: .counts)
        largest = try values.decodeIfPresent(Int.self, forKey: .largest)
      }
    }
    var cases: [Case]
  }

  @Test(.enabled(if: Vectors.has("balancing/grpc_static_stride.json"), "\(Vectors.missing)"))
  func `static strides of gRPC`() throws {
    let file = try Vectors.decode(Strides.self, from: "balancing/grpc_static_stride.json")
    var sequences = 0
    var counted = 0
    // What C++ clamps, Go does not.
    for item in file.cases where !item.name.contains("Clamped") {
      if let weights = item.servers?.map(\.weight), let expected = item.expected {
        var strides = StaticStride(weights: weights)
        #expect(expected.map { _ in strides.next() } == expected, "\(item.name)")
        if !weights.contains(0) {
          var bench = Bench(GRPCWeighted(), active: weights.map { _ in 0 }, weights: weights)
          #expect(bench.picks(expected.count) == expected, "\(item.name)")
        }
        sequences += 1
      } else if let weights = item.weights {
        var strides = StaticStride(weights: weights)
        var counts = weights.map { _ in 0 }
        for _ in 0..<(item.picks ?? 3000) { counts[strides.next()] += 1 }
        if let largest = item.largest {
          #expect(counts[2] == largest)
        } else {
          #expect(counts == item.counts ?? [1000, 1000, 1000], "\(item.name)")
        }
        counted += 1
      }
    }
    #expect(file.cases.count >= 22)
    #expect(sequences >= 15)
    #expect(counted >= 4)
  }

  private struct Envoy: Decodable {
    struct Server: Decodable {
      var weight = 1.0

      private enum CodingKeys: String, CodingKey { case weight }

      init(from decoder: any Decoder) throws {
        guard let values = try? decoder.container(keyedBy: CodingKeys.self) else { return }
        weight = try values.decodeIfPresent(Double.self, forKey: .weight) ?? 1
      }
    }

    struct Event: Decodable {
      var servers: [Server]?
      var weights: [String: Double]?
      var factor: Double?
      var expected: [Int]

      private enum CodingKeys: String, CodingKey {
        case servers, factor, expected
        case weights = "set_weight"
      }
    }

    struct Case: Decodable {
      var name: String
      var seed: Int?
      var servers: [Server]?
      var hosts: Int?
      var events: [Event]?
      var expected: [Int]?
      var counts: [Int]?

      private enum CodingKeys: String, CodingKey {
        case name, seed, servers, hosts, events, expected
        case counts = "expected_counts"
      }

      init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        name = try values.decode(String.self, forKey: .name)
        seed = try values.decodeIfPresent(Int.self, forKey: .seed)
        servers = try values.decodeIfPresent([Server].self, forKey: .servers)
        hosts = try values.decodeIfPresent(Int.self, forKey: .hosts)
        events = try? values.decodeIfPresent([Event].self, forKey: .events)
        expected = try values.decodeIfPresent([Int].self, forKey: .expected)
        counts = try values.decodeIfPresent([Int].self, forKey: .counts)
      }
    }
    var cases: [Case]
  }

  private func bench(_ weights: [Double], seed: Int) -> Bench {
    var balancer = EnvoyRoundRobin()
    balancer.seed = seed
    return Bench(balancer, active: weights.map { _ in 0 }, weights: weights)
  }

  @Test(.enabled(if: Vectors.has("balancing/envoy_round_robin_edf.json"), "\(Vectors.missing)"))
  func `round robin of Envoy`() throws {
    let file = try Vectors.decode(Envoy.self, from: "balancing/envoy_round_robin_edf.json")
    #expect(file.cases.count >= 6)
    var compared = 0
    for item in file.cases {
      let hosts = item.hosts.map { Array(repeating: 1.0, count: $0) }
      let weights = item.servers?.map(\.weight) ?? hosts ?? []
      if let counts = item.counts {
        var first = counts.map { _ in 0 }
        for seed in 0..<counts.reduce(0, +) {
          var bench = bench(weights, seed: seed)
          first[bench.pick()] += 1
        }
        #expect(first == counts, "\(item.name)")
      } else if let expected = item.expected {
        var bench = bench(weights, seed: item.seed ?? 0)
        #expect(bench.picks(expected.count) == expected, "\(item.name)")
      } else {
        var bench = bench(weights.isEmpty ? [1] : weights, seed: item.seed ?? 0)
        for event in item.events ?? [] {
          var isRebuilt = false
          if let servers = event.servers {
            bench.servers = servers.map { ViewServer(weight: $0.weight) }
            isRebuilt = true
          }
          for (server, weight) in event.weights ?? [:] {
            bench.servers[try #require(Int(server))].spec.weight = weight
          }
          if event.servers == nil, event.weights == nil {
            bench.servers[1].spec.weight = event.factor ?? 1
            isRebuilt = true
          }
          if isRebuilt {
            let all = bench.eligible
            bench.eligible = [0]
            bench.change()
            bench.eligible = all
          }
          bench.change()
          #expect(bench.picks(event.expected.count) == event.expected, "\(item.name)")
        }
      }
      compared += 1
    }
    #expect(compared >= 6)
  }
}
