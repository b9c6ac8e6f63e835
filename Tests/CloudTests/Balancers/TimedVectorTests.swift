import Cloud
import Simulation
import TestSupport
import Testing

/// What Envoy's, Finagle's, tower's and nginx's own tests expect, when they are at hand.
@Suite("Response times and subsets as others have them")
struct TimedVectorTests {
  private struct EnvoyCost: Decodable {
    struct Case: Decodable {
      var rttMs: Double
      var active: Double
      var defaultRtt: Double
      var penalty: Double?
      var expected: Double
    }
    var cases: [Case]
  }

  @Test(.enabled(if: Vectors.has("balancing/envoy_peak_ewma_cost.json"), "\(Vectors.missing)"))
  func `Envoy's cost`() throws {
    let file = try Vectors.decodeSnakeCase(
      EnvoyCost.self, from: "balancing/envoy_peak_ewma_cost.json")
    #expect(file.cases.count >= 7)
    for item in file.cases {
      let cost = EnvoyLatency.cost(
        mean: item.rttMs, active: item.active, initial: item.defaultRtt,
        penalty: item.penalty ?? 1e6)
      #expect(cost == item.expected)
    }
  }

  /// Source: Envoy, peak_ewma/cost_test.cc.
  @Test(arguments: [(20.0, 5.0, 120.0), (0, 3, 1_000_003), (0, 0, 10), (50, 2, 150)])
  func `Envoy's cost, a few of it`(_ mean: Double, _ active: Double, _ expected: Double) {
    #expect(EnvoyLatency.cost(mean: mean, active: active) == expected)
  }

  private struct Tower: Decodable {
    struct Case: Decodable {
      var name: String
      var defaultRttMs: Double?
      var decayMs: Double?
      var events: [Event]?
      var exact: [String: Double]?
    }
    struct Event: Decodable {
      var tMs: Double
      var start: String?
      var end: String?
      var loadMs: Double?
      var loadMsBetween: [Double]?
      var loadGtMs: Double?
      var loadLtMs: Double?
    }
    var cases: [Case]
  }

  @Test(.enabled(if: Vectors.has("balancing/tower_vectors.json"), "\(Vectors.missing)"))
  func `tower's loads`() throws {
    let file = try Vectors.decodeSnakeCase(Tower.self, from: "balancing/tower_vectors.json")
    let cases = file.cases.filter { $0.name.hasPrefix("peak_ewma") }
    #expect(cases.count >= 2)
    for item in cases {
      let decay = try #require(item.decayMs) / 1000
      let initial = try #require(item.defaultRttMs)
      var estimate = PeakEstimate(initial * 1e6)
      var started: [String: Double] = [:]
      for event in try #require(item.events) {
        let now = Instant(seconds: event.tMs / 1000)
        if let name = event.start { started[name] = event.tMs }
        if let name = event.end {
          let begin = try #require(started[name])
          started[name] = nil
          estimate.hear(
            (event.tMs - begin) * 1e6, at: now, decay: decay,
            peak: estimate.present(at: now, decay: decay))
        }
        let load = estimate.present(at: now, decay: decay) / 1e6 * Double(started.count + 1)
        if let exact = event.loadMs { #expect(abs(load - exact) < 1e-9) }
        if let exact = item.exact?["t\(Int(event.tMs))"] { #expect(abs(load - exact) < 1e-9) }
        if let range = event.loadMsBetween { #expect(load > range[0] && load < range[1]) }
        if let least = event.loadGtMs { #expect(load > least) }
        if let most = event.loadLtMs { #expect(load < most) }
      }
    }
  }

  @Test(.enabled(if: Vectors.has("balancing/finagle_vectors.json"), "\(Vectors.missing)"))
  func `Finagle's apertures`() throws {
    let file = try Vectors.decodeSnakeCase(FinagleFile.self, from: "balancing/finagle_vectors.json")
    #expect(file.cases.count >= 10)
    let shares = try file.named("WeightedAperture.normalize")
    for (share, expected) in zip(
      ApertureWeights.shares(try #require(shares.weights)), try #require(shares.expected?.numbers))
    {
      #expect(abs(share - expected) < 1e-12)
    }
    for example in try #require(file.named("dApertureWidth").examples) {
      let width = ApertureWeights.width(
        aperture: example.aperture, instances: example.clients, servers: example.servers)
      #expect(abs(width - example.expected) < 1e-12)
    }
    let weights = try #require(file.named("adjustWeights_15_nodes_coord_1_of_5").weights)
    let apertures = file.cases.filter { $0.expectedNonzero != nil }
    #expect(apertures.count >= 2)
    for item in apertures {
      let count = try #require(item.peerCount)
      let width = ApertureWeights.width(
        aperture: item.minAperture ?? 12, instances: count, servers: weights.count)
      let inside = ApertureWeights.inside(
        weights, start: Double(try #require(item.peerIndex)) / Double(count), width: width)
      #expect(inside.indices.filter { inside[$0] > 0 } == item.expectedNonzero)
      #expect(abs(inside.reduce(0, +) - (item.expectedSum ?? 0)) < 1e-9)
    }
  }

  /// How likely the second is at most k, after a first one: where the answer changes, by halving.
  private func share(_ pair: WeightedPair, upTo k: Int, after first: Int) -> Double {
    guard k >= 0 else { return 0 }
    var low = 0.0
    var high = 1.0
    for _ in 0..<30 {
      let middle = (low + high) / 2
      if let second = pair.second(middle, after: first), second <= k {
        low = middle
      } else {
        high = middle
      }
    }
    return low
  }

  @Test(.enabled(if: Vectors.has("balancing/finagle_vectors.json"), "\(Vectors.missing)"))
  func `how much less often Finagle draws half a weight`() throws {
    let file = try Vectors.decodeSnakeCase(FinagleFile.self, from: "balancing/finagle_vectors.json")
    let item = try file.named("weighted_2nd_pick_probability")
    let expected = try #require(item.expected?.numbers)
    let sizes = try #require(item.sizes)
    #expect(sizes.count >= 6)
    for (size, ratio) in zip(sizes, expected) {
      let weights = [0.5] + [Double](repeating: 1, count: size - 1)
      let sum = weights.reduce(0, +)
      let pair = WeightedPair(weights)
      /// The probability that a server is the first or the second.
      func drawn(_ server: Int) -> Double {
        var drawn = weights[server] / sum
        // All others of weight 1 are alike; ask one beyond both, and count it as often.
        for (first, times) in [(0, 1), (1, 1), (2, size - 2)] where first != server && times > 0 {
          let second =
            share(pair, upTo: server, after: first) - share(pair, upTo: server - 1, after: first)
          drawn += Double(times) * weights[first] / sum * second
        }
        return drawn
      }
      #expect(abs(drawn(0) / drawn(1) - ratio) < 0.005001, "\(size)")
    }
  }

  @Test(.enabled(if: Vectors.has("balancing/nginx_tests_expected.json"), "\(Vectors.missing)"))
  func `nginx's own tests of least_time`() throws {
    struct File: Decodable {
      struct Case: Decodable {
        var file: String
        var name: String
        var counts: [String: Int]?

        enum CodingKeys: String, CodingKey { case file, name, expectedCounts }

        init(from decoder: any Decoder) throws {
          let values = try decoder.container(keyedBy: CodingKeys.self)
          file = try values.decode(String.self, forKey: .file)
          name = try values.decode(String.self, forKey: .name)
          counts = try? values.decode([String: Int].self, forKey: .expectedCounts)
        }
      }
      var cases: [Case]
    }
    let file = try Vectors.decodeSnakeCase(File.self, from: "balancing/nginx_tests_expected.json")
    let cases = file.cases.filter { $0.file == "upstream_least_time.t" }
    #expect(cases.count >= 3)
    for item in cases {
      let counts = try #require(item.counts)
      #expect(scene(item.name) == [counts["p1"] ?? 0, counts["p2"] ?? 0], "\(item.name)")
    }
  }

  /// Source: nginx-tests, upstream_least_time.t; its prose does not give the slow answer's time.
  @Test func `nginx's own tests of least_time, restated`() {
    #expect(scene("lesser response time") == [0, 10])
    #expect(scene("zero connections, response time") == [1, 9])
    #expect(scene("response time decay") == [1, 9])
  }

  private func scene(_ name: String) -> [Int] {
    var balancer = NginxLeastTime()
    if name == "response time decay" { balancer.failTimeout = 0 }
    var bench = Bench(balancer, active: [0, 0])
    let slow = Duration.milliseconds(name == "response time decay" ? 300 : 2000)
    let times = [slow, .milliseconds(5)]
    func sequence(_ count: Int) -> [Int] {
      var counts = [0, 0]
      for _ in 0..<count {
        let server = bench.pick()
        counts[server] += 1
        bench.now = bench.now + times[server]
        bench.finish(server, after: times[server])
      }
      return counts
    }
    switch name {
    case "lesser response time":
      var parallel: [Int] = []
      for _ in 0..<6 {
        let server = bench.pick()
        parallel.append(server)
        bench.active[server] += 1
      }
      bench.now = bench.now + slow
      for server in parallel { bench.finish(server, after: times[server]) }
      return sequence(10)
    case "response time decay":
      _ = sequence(1)
      bench.now = .zero + .seconds(4)
      return sequence(10)
    default: return sequence(10)
    }
  }
}
