import Cloud
import Simulation
import Testing

@Suite("Balancers that learn from response times")
struct TimedBalancerTests {
  /// Requests each of five servers got in a minute, the first of them ten times slower.
  private func picked(_ name: String) throws -> [Int] {
    var world = World(seed: 3)
    world.use(try #require(Balancers.named(name)).init())
    let servers = world.spawn(5, ServerSpec())
    world.slow([servers[0]], factor: 10)
    world.begin(Load(shape: .poisson(perSecond: 20), work: .exponential(mean: 100e6)))
    world.advance(until: Stop(time: .zero + .seconds(60)))
    return servers.map { world.server($0)?.picked ?? 0 }
  }

  @Test(arguments: [
    "peak-ewma", "least-time", "prequal", "nginx.least-time", "envoy.peak-ewma",
    "finagle.peak-ewma", "ingress-nginx.ewma",
  ])
  func `a server that is ten times slower gets less than half of its turn`(_ name: String) throws {
    let picked = try picked(name)
    let sum = picked.reduce(0, +)
    #expect(sum > 1000)
    #expect(picked[0] * 10 < sum, "\(picked)")
  }

  @Test func `least time avoids the slow one nearly always`() throws {
    let picked = try picked("least-time")
    #expect(picked[0] * 50 < picked.reduce(0, +), "\(picked)")
  }

  /// What an explanation says a server costs.
  private func cost(_ bench: Bench, _ server: Int) -> Double? {
    bench.explain().candidates.first { $0.server.index == server }?.cost
  }

  @Test func `a peak counts at once, what is less is averaged in`() throws {
    var bench = Bench(PeakEWMA(), active: [0, 0])
    bench.finish(0, after: .milliseconds(100))
    #expect(cost(bench, 0) == 100)
    bench.active = [3, 0]
    #expect(cost(bench, 0) == 400)
    bench.now = .zero + .seconds(10)
    // 100 × e^-1, fading by looking alone.
    #expect(abs(try #require(cost(bench, 0)) - 4 * 36.787944117144235) < 1e-9)
    bench.finish(0, after: .milliseconds(10))
    // 100 × e^-1 + 10 × (1 - e^-1), two left and one more.
    #expect(abs(try #require(cost(bench, 0)) - 3 * 43.10914970542981) < 1e-9)
    bench.finish(0, after: .milliseconds(900))
    #expect(cost(bench, 0) == 1800)
  }

  @Test func `looking keeps what has faded for Finagle alone`() throws {
    for (balancer, looked) in [(FinaglePeakEWMA() as any Balancer, true), (PeakEWMA(), false)] {
      var bench = Bench(balancer, active: [0, 0])
      bench.finish(0, after: .milliseconds(100))
      bench.now = .zero + .seconds(5)
      _ = bench.pick()
      bench.now = .zero + .seconds(10)
      bench.finish(0, after: .milliseconds(50))
      // 50 < 100 × e^-0.5 = 60.65 is no peak where the look at 5 s counts; 50 > 36.79 is one else.
      let kept = 60.653065971263345
      let expected = looked ? kept * 0.6065306597126334 + 50 * (1 - 0.6065306597126334) : 50
      #expect(abs(try #require(cost(bench, 0)) - expected) < 1e-9)
    }
  }

  @Test func `an error counts as five seconds`() {
    for outcome in [Outcome.failed, .refused] {
      var bench = Bench(PeakEWMA(), active: [0, 0])
      bench.finish(0, after: .milliseconds(100))
      bench.finish(0, outcome, after: .milliseconds(1))
      #expect(cost(bench, 0) == 5000)
    }
  }

  @Test func `errors do not look fast, but to Finagle and ingress-nginx`() {
    // Times alone: nobody is left out, and no time is halved.
    var nginx = NginxLeastTime()
    nginx.maxFails = 0
    nginx.failTimeout = 86_400
    for (balancer, errs) in [
      (PeakEWMA() as any Balancer, false), (LeastTime(), false), (nginx, false),
      (FinaglePeakEWMA(), true), (IngressNginxEWMA(), true),
    ] {
      var bench = Bench(balancer, active: [0, 0])
      _ = bench.picks(4)
      for _ in 0..<30 {
        bench.now = bench.now + .seconds(1)
        bench.finish(0, after: .milliseconds(100))
        bench.finish(1, after: .milliseconds(200))
      }
      for _ in 0..<200 {
        bench.now = bench.now + .seconds(1)
        bench.finish(0, after: .milliseconds(100))
        bench.finish(1, .failed, after: .milliseconds(1))
      }
      let (steady, failing) = (cost(bench, 0), cost(bench, 1))
      #expect(steady != nil && failing != nil)
      #expect(((failing ?? 0) < (steady ?? 0)) == errs, "\(type(of: balancer).name)")
    }
  }

  @Test func `without requests in flight, everybody goes to the one that was fast last`() {
    func held(_ balancer: any Balancer) -> [Int] {
      var bench = Bench(balancer, active: [0, 0])
      bench.finish(0, after: .milliseconds(10))
      bench.finish(1, after: .milliseconds(20))
      for _ in 0..<90 { bench.active[bench.pick()] += 1 }
      return bench.active
    }
    #expect(held(IngressNginxEWMA()) == [90, 0])
    #expect(held(PeakEWMA()) == [60, 30])
    #expect(held(LeastTime()) == [60, 30])
  }

  /// Requests a newcomer gets of so many that stay, two others having answered in 100 ms.
  private func newcomer(_ balancer: any Balancer, of requests: Int) -> Int {
    var bench = Bench(balancer, active: [0, 0, 0], eligible: [0, 1])
    for _ in 0..<40 {
      let server = bench.pick()
      bench.finish(server, after: .milliseconds(100))
    }
    bench.eligible = [0, 1, 2]
    bench.change()
    for _ in 0..<requests { bench.active[bench.pick()] += 1 }
    return bench.active[2]
  }

  @Test func `a newcomer that counts as nearly nothing is stampeded`() {
    // 20 ms against 120 ms: it gets the first five, then they are equal.
    #expect(newcomer(NginxLeastTime(), of: 5) == 5)
  }

  @Test func `a newcomer under a penalty gets one request until it answers`() {
    #expect(newcomer(FinaglePeakEWMA(), of: 60) == 1)
    #expect(newcomer(PeakEWMA(), of: 60) == 1)
  }

  @Test func `a newcomer that counts as the mean of the others gets its share`() {
    #expect(newcomer(LeastTime(), of: 60) == 20)
    #expect((12...28).contains(newcomer(IngressNginxEWMA(), of: 60)))
  }

  @Test func `a newcomer on a slow start gets a sixteenth at first`() {
    let factor = SlowStart.sixteenths(over: .seconds(10)).factor(after: .zero)
    var bench = Bench(Weighted(), active: [0, 0, 0], weights: [1, 1, factor])
    #expect(bench.picks(33).count { $0 == 2 } == 1)
  }

  @Test func `least time tries a slow server again after a silence`() throws {
    var bench = Bench(LeastTime(), active: [0, 0, 0])
    for (server, time) in [(0, 1000), (1, 100), (2, 100)] {
      bench.finish(server, after: .milliseconds(Int64(time)))
    }
    #expect(abs(try #require(cost(bench, 0)) - 1000) < 1e-9)
    bench.now = .zero + .seconds(20)
    // 100 + 900 × e^-2.
    #expect(abs(try #require(cost(bench, 0)) - 221.80175491295145) < 1e-6)
    let terms = bench.explain().candidates[0].terms
    #expect(terms == "expected 221.8ms (mean 1000ms) × (1 + 0 active) ÷ weight 1")
  }

  /// Source: rule of nginx 1.31, ngx_http_upstream_least_time_module.c.
  @Test func `nginx averages in whole milliseconds and compares in steps of 20`() {
    var bench = Bench(NginxLeastTime(), active: [0, 0], weights: [1, 2])
    #expect(bench.pick() == 1)
    bench.finish(1, after: .milliseconds(100))
    bench.finish(1, after: .milliseconds(200))
    #expect(
      bench.explain().candidates[1].terms == "120ms (average 105ms) × (1 + 0 active) ÷ weight 2")
    bench.active = [2, 0]
    #expect(bench.picks(3) == [1, 0, 1], "60 and 60: turns by weight")
    bench.finish(1, after: .seconds(200))
    #expect(cost(bench, 1) == 2500, "all above 5 s are equal")
    bench.now = .zero + .seconds(10)
    #expect(cost(bench, 1) == 2500)
    bench.now = .zero + .seconds(33)
    // 10100 halved three times is 1262, up to the next 20, by weight 2.
    #expect(cost(bench, 1) == 640)
  }

  @Test func `Envoy makes two servers of one number`() {
    var numbers = RandomStream(key: 1)
    var bench = Bench(EnvoyPeakEWMA(), active: [0, 0, 0, 0, 0])
    for _ in 0..<200 {
      let r = numbers.next()
      let i = Int(r % 5)
      var j = Int((r >> 16) % 5)
      if i == j { j = (j + 1) % 5 }
      #expect(bench.pick() == (r & 1 == 1 ? i : j))
    }
    #expect(bench.random.counter == 200)
  }

  @Test func `Envoy has no peak`() throws {
    var bench = Bench(EnvoyPeakEWMA(), active: [0, 0])
    bench.finish(0, after: .milliseconds(10))
    bench.now = .zero + .seconds(1)
    bench.finish(0, after: .milliseconds(1000))
    // 1000 × (1 - e^-0.1) + 10 × e^-0.1.
    #expect(abs(try #require(cost(bench, 0)) - 104.21095618) < 1e-4)
    bench.now = .zero + .seconds(100)
    #expect(abs(try #require(cost(bench, 0)) - 104.21095618) < 1e-4, "it does not fade")
  }
}
