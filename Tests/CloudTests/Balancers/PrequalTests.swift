import Cloud
import Simulation
import Testing

@Suite("Prequal")
struct PrequalTests {
  @Test func `the first request goes to a random server and probes three`() {
    var bench = Bench(Prequal(), active: [0, 0, 0, 0, 0])
    let explained = bench.explain()
    #expect(explained.search == "fewer than 2 probes: 1 of 5 at random")
    #expect(explained.draws == 4)
    _ = bench.pick()
    #expect(bench.explain().candidates.count == 3)
  }

  @Test func `cold ones by time, hot ones by requests`() throws {
    var balancer = Prequal()
    balancer.probes = 3
    var bench = Bench(balancer, active: [0, 0, 0])
    // Every server learns what it takes when idle: 30, 20 and 10 ms.
    for _ in 0..<60 {
      let server = bench.pick()
      bench.finish(server, after: .milliseconds(Int64(30 - 10 * server)))
    }
    bench.active = [0, 0, 50]
    _ = bench.pick()
    _ = bench.pick()
    let terms = bench.explain().candidates.sorted { $0.server < $1.server }.map(\.terms)
    #expect(terms.count == 3)
    #expect(terms[0].hasPrefix("cold: 0 active, 30ms, probed 0ms ago"))
    // The nearest rank of 0.84 among three is the busiest: it is not above itself.
    #expect(terms[2].hasPrefix("cold: 50 active, 10ms"))
    #expect(bench.pick() == 2)
    balancer.quantile = 0.5
    var strict = Bench(balancer, active: [1, 0, 50])
    _ = strict.picks(3)
    #expect(strict.picks(20).contains(2) == false)
    #expect(strict.explain().candidates.contains { $0.terms.hasPrefix("hot: 50 active") })
  }

  @Test func `all hot: the least busy`() {
    var balancer = Prequal()
    balancer.quantile = 0
    var bench = Bench(balancer, active: [9, 3, 5])
    _ = bench.pick()
    #expect(bench.picks(20) == [Int](repeating: 1, count: 20))
  }

  @Test func `a probe that is too old is not used`() {
    var bench = Bench(Prequal(), active: [0, 0, 0, 0])
    _ = bench.picks(5)
    bench.now = .zero + .seconds(1)
    #expect(bench.explain().candidates.count >= 2)
    bench.now = .zero + .milliseconds(1001)
    #expect(bench.explain().search == "fewer than 2 probes: 1 of 4 at random")
  }

  @Test func `many servers: a probe serves a few requests`() {
    var bench = Bench(Prequal(), active: [Int](repeating: 0, count: 100))
    _ = bench.picks(50)
    let explained = bench.explain()
    #expect(explained.candidates.count <= 16)
    // 2 ÷ ((1 - 16 ÷ 100) × 3 - 1) = 1.316: one or two.
    for candidate in explained.candidates {
      #expect(candidate.terms.hasSuffix("1 uses left") || candidate.terms.hasSuffix("2 uses left"))
    }
    #expect(explained.draws == 6)
  }

  @Test func `servers that are full are passed over`() {
    var servers = [ViewServer](repeating: ViewServer(), count: 4)
    for index in servers.indices { servers[index].spec.maxconn = 2 }
    var bench = Bench(Prequal(), servers: servers)
    for _ in 0..<8 {
      let server = bench.pick()
      #expect(bench.active[server] < 2)
      bench.active[server] += 1
    }
    #expect(bench.choose() == nil)
  }
}
