import Cloud
import Simulation
import Testing

/// Five servers, one request a second to a random server, one check after each request.
private struct Shop {
  var sample: Sample
  var servers: [Observation.Server]
  var random: RandomStream
  var second = 0
  /// The request after which the rule first added a server.
  var firstAddition: Int?
  var reasons: [String] = []

  init(_ trigger: Sample.Trigger, seed: UInt64, servers: Int = 5) {
    sample = Sample()
    sample.trigger = trigger
    self.servers = (0..<servers).map { Observation.Server(id: ServerID($0)) }
    random = RandomStream(seed: seed, purpose: "test", name: "shop")
  }

  mutating func run(_ seconds: Int) {
    for _ in 0..<seconds {
      second += 1
      let lucky = random.index(below: servers.count)
      servers[lucky].picked.total += 1
      servers[lucky].arrivals = 1
      let decision = sample.decide(
        Observation(
          time: Instant(seconds: Double(second)), elapsed: .seconds(1), arrivals: 1,
          servers: servers),
        within: 1...100_000)
      servers[lucky].arrivals = 0
      if decision.after > servers.count {
        firstAddition = firstAddition ?? second
        reasons.append(decision.reason)
      }
      while servers.count < decision.after {
        servers.append(Observation.Server(id: ServerID(servers.count)))
      }
    }
  }
}

@Suite("The sample's rule")
struct SampleTests {
  private func mean(_ seeds: Int, _ value: (UInt64) -> Int) -> Double {
    Double((1...UInt64(seeds)).reduce(0) { $0 + value($1) }) / Double(seeds)
  }

  @Test func `it first fires at request 448 on average, at 501 at the latest`() {
    var latest = 0
    let mean = mean(200) { seed in
      var shop = Shop(.once, seed: seed)
      shop.run(501)
      latest = max(latest, shop.firstAddition ?? .max)
      return shop.firstAddition ?? 0
    }
    // The standard deviation is about 22, so the mean's error is about 1.6.
    #expect((442...454).contains(mean))
    #expect(latest <= 501)
  }

  @Test(arguments: [
    (Sample.Trigger.eachCheck, 4, 3125.0...3191.0), (.eachHit, 100, 155...183),
    (.once, 100, 19.2...20.4), (.reset, 100, 9.6...10.4), (.cooldown, 100, 15.7...16.3),
  ])
  func `servers after an hour`(
    _ trigger: Sample.Trigger, _ seeds: Int, _ range: ClosedRange<Double>
  ) {
    let mean = mean(seeds) { seed in
      var shop = Shop(trigger, seed: seed)
      shop.run(3600)
      return shop.servers.count
    }
    #expect(range.contains(mean), "\(trigger): \(mean)")
  }

  @Test func `each check adds one from then on, for a total never falls`() {
    var shop = Shop(.eachCheck, seed: 1, servers: 1)
    shop.run(100)
    #expect(shop.servers.count == 1)
    shop.run(1)
    #expect(shop.servers.count == 2)
    shop.run(50)
    #expect(shop.servers.count == 52)
    #expect(shop.reasons.first == "s1 has had 101 requests in all, over 100")
  }

  private func check(
    _ sample: inout Sample, at second: Double, _ servers: [(picked: Int, arrivals: Int)]
  ) -> Decision {
    sample.decide(
      Observation(
        time: Instant(seconds: second), elapsed: .seconds(1), arrivals: 0,
        servers: servers.enumerated().map { index, server in
          Observation.Server(
            id: ServerID(index), picked: Counter(server.picked), arrivals: server.arrivals)
        }), within: 1...1000)
  }

  @Test func `each hit counts the requests that landed above the threshold`() {
    var sample = Sample()
    sample.trigger = .eachHit
    // 98 → 103: 101, 102 and 103 landed above; 120 → 127: all seven; 40 → 90: none.
    let decision = check(&sample, at: 1, [(103, 5), (127, 7), (90, 50)])
    #expect(decision.after == 13)
  }

  @Test func `once is once for each server`() {
    var sample = Sample()
    sample.trigger = .once
    #expect(check(&sample, at: 1, [(101, 1), (101, 1), (7, 1)]).after == 5)
    #expect(check(&sample, at: 2, [(102, 1), (102, 1), (7, 0)]).after == 3)
    #expect(check(&sample, at: 3, [(102, 0), (102, 0), (150, 9)]).after == 4)
  }

  @Test func `reset counts from the last addition`() {
    var sample = Sample()
    sample.trigger = .reset
    #expect(check(&sample, at: 1, [(101, 1), (90, 1)]).after == 3)
    #expect(check(&sample, at: 2, [(201, 100), (190, 100)]).after == 2)
    #expect(check(&sample, at: 3, [(202, 1), (190, 0)]).after == 3)
  }

  @Test func `cooldown waits 300 s`() {
    var sample = Sample()
    sample.trigger = .cooldown
    #expect(check(&sample, at: 10, [(101, 1)]).after == 2)
    let waiting = check(&sample, at: 309, [(400, 1)])
    #expect(waiting.after == 1)
    #expect(waiting.reason == "added 299s ago, at most one in 300s")
    #expect(check(&sample, at: 310, [(401, 1)]).after == 2)
  }

  @Test func `it never removes`() {
    var sample = Sample()
    let decision = check(&sample, at: 1, [(0, 0), (0, 0), (0, 0)])
    #expect(decision.after == 3)
    #expect(decision.reason == "s1 has had 0 requests in all, not over 100")
    #expect(decision.steps[1].rule == "none: a total, read as if it were a level")
  }

  @Test func `an addition that the bounds forbid is none`() {
    var sample = Sample()
    sample.trigger = .cooldown
    let servers = [Observation.Server(id: ServerID(0), picked: Counter(200))]
    for second in 1...3 {
      let decision = sample.decide(
        Observation(
          time: Instant(seconds: Double(second)), elapsed: .seconds(1), arrivals: 1,
          servers: servers), within: 1...1)
      #expect(decision.after == 1)
      #expect(decision.reason == "2 servers wanted, at most 1 allowed")
    }
  }

  @Test(arguments: Sample.Trigger.allCases)
  func `every trigger can be typed`(_ trigger: Sample.Trigger) {
    var sample = Sample()
    let accepted = sample.set("trigger", to: .choice(trigger.rawValue))
    #expect(accepted)
    #expect(sample.trigger == trigger)
  }
}
