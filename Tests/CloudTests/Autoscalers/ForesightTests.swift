import Cloud
import Simulation
import Testing

/// Writes down what it is told of the future, and asks for nothing.
private struct Seer: Foreseeing {
  static let name = "seer"
  static let summary = "Writes down the future."
  static let details = StrategyDetails(rule: "", source: "", ties: "", failure: "")
  static let period = Duration.seconds(1)

  var looks: [[Foreseen]] = []

  func foresight(boot: Duration) -> Duration { boot }
  mutating func foresee(_ seconds: [Foreseen]) { looks.append(seconds) }
  mutating func decide(_ observation: Observation, within bounds: ClosedRange<Int>) -> Decision {
    Decision(
      before: observation.servers.count, after: observation.servers.count, reason: "", steps: [])
  }
}

/// What a policy that knows the future is told, against what then comes.
@Suite struct ForesightTests {
  static let shapes: [Shape] = [
    .constant(perSecond: 40), .poisson(perSecond: 40),
    .sale(Sale(base: 10, peak: 90, start: .seconds(5), rise: .seconds(5), halfLife: .seconds(5))),
    .ramp(Ramp(from: 10, to: 60, over: .seconds(20))),
    .spike(Spike(base: 20, peak: 90, start: .seconds(8), length: .seconds(4))),
    .wave(Wave(base: 5, peak: 60, period: .seconds(7))),
    .bursts(Bursts(base: 5, peak: 80, quiet: .seconds(3), burst: .seconds(2))),
    .trace(
      RecordedTraffic(
        .counts(interval: .seconds(2), [30, 0, 90, 40, 10, 70, 0, 0, 20, 35]), source: "counts")),
    .trace(
      RecordedTraffic(
        .instants((0..<200).map { .milliseconds(Int64($0 * 83)) }), source: "instants",
        factor: 1.7)),
    .send(count: 300, gap: .milliseconds(60)),
  ]

  private func load(_ shape: Shape) -> Load { Load(shape: shape, work: .exponential(mean: 20e6)) }

  private func world(_ shape: Shape, _ policy: (any Autoscaler)?) -> World {
    var world = World(servers: 3)
    world.begin(load(shape))
    if let policy {
      world.scale(Scaler(policy: policy, bounds: 3...3, boot: .seconds(4)))
    }
    return world
  }

  private func looks(_ world: World) throws -> [[Foreseen]] {
    try #require(world.autoscalers.first?.policy as? Seer).looks
  }

  /// What really arrives in each second up to an instant.
  private func arrivals(_ world: World, until end: Instant) -> [Foreseen] {
    var world = world
    var seconds: [Foreseen] = []
    while world.now < end {
      let next = world.nextPick
      let arrived = world.arrived
      world.advance(until: Stop(time: end), budget: 1)
      guard world.arrived > arrived, let next else { continue }
      let second = Int(next.request.time.nanoseconds / 1_000_000_000)
      while seconds.count <= second {
        seconds.append(Foreseen(time: .zero + .seconds(Int64(seconds.count))))
      }
      seconds[second].requests += 1
      seconds[second].work = seconds[second].work + next.request.work
    }
    return seconds
  }

  @Test(arguments: shapes)
  func `what is foreseen is what comes`(_ shape: Shape) throws {
    var seen = world(shape, Seer())
    seen.run(.seconds(12))
    let real = arrivals(world(shape, nil), until: .zero + .seconds(17))
    let looks = try looks(seen)
    #expect(looks.count == 12)
    for (check, look) in looks.enumerated() {
      #expect(look.map(\.time) == (1...5).map { .zero + .seconds(Int64(check + $0)) })
      for second in look {
        let index = Int(second.time.nanoseconds / 1_000_000_000)
        #expect(second == (index < real.count ? real[index] : Foreseen(time: second.time)))
      }
    }
    #expect(looks.joined().contains { $0.requests > 0 })
  }

  @Test(arguments: shapes)
  func `to foresee changes no request`(_ shape: Shape) {
    var seen = world(shape, Oracle())
    var plain = world(shape, nil)
    seen.run(.seconds(20))
    plain.run(.seconds(20))
    #expect(seen.actions.isEmpty)
    #expect(seen.arrived == plain.arrived)
    #expect(seen.servers == plain.servers)
  }

  @Test(arguments: shapes, [1, 7])
  func `forks and chunks see the same`(_ shape: Shape, _ size: Int) throws {
    var whole = world(shape, Seer())
    whole.run(.milliseconds(3500))
    var parts = whole
    whole.run(.seconds(9))
    let stop = Stop(time: parts.now + .seconds(9))
    while parts.advance(until: stop, budget: size) == .budget {}
    expect(try looks(parts), try looks(whole))
    #expect(parts.digest == whole.digest)
  }

  @Test func `a load that begins or ends is foreseen from then on`() throws {
    var world = world(.constant(perSecond: 10), Seer())
    world.run(.seconds(3))
    world.begin(Load(name: "more", shape: .constant(perSecond: 5)))
    world.run(.seconds(2))
    world.end(load: "main")
    world.run(.seconds(2))
    world.end(load: nil)
    world.run(.seconds(1))
    // The whole seconds ahead: an arrival of the very instant belongs to the next one.
    let each = try looks(world).map { $0.dropFirst().map(\.requests) }
    let constant = { (rate: Int) in [Int](repeating: rate, count: 4) }
    #expect(
      each == [10, 10, 10, 15, 15, 5, 5, 0].map(constant))
  }

  @Test func `a check between seconds sees to the end of its last one`() throws {
    var world = World(servers: 1)
    world.begin(Load(shape: .constant(perSecond: 10)))
    world.scale(
      Scaler(policy: Seer(), every: .milliseconds(1500), bounds: 1...1, boot: .seconds(2)))
    world.run(.seconds(3))
    let times = try looks(world).map { $0.map { $0.time.nanoseconds / 1_000_000_000 } }
    #expect(times == [[1, 2, 3, 4], [3, 4, 5, 6]])
  }

  @Test func `the absurdly far is out of sight`() throws {
    var world = World(servers: 1)
    world.begin(Load(shape: .constant(perSecond: 0.01)))
    world.scale(Scaler(policy: Seer(), bounds: 1...1, boot: .hours(100_000)))
    world.run(.seconds(1))
    #expect(try looks(world).map(\.count) == [86_400])
  }

  /// Ten a second of 100 ms each keep one server busy; from 60 s on there are five times as many.
  @Test(arguments: [(Oracle.Ahead.boot, 30.0), (.none, 60)])
  func `with a boot's notice the servers are asked for in time`(
    _ ahead: Oracle.Ahead, _ first: Double
  ) throws {
    var world = World(servers: 1)
    world.begin(
      Load(
        shape: .trace(
          RecordedTraffic(
            .instants(
              (0..<60).map { .seconds(Int64($0)) }
                + (0..<200).map { .milliseconds(Int64(60_000 + 20 * $0)) }), source: "step"))))
    var oracle = Oracle()
    oracle.ahead = ahead
    world.scale(Scaler(policy: oracle, boot: .seconds(30)))
    world.run(.seconds(70))
    let action = try #require(world.actions.first)
    #expect(action.decision.after == 5)
    #expect(action.time == Instant(seconds: first))
  }
}
