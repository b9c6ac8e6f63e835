import Cloud
import Simulation
import TestSupport
import Testing

/// Picks of others' programs that count requests, when the recordings are at hand.
@Suite("As others pick by requests")
struct LeastVectorTests {
  private struct Recording: Decodable {
    var cases: [Case]
  }

  private struct Case: Decodable {
    struct Server: Decodable {
      var id: String
      var weight: Double
      var maxconn: Int?
      var maxConns: Int?

      enum CodingKeys: String, CodingKey {
        case id, weight, maxconn
        case maxConns = "max_conns"
      }
    }
    var name: String
    var servers: [Server]
    var events: [[String]]
    var expected: [Answer?]

    func bench(_ balancer: any Balancer) -> Bench {
      Bench(
        balancer,
        servers: servers.map { server in
          var made = ViewServer(weight: server.weight)
          made.spec.maxconn = server.maxconn ?? server.maxConns
          return made
        })
    }
  }

  private enum Answer: Decodable, Equatable {
    case server(String)
    case dequeued([[String]])

    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      if let server = try? container.decode(String.self) {
        self = .server(server)
      } else {
        self = .dequeued(try container.decode([String: [[String]]].self)["dequeued"] ?? [])
      }
    }
  }

  /// Plays a recording: requests that nobody accepts wait in one queue, and a server that becomes
  /// free takes the head of it.
  private func play(_ item: Case, _ balancer: any Balancer, full: Answer? = nil) throws -> [Answer?]
  {
    var bench = item.bench(balancer)
    var open: [String: Int] = [:]
    var waiting: [String] = []
    func place(_ id: String) throws -> Int {
      try #require(item.servers.firstIndex { $0.id == id })
    }
    return try item.events.map { event in
      switch event[0] {
      case "pick":
        guard let server = bench.choose() else { return full }
        bench.active[server] += 1
        bench.finish(server)
        return .server(item.servers[server].id)
      case "open":
        guard let server = bench.choose() else {
          if full == nil { waiting.append(event[1]) }
          return full
        }
        bench.active[server] += 1
        open[event[1]] = server
        return .server(item.servers[server].id)
      case "close":
        // One that still waits gives up.
        guard let server = open[event[1]] else {
          waiting.removeAll { $0 == event[1] }
          return nil
        }
        bench.finish(server)
        guard !waiting.isEmpty else { return nil }
        let next = waiting.removeFirst()
        open[next] = server
        bench.assign(server)
        return .dequeued([[next, item.servers[server].id]])
      case "maint", "stop", "drain":
        bench.servers[try place(event[1])].isEligible = false
        bench.change()
        return nil
      case "ready", "start":
        bench.servers[try place(event[1])].isEligible = true
        bench.change()
        return nil
      case "weight":
        bench.servers[try place(event[1])].spec.weight = Double(event[2])
        bench.change()
        return nil
      default:
        Issue.record("unknown event \(event)")
        return nil
      }
    }
  }

  @Test(.enabled(if: Vectors.has("balancing/haproxy_leastconn.json"), "\(Vectors.missing)"))
  func `leastconn, event by event`() throws {
    let recording = try Vectors.decode(Recording.self, from: "balancing/haproxy_leastconn.json")
    #expect(recording.cases.count >= 5)
    for item in recording.cases {
      let answers = try play(item, HAProxyLeastconn())
      #expect(answers == item.expected, "\(item.name)")
    }
  }

  @Test(
    .enabled(
      if: Vectors.has("balancing/haproxy_leastconn_queue_traces.json"), "\(Vectors.missing)"))
  func `leastconn with a queue, event by event`() throws {
    let recording = try Vectors.decode(
      Recording.self, from: "balancing/haproxy_leastconn_queue_traces.json")
    #expect(recording.cases.count >= 2)
    for item in recording.cases {
      let answers = try play(item, HAProxyLeastconn())
      #expect(answers == item.expected, "\(item.name)")
    }
  }

  @Test(
    .enabled(if: Vectors.has("balancing/haproxy_maxconn_queue_first.json"), "\(Vectors.missing)"))
  func `who serves the head of the queue, and first`() throws {
    let recording = try Vectors.decode(
      Recording.self, from: "balancing/haproxy_maxconn_queue_first.json")
    #expect(recording.cases.count >= 3)
    for item in recording.cases {
      let balancer: any Balancer =
        switch item.name.split(separator: "_").first {
        case "leastconn": HAProxyLeastconn()
        // Any turns do: two servers of equal weights that are both full.
        case "roundrobin": RoundRobin()
        case "first": HAProxyFirst()
        default: Random()
        }
      let answers = try play(item, balancer)
      #expect(answers == item.expected, "\(item.name)")
    }
  }

  @Test(.enabled(if: Vectors.has("balancing/nginx_max_conns.json"), "\(Vectors.missing)"))
  func `turns past full servers`() throws {
    let recording = try Vectors.decode(Recording.self, from: "balancing/nginx_max_conns.json")
    #expect(recording.cases.count >= 1)
    for item in recording.cases {
      let answers = try play(item, Weighted(), full: .server("error:502"))
      #expect(answers == item.expected, "\(item.name)")
    }
  }

  private struct Histograms: Decodable {
    struct Case: Decodable {
      var name: String
      var servers: [LeastVectorTests.Case.Server]
      var picks: Int
      var counts: [String: Int]
    }
    var cases: [Case]
  }

  /// The recorded counts against as many of ours: a difference of two samples.
  @Test(.enabled(if: Vectors.has("balancing/nginx_random_histograms.json"), "\(Vectors.missing)"))
  func `random and random two on an idle farm`() throws {
    let recording = try Vectors.decode(
      Histograms.self, from: "balancing/nginx_random_histograms.json")
    #expect(recording.cases.count >= 3)
    for item in recording.cases {
      let balancer: any Balancer = item.name.hasPrefix("r2") ? NginxRandomTwo() : WeightedRandom()
      var bench = Bench(
        balancer, active: item.servers.map { _ in 0 }, weights: item.servers.map(\.weight))
      var counts = item.servers.map { _ in 0 }
      for server in bench.picks(item.picks) { counts[server] += 1 }
      var statistic = 0.0
      for (server, count) in zip(item.servers, counts) {
        let other = try #require(item.counts[server.id])
        statistic += Double((count - other) * (count - other)) / Double(count + other)
      }
      // The 99.9 % points of chi-square with one, two and three degrees of freedom.
      let limits = [0, 10.83, 13.82, 16.27]
      #expect(statistic < limits[item.servers.count - 1], "\(item.name): \(counts)")
    }
  }
}
