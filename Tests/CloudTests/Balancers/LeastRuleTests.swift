import Cloud
import Simulation
import Testing

@Suite("Rules that count requests or work")
struct LeastRuleTests {
  /// Requests that arrive and never finish.
  private func held(_ balancer: any Balancer, _ weights: [Double], _ count: Int) -> [Int] {
    var bench = Bench(balancer, active: weights.map { _ in 0 }, weights: weights)
    return (0..<count).map { _ in
      let server = bench.pick()
      if server >= 0 { bench.active[server] += 1 }
      return server
    }
  }

  /// Requests that finish before the next one comes.
  private func sequential(_ balancer: any Balancer, _ weights: [Double], _ count: Int) -> [Int] {
    var bench = Bench(balancer, active: weights.map { _ in 0 }, weights: weights)
    return (0..<count).map { _ in
      let server = bench.pick()
      bench.active[server] += 1
      bench.finish(server)
      return server
    }
  }

  /// Source: recorded from HAProxy 2.6.12.
  @Test func `leastconn holds by weight and forgets weights when idle`() {
    #expect(held(HAProxyLeastconn(), [1, 1, 1], 6) == [0, 1, 2, 0, 1, 2])
    let picks = [0, 1, 2, 0, 0, 0, 0, 0, 0, 0, 0, 1, 2, 0, 0, 0, 0, 0, 1, 2, 0]
    #expect(held(HAProxyLeastconn(), [5, 1, 1], 21) == picks)
    #expect(sequential(HAProxyLeastconn(), [5, 1, 1], 7) == [0, 1, 2, 0, 1, 2, 0])
  }

  @Test func `leastconn sends who comes back or changes weight to the end of the line`() {
    var bench = Bench(HAProxyLeastconn(), active: [0, 0, 0])
    bench.eligible = [1, 2]
    bench.change()
    bench.eligible = [0, 1, 2]
    bench.change()
    let explained = bench.explain()
    #expect(explained.chosen == ServerID(1))
    #expect(explained.tie == "the one touched the longest ago wins")
    bench.weights = [1, 2, 1]
    bench.change()
    #expect(bench.picks(3) == [2, 0, 1])
  }

  @Test func `leastconn shows its key`() {
    let explained = Bench(HAProxyLeastconn(), active: [3, 1], weights: [2, 1]).explain()
    #expect(explained.candidates.map(\.cost) == [512, 512])
    #expect(explained.candidates[0].terms == "(3 active + 1) × 4096 ÷ 32, touch 1")
  }

  /// Source: Linux, ip_vs_wlc.c, ip_vs_sed.c, ip_vs_nq.c.
  @Test func `the kernel's rules on 3 and 1`() {
    #expect(held(IPVSWeightedLeastConnection(), [1, 3], 8) == [0, 1, 1, 1, 0, 1, 1, 1])
    #expect(held(IPVSShortestExpectedDelay(), [1, 3], 8) == [1, 1, 0, 1, 1, 1, 0, 1])
    #expect(held(IPVSNeverQueue(), [1, 3], 8) == [0, 1, 1, 1, 1, 1, 0, 1])
    let explained = Bench(IPVSShortestExpectedDelay(), active: [1, 5], weights: [1, 3]).explain()
    #expect(explained.candidates.map(\.cost) == [2, 2])
    #expect(explained.candidates[1].terms == "(5 active + 1) ÷ weight 3")
    #expect(explained.chosen == ServerID(0))
  }

  private func limited(_ maxconn: [Int?], active: [Int]? = nil) -> [ViewServer] {
    maxconn.indices.map { index in
      var server = ViewServer(active: active?[index] ?? 0)
      server.spec.maxconn = maxconn[index]
      return server
    }
  }

  /// Source: recorded from HAProxy 2.6.12.
  @Test func `first fills one server, then the next`() {
    var bench = Bench(HAProxyFirst(), servers: limited([2, 2, 2]))
    var picks: [Int] = []
    for _ in 0..<7 {
      let server = bench.pick()
      if server >= 0 { bench.active[server] += 1 }
      picks.append(server)
    }
    #expect(picks == [0, 0, 1, 1, 2, 2, -1])
    bench.finish(1)
    #expect(bench.pick() == 1)
  }

  @Test func `first goes by cpu where there is no maxconn, and shares what overflows`() {
    var bench = Bench(First(), active: [0, 0, 0], cpu: [2, 1, 1])
    var picks: [Int] = []
    for _ in 0..<8 {
      picks.append(bench.pick())
      bench.active[picks[picks.count - 1]] += 1
    }
    #expect(picks == [0, 0, 1, 2, 0, 1, 2, 0])
    bench = Bench(First(), servers: limited([nil, 3], active: [1, 0]))
    #expect(bench.pick() == 1)
    bench = Bench(First(), servers: limited([nil, 3], active: [1, 3]))
    #expect(bench.pick() == 0)
    #expect(bench.explain().candidates.map(\.terms) == ["1 active + 1, room for 1"])
  }

  @Test(arguments: [
    "join-shortest-queue", "join-idle-queue", "least-work-left", "least-connections", "first",
    "haproxy.leastconn", "haproxy.first", "ipvs.wlc", "ipvs.sed", "ipvs.nq", "envoy.least-request",
    "nginx.random-two", "finagle.p2c", "size-based", "two-choices",
  ])
  func `full and tried servers are passed over, and come back`(_ name: String) throws {
    let type = try #require(Balancers.named(name))
    var bench = Bench(type.init(), servers: limited([1, 1, 1, nil]))
    for turn in 0..<300 {
      bench.tried = turn % 3 == 0 ? [turn % 4, (turn / 2) % 4] : []
      let accepting = (0..<4).filter {
        !bench.tried.contains($0) && ($0 == 3 || bench.active[$0] < 1)
      }
      let server = bench.choose()
      #expect(bench.explain().eligible == 4)
      guard let server else {
        #expect(accepting.isEmpty)
        continue
      }
      #expect(accepting.contains(server))
      bench.active[server] += 1
      if turn % 2 == 0, let busy = bench.active.lastIndex(where: { $0 > 0 }) { bench.finish(busy) }
    }
    // With three full and the last one tried nobody accepts.
    bench.active = [1, 1, 1, 5]
    bench.change()
    bench.tried = [3]
    #expect(bench.choose() == nil)
    #expect(bench.explain().chosen == nil)
    bench.tried = []
    #expect(bench.choose() == 3)
    bench.finish(1)
    bench.tried = [3]
    #expect(bench.choose() == 1)
  }

  @Test func `the shortest queue is joined, any of equals, with one draw`() {
    var bench = Bench(JoinShortestQueue(), active: [1, 0, 2, 0, 0, 1, 0])
    var counts = [Int](repeating: 0, count: 7)
    for server in bench.picks(8000) { counts[server] += 1 }
    #expect(bench.random.counter == 8000)
    var statistic = 0.0
    for server in [1, 3, 4, 6] {
      statistic += (Double(counts[server]) - 2000) * (Double(counts[server]) - 2000) / 2000
    }
    // The 99.9 % point of chi-square with three degrees of freedom.
    #expect(statistic < 16.27)
    #expect(counts[0] + counts[2] + counts[5] == 0)
    #expect(bench.explain().tie == "one of them at random")
  }

  @Test func `idle servers stand in line, and nobody draws while there is one`() {
    var bench = Bench(JoinIdleQueue(), active: [0, 0, 0, 0])
    var picks: [Int] = []
    for _ in 0..<4 {
      picks.append(bench.pick())
      bench.active[picks[picks.count - 1]] += 1
    }
    #expect(picks == [0, 1, 2, 3])
    #expect(bench.random.counter == 0)
    #expect(bench.explain().search == "nobody is idle: 1 of 4 at random")
    for server in [2, 0, 3] { bench.finish(server) }
    let explained = bench.explain()
    #expect(explained.candidates.map(\.server.index) == [2, 0, 3])
    #expect(explained.search == "3 of 4 are idle, the longest first")
    #expect(explained.candidates[1].terms == "no. 2 in line")
    for expected in [2, 0, 3] {
      #expect(bench.pick() == expected)
      bench.active[expected] += 1
    }
    #expect(bench.random.counter == 0)
    _ = bench.pick()
    #expect(bench.random.counter == 1)
  }

  @Test func `a server that is busy again has left the line`() {
    var bench = Bench(JoinIdleQueue(), active: [1, 2])
    bench.finish(1)
    bench.finish(0)
    bench.finish(1)
    #expect(bench.explain().candidates.map(\.server.index) == [0, 1])
  }

  @Test func `least work left keeps books`() {
    var bench = Bench(LeastWorkLeft(), active: [0, 0], weights: [1, 1], cpu: [1, 2])
    func give(_ milliseconds: Int64) -> Int? {
      let server = bench.choose(work: .milliseconds(milliseconds))
      if let server { bench.active[server] += 1 }
      return server
    }
    #expect(give(100) == 0)
    #expect(give(400) == 1)
    // 100 ms against 400 ÷ 2.
    #expect(give(150) == 0)
    let explained = bench.explain()
    #expect(explained.candidates.map(\.cost) == [0.25, 0.2])
    #expect(explained.candidates.map(\.terms) == ["0.25s of work ÷ 1", "0.4s of work ÷ 2"])
    #expect(explained.chosen == ServerID(1))
    bench.now = .zero + .milliseconds(260)
    // Both have worked it off by the books; the second has been free longer.
    #expect(bench.explain().chosen == ServerID(1))
  }

  @Test func `books are corrected when work comes to nothing or a server is new`() {
    var bench = Bench(LeastWorkLeft(), active: [0, 0])
    #expect(bench.choose(work: .seconds(10)) == 0)
    bench.active[0] += 1
    #expect(bench.choose(work: .seconds(1)) == 1)
    bench.active[1] += 1
    // The bench's requests bring 100 ms: 9.9 s are left.
    bench.now = .zero + .milliseconds(50)
    bench.active[0] += 1
    bench.finish(0, .failed)
    #expect(bench.explain().candidates.map(\.cost) == [9.85, 0.95])
    // Its last request leaves early: nothing is left, whatever the books say.
    bench.finish(0)
    #expect(bench.explain().candidates.map(\.cost) == [0, 0.95])
    bench.eligible = [0]
    bench.change()
    bench.now = .zero + .milliseconds(60)
    bench.active[1] = 0
    bench.eligible = [0, 1]
    bench.change()
    let explained = bench.explain()
    #expect(explained.candidates.map(\.terms) == ["free for 0.01s", "free for 0s"])
    #expect(explained.chosen == ServerID(0))
  }

  @Test func `two choices may draw a server twice`() {
    var balancer = TwoChoices()
    let accepted = balancer.set("draws", to: .choice("with-replacement"))
    #expect(accepted)
    var bench = Bench(balancer, active: [0, 1])
    var counts = [0, 0]
    for server in bench.picks(4000) { counts[server] += 1 }
    // The busier one is drawn twice in a quarter of the picks; four deviations are 110.
    #expect(abs(counts[1] - 1000) < 110)
    #expect(bench.random.counter == 8000)
    #expect(bench.explain().search == "2 of 2 at random, with replacement")
    balancer.d = 5
    bench = Bench(balancer, active: [7])
    #expect(bench.pick() == 0)
    #expect(bench.random.counter == 5)
    balancer.draws = .distinct
    #expect(balancer.value(of: "draws") == .choice("distinct"))
  }

  @Test(arguments: ["two-choices", "finagle.p2c", "join-shortest-queue", "first", "ipvs.wlc"])
  func `the most loaded of distinct loads is never taken`(_ name: String) throws {
    var bench = Bench(
      try #require(Balancers.named(name)).init(), active: [4, 9, 2, 1, 3],
      weights: [1, 1, 1, 1, 1])
    for _ in 0..<300 { #expect(bench.pick() != 1) }
  }

  /// P(second) = Σ w_j ÷ W × w_i ÷ (W − w_j): 0.238, 0.381, 0.381 for 5/1/1.
  @Test func `nginx's random two inverts weights on an idle farm`() {
    var bench = Bench(NginxRandomTwo(), active: [0, 0, 0], weights: [5, 1, 1])
    var counts = [0.0, 0, 0]
    for server in bench.picks(7000) { counts[server] += 1 }
    for (count, share) in zip(counts, [5.0 / 21, 8.0 / 21, 8.0 / 21]) {
      #expect(abs(count / 7000 - share) < 4 * (share * (1 - share) / 7000).squareRoot())
    }
  }

  @Test func `nginx's random two falls back to turns`() {
    var bench = Bench(NginxRandomTwo(), active: [3, 0], weights: [1e9, 1e-9])
    let explained = bench.explain()
    #expect(explained.draws == 22)
    #expect(explained.search == "no two by weight after 20 draws: 2 usable of 2, in declared order")
    #expect(bench.picks(3) == [0, 0, 0])
    bench = Bench(NginxRandomTwo(), active: [3, 0])
    #expect(bench.explain().cost == "active ÷ weight")
    #expect(bench.picks(20).allSatisfy { $0 == 1 })
  }

  /// Source: Envoy, least_request_lb_test.cc, WeightImbalance.
  @Test func `Envoy schedules unequal weights`() {
    var bench = Bench(EnvoyLeastRequest(), active: [0, 0], weights: [1, 2])
    #expect(bench.picks(6) == [1, 0, 1, 1, 0, 1])
    bench.active = [0, 1]
    #expect(bench.picks(5) == [1, 0, 1, 0, 1])
    bench.active = [1, 0]
    #expect(bench.picks(10) == [0, 1, 1, 1, 0, 1, 1, 1, 1, 0])
    #expect(bench.random.counter == 0)
    #expect(bench.explain().cost == "deadline")
  }

  @Test func `Envoy's full scan takes any of the least`() {
    var balancer = EnvoyLeastRequest()
    balancer.selection = .fullScan
    var bench = Bench(balancer, active: [3, 3, 1, 1, 1])
    var counts = [Int](repeating: 0, count: 5)
    for server in bench.picks(3000) { counts[server] += 1 }
    #expect(counts[0] + counts[1] == 0)
    for count in counts[2...] { #expect((897...1103).contains(count)) }
    #expect(bench.random.counter == 6000)
  }

  @Test func `sizes are cut into pieces of equal work`() {
    var bench = Bench(SizeBased(), active: [0, 0])
    // A hundred works of 10 ms and one of 1 s: half of the work each.
    for _ in 0..<20 {
      for _ in 0..<100 { _ = bench.choose(work: .milliseconds(10)) }
      _ = bench.choose(work: .seconds(1))
    }
    let drawn = bench.random.counter
    for _ in 0..<10 {
      #expect(bench.choose(work: .milliseconds(1)) == 0)
      var large = bench
      #expect(large.choose(work: .seconds(9)) == 1)
    }
    #expect(bench.random.counter == drawn)
    #expect(bench.choose(work: .milliseconds(10)) == 0)
    #expect(bench.choose(work: .seconds(1)) == 1)
    #expect(bench.explain().candidates.map(\.terms) == ["0% to 50%", "50% to 100%"])
  }

  @Test func `equal sizes are shared by cpu`() {
    var bench = Bench(SizeBased(), active: [0, 0], cpu: [3, 1])
    let picks = bench.picks(4000)
    #expect(abs(picks.count { $0 == 0 } - 3000) < 110)
    #expect(bench.random.counter == 4000)
  }

  @Test func `a cut-off parts small from large`() {
    var balancer = SizeBased()
    balancer.cutoff = 0.1
    var bench = Bench(balancer, active: [0, 0, 0])
    for _ in 0..<50 {
      #expect((bench.choose(work: .milliseconds(99)) ?? 9) < 2)
      #expect(bench.choose(work: .milliseconds(100)) == 2)
    }
    #expect(bench.random.counter == 100)
    bench = Bench(balancer, active: [0])
    #expect(bench.choose(work: .seconds(1)) == 0)
  }

  /// Pareto works with a tail of 1.5: the same arrivals, a fraction of the mean wait.
  @Test func `size-based beats random by far when sizes differ by far`() {
    func wait(_ balancer: any Balancer) -> Double {
      var world = World(servers: 2, balancer: balancer)
      world.begin(
        Load(shape: .poisson(perSecond: 14), work: .pareto(mean: 100e6, shape: 1.5)))
      world.advance(until: Stop(settled: 60_000))
      return world.measurement.wait.mean ?? 0
    }
    let random = wait(Random())
    #expect(wait(SizeBased()) < random / 3)
  }

  @Test(arguments: [
    [1e-6, 1e9], [1e-300, 1e300], [0.1, 0.3, 1e-6, 7], [.leastNonzeroMagnitude, 1],
  ])
  func `any weights and loads are borne`(_ weights: [Double]) throws {
    for type in Balancers.all {
      var bench = Bench(
        type.init(), active: weights.indices.map { $0 == 0 ? Int(Int32.max) - 1 : 0 },
        weights: weights)
      for _ in 0..<30 {
        let server = bench.pick()
        #expect(weights.indices.contains(server))
        #expect(bench.explain().candidates.isEmpty == false)
        bench.finish(server)
      }
    }
  }
}
