import Cloud
import Simulation
import TestSupport
import Testing

/// How nginx finds out that servers are down: recorded from nginx 1.22.1 where it says so.
@Suite("nginx's own health")
struct NginxHealthTests {
  /// One request as nginx makes it: the next server after each failure; the servers tried in order.
  private func attempts(
    _ bench: inout Bench, fails: (Int) -> Outcome?
  ) -> [Int] {
    bench.tried = []
    var attempts: [Int] = []
    while let server = bench.choose() {
      attempts.append(server)
      bench.servers[server].active += 1
      guard let failure = fails(server) else {
        bench.finish(server, .answered)
        break
      }
      bench.finish(server, failure)
      bench.tried.append(server)
    }
    return attempts
  }

  private struct Failures: Decodable {
    struct Answer: Decodable {
      var attempts: [String]
      var t: Double
    }
    struct Case: Decodable {
      var name: String
      var servers: [RecordedServer]
      var events: [RecordedEvent]
      var expected: [Answer]
    }
    var cases: [Case]
  }

  @Test(.enabled(if: Vectors.has("balancing/nginx_wrr_failures.json"), "\(Vectors.missing)"))
  func `failures, attempt by attempt`() throws {
    let file = try Vectors.decode(Failures.self, from: "balancing/nginx_wrr_failures.json")
    #expect(file.cases.count >= 5)
    for item in file.cases {
      var balancer = Nginx()
      balancer.maxFails = item.servers.compactMap(\.maxFails).first ?? 1
      balancer.failTimeout = item.servers.compactMap(\.failTimeout).first ?? 10
      var bench = Bench(balancer, servers: item.servers.map(\.made))
      var down: [Int: Outcome] = [:]
      var answered = 0
      for event in item.events {
        if event.kind == "pick" {
          for _ in 0..<event.times {
            let expected = item.expected[answered]
            bench.now = Instant(seconds: expected.t)
            let names = attempts(&bench) { down[$0] }.map { item.servers[$0].id }
            let wanted = expected.attempts == ["alldead"] ? [] : expected.attempts
            #expect(names == wanted, "\(item.name) \(answered)")
            answered += 1
          }
          continue
        }
        guard event.kind != "sleep" else { continue }
        let server = try #require(item.servers.firstIndex { $0.id == event.name })
        switch event.kind {
        case "stop": down[server] = .refused
        case "start": down[server] = nil
        default: down[server] = .failed
        }
      }
      #expect(answered == item.expected.count)
    }
  }

  @Test(.enabled(if: Vectors.has("balancing/nginx_max_conns.json"), "\(Vectors.missing)"))
  func `max_conns`() throws {
    let file = try Vectors.decode(Recording.self, from: "balancing/nginx_max_conns.json")
    #expect(file.cases.count >= 1)
    for item in file.cases { try replayHeld(item, Nginx()) }
  }

  @Test(.enabled(if: Vectors.has("balancing/nginx_least_conn.json"), "\(Vectors.missing)"))
  func `least_conn`() throws {
    let file = try Vectors.decode(Recording.self, from: "balancing/nginx_least_conn.json")
    #expect(file.cases.count >= 6)
    for item in file.cases {
      var balancer = NginxLeastConnections()
      balancer.failTimeout = item.servers.compactMap(\.failTimeout).first ?? 10
      try replayHeld(item, balancer)
    }
  }

  @Test(.enabled(if: Vectors.has("balancing/nginx_wrr.json"), "\(Vectors.missing)"))
  func `while nothing fails it takes smooth turns`() throws {
    let file = try Vectors.decode(Recording.self, from: "balancing/nginx_wrr.json")
    #expect(file.cases.count >= 13)
    for item in file.cases { try replayHeld(item, Nginx()) }
  }

  private func replayHeld(_ item: Recording.Case, _ balancer: any Balancer) throws {
    var bench = item.bench(balancer)
    var open: [String: Int] = [:]
    var down: Set<Int> = []
    var expected = item.expected[...]
    for event in item.events ?? [] {
      if event.kind == "close" || event.kind == "stop" {
        if event.kind == "stop" {
          down.insert(try #require(item.server(event.name)))
        } else if let server = open[event.name] {
          bench.finish(server)
        }
        expected.removeFirst()
        continue
      }
      for _ in 0..<event.times {
        bench.tried = []
        var answer = "error:502"
        var tried: [String] = []
        while let server = bench.choose() {
          bench.servers[server].active += 1
          tried.append(item.servers[server].id)
          if down.contains(server) {
            bench.finish(server, .refused)
            bench.tried.append(server)
            continue
          }
          answer = tried.joined(separator: ">")
          if event.kind == "open" { open[event.name] = server } else { bench.finish(server) }
          break
        }
        #expect(answer == expected.popFirst() ?? nil, "\(item.name) \(event.name)")
      }
    }
    #expect(expected.isEmpty)
  }

  private struct PerlSuite: Decodable {
    struct Case: Decodable {
      var name: String
      var method: String?
      var servers: [RecordedServer]?
      var held: Bool?
      var requests: Int?
      var expected: [String?]?
      var counts: [String: Int]?

      private enum CodingKeys: String, CodingKey {
        case name, method, servers, held, requests, expected
        case counts = "expected_counts"
      }

      init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        name = try values.decode(String.self, forKey: .name)
        method = try values.decodeIfPresent(String.self, forKey: .method)
        servers = try? values.decodeIfPresent([RecordedServer].self, forKey: .servers)
        held = try values.decodeIfPresent(Bool.self, forKey: .held)
        requests = try values.decodeIfPresent(Int.self, forKey: .requests)
        expected = try? values.decodeIfPresent([String?].self, forKey: .expected)
        counts = try? values.decodeIfPresent([String: Int].self, forKey: .counts)
      }
    }
    var cases: [Case]
  }

  @Test(.enabled(if: Vectors.has("balancing/nginx_tests_expected.json"), "\(Vectors.missing)"))
  func `what nginx's own tests expect of held requests`() throws {
    let file = try Vectors.decode(PerlSuite.self, from: "balancing/nginx_tests_expected.json")
    // The others are of hash, random and least_time.
    let cases = file.cases.filter { $0.held == true && !$0.name.hasPrefix("random") }
    #expect(cases.count >= 6)
    for item in cases {
      let servers = try #require(item.servers)
      let balancer: any Balancer = item.method == nil ? Nginx() : NginxLeastConnections()
      var bench = Bench(balancer, servers: servers.map(\.made))
      var answers: [String?] = []
      for _ in 0..<(item.expected?.count ?? item.requests ?? 0) {
        let server = bench.choose()
        if let server { bench.servers[server].active += 1 }
        answers.append(server.map { servers[$0].id })
      }
      if let expected = item.expected { #expect(answers == expected, "\(item.name)") }
      if let counts = item.counts {
        let answered = answers.compactMap(\.self)
        #expect(Dictionary(answered.map { ($0, 1) }, uniquingKeysWith: +) == counts)
      }
    }
  }

  /// Source: nginx-tests, upstream.t: a success does not forget failures, so p1 answers 6 of 30.
  @Test func `every third request on a server is dropped`() {
    var balancer = Nginx()
    balancer.maxFails = 3
    var bench = Bench(balancer, active: [0, 0])
    var reached = 0
    var answered = [0, 0]
    for _ in 0..<30 {
      let tries = attempts(&bench) { server in
        guard server == 0 else { return nil }
        reached += 1
        return reached.isMultiple(of: 3) ? .failed : nil
      }
      if let last = tries.last { answered[last] += 1 }
    }
    #expect(answered == [6, 24])
  }

  /// Source: nginx-tests, upstream_least_conn.t.
  @Test func `requests are balanced, then avoid the server that holds one`() {
    var bench = Bench(NginxLeastConnections(), active: [0, 0])
    #expect(bench.picks(10).count { $0 == 0 } == 5)
    bench.servers[0].active = 1
    #expect(bench.picks(10) == Array(repeating: 1, count: 10))
  }

  /// Source: recorded from nginx 1.22.1, weights 5, 1, 1, the first dies after 10 requests.
  @Test func `a server that dies is tried once and left out`() {
    var bench = Bench(Nginx(), active: [0, 0, 0], weights: [5, 1, 1])
    for _ in 0..<10 { _ = attempts(&bench) { _ in nil } }
    let tries = (0..<6).map { _ in attempts(&bench) { $0 == 0 ? .refused : nil } }
    #expect(tries == [[0, 2], [2], [2], [2], [1], [2]])
    #expect(
      bench.explain().search
        == "2 usable of 3, in declared order; s1 failed 1 of 1, left out until 11s")
  }

  /// Source: recorded from nginx 1.22.1: no quick recovery, not even when the servers are back.
  @Test func `when all have failed nobody is asked until the timeout is over`() {
    var bench = Bench(Nginx(), active: [0, 0], weights: [2, 1])
    #expect(attempts(&bench) { _ in .refused } == [0, 1])
    #expect(attempts(&bench) { _ in nil } == [])
    bench.now = Instant(seconds: 10.9)
    #expect(attempts(&bench) { _ in nil } == [])
    bench.now = Instant(seconds: 11)
    #expect(attempts(&bench) { _ in nil }.count == 1)
  }

  /// Source: rule of nginx 1.22 and 1.31, which is the same for each way of balancing.
  @Test(arguments: Balancers.all.map { $0.name }.filter { $0.hasPrefix("nginx") })
  func `one failure leaves a server out, then one request is its probe`(_ name: String) throws {
    let type = try #require(Balancers.named(name))
    var bench = Bench(type.init(), active: [0, 0, 0])
    let first = bench.choose(key: "a")
    let failing = try #require(first)
    bench.finish(failing, .refused)
    bench.now = Instant(seconds: 10)
    #expect(!(0..<60).contains { bench.choose(key: "k\($0)") == failing })
    bench.now = Instant(seconds: 11)
    #expect((0..<60).count { bench.choose(key: "k\($0)") == failing } == 1)
  }

  @Test func `a single server is never left out`() {
    var bench = Bench(Nginx(), active: [0])
    for _ in 0..<5 { #expect(attempts(&bench) { _ in .failed } == [0]) }
  }

  @Test func `without max_fails nothing is remembered`() {
    var balancer = Nginx()
    balancer.maxFails = 0
    var bench = Bench(balancer, active: [0, 0])
    for _ in 0..<5 { #expect(attempts(&bench) { _ in .failed }.sorted() == [0, 1]) }
  }

  @Test func `backups serve only while no other server is usable`() {
    var servers = [ViewServer(weight: 1), ViewServer(weight: 1), ViewServer(weight: 1)]
    servers[0].spec.priority = 1
    var bench = Bench(Nginx(), servers: servers)
    #expect(bench.picks(4) == [1, 2, 1, 2])
    #expect(attempts(&bench) { $0 == 0 ? nil : .refused } == [1, 2, 0])
    bench.tried = []
    #expect(bench.picks(2) == [0, 0])
    #expect(bench.explain().search.hasPrefix("1 backups of 3"))
    bench.now = Instant(seconds: 11)
    #expect(bench.pick() != 0)
  }

  @Test(arguments: [[5.0, 1, 1], [10, 3, 3, 1], [1, 1], [2.5, 1.5], [7, 11, 13, 1]])
  func `equals smooth turns while nothing fails`(_ weights: [Double]) {
    var nginx = Bench(Nginx(), active: weights.map { _ in 0 }, weights: weights)
    var smooth = Bench(Weighted(), active: weights.map { _ in 0 }, weights: weights)
    for turn in 0..<200 {
      let eligible = weights.indices.filter { $0 == 0 || $0 != turn / 20 % weights.count }
      nginx.eligible = eligible
      smooth.eligible = eligible
      #expect(nginx.pick() == smooth.pick())
    }
  }
}
