import Cloud
import Simulation
import Testing

/// Commands in random order, and numbers beyond all sense: nothing traps, everything stays in order.
@Suite struct EngineFuzzTests {
  @Test(arguments: 0..<40)
  func randomCommandsKeepTheInvariants(_ seed: Int) {
    var random = RandomStream(seed: UInt64(seed), purpose: "test", name: "fuzz")
    var world = World(seed: UInt64(seed))
    for step in 0..<150 {
      command(&world, &random)
      let before = world
      let faults = world.checkInvariants()
      #expect(faults == [], "step \(step)")
      if random.index(below: 10) == 0 {
        var fork = before
        let stop = Stop(time: world.now + .seconds(1))
        world.advance(until: stop)
        while fork.advance(until: stop, budget: 1 + random.index(below: 20)) == .budget {}
        #expect(fork.digest == world.digest, "step \(step)")
      }
    }
    let counts = world.measurement.counts
    #expect(
      counts.arrived == counts.completed + counts.failed + counts.refused + counts.timedOut
        + counts.limited + counts.inFlight)
    #expect(world.arrived > 0)
  }

  private func command(_ world: inout World, _ random: inout RandomStream) {
    func someone() -> ServerID { ServerID(random.index(below: world.rented + 1)) }
    func number(_ values: [Double]) -> Double { values[random.index(below: values.count)] }
    switch random.index(below: 19) {
    case 0, 1:
      _ = world.spawn(1 + random.index(below: 3), spec(&random))
    case 2:
      let limit = random.index(below: 400)
      world.stop([someone()], drain: limit < 200 ? .milliseconds(Int64(limit)) : nil)
    case 3: _ = world.kill([someone()])
    case 4: world.restart([someone(), someone()])
    case 5: world.slow([someone()], factor: number([0.25, 1, 3, 1e9, 1e-9]))
    case 6: world.resize(someone(), to: spec(&random), restart: random.index(below: 3) == 0)
    case 7:
      world.begin(
        Load(
          name: "l\(random.index(below: 3))",
          shape: random.index(below: 2) == 0
            ? .poisson(perSecond: number([0, 5, 50, 400])) : .constant(perSecond: 13),
          work: [.exponential(mean: 50e6), .constant(20e6), .lognormal(mean: 3e7, sigma: 2)][
            random.index(below: 3)],
          key: random.index(below: 2) == 0 ? .none : .zipf(50, 1),
          memory: .constant(number([0, 0, 2e8])),
          timeout: random.index(below: 2) == 0 ? nil : .milliseconds(Int64(number([0, 30, 300]))),
          retries: random.index(below: 4),
          backoff: random.index(below: 2) == 0 ? nil : Backoff(.milliseconds(40)),
          priority: random.index(below: 3)))
    case 8: world.end(load: random.index(below: 3) == 0 ? nil : "l\(random.index(below: 3))")
    case 9:
      world.send(
        random.index(below: 20), gap: .milliseconds(Int64(random.index(below: 20))),
        hold: random.index(below: 2) == 0)
    case 10: _ = world.finish(request: UInt64(random.index(below: world.arrived + 2)))
    case 11:
      world.scale(
        Scaler(
          name: "s\(random.index(below: 2))",
          policy: Autoscalers.all[random.index(below: Autoscalers.all.count)].init(),
          every: .milliseconds(700), bounds: 1...8, boot: .milliseconds(300),
          drain: .milliseconds(200)))
    case 12: world.endScaler(random.index(below: 2) == 0 ? nil : "s0")
    case 13: world.use(Balancers.all[random.index(below: Balancers.all.count)].init())
    case 14: world.limit(limit(&random))
    case 15: world.endLimit(random.index(below: 2) == 0 ? nil : "breaker")
    case 16: world.hedge(.milliseconds(Int64(number([0, 10, 40, 300]))))
    case 17: world.advance(until: Stop(position: world.position + random.index(below: 300)))
    default: world.run(.milliseconds(Int64(random.index(below: 500))))
    }
  }

  private func limit(_ random: inout RandomStream) -> any Limit {
    var limit = Limits.all[random.index(below: Limits.all.count)].init()
    if let breaker = limit as? Breaker {
      var breaker = breaker
      breaker.maxRequests = 1 + random.index(below: 30)
      limit = breaker
    }
    if let shed = limit as? Shed {
      var shed = shed
      shed.target = 0.01
      shed.interval = 0.05
      limit = shed
    }
    return limit
  }

  private func spec(_ random: inout RandomStream) -> ServerSpec {
    var spec = ServerSpec()
    spec.cpu = 1 + random.index(below: 3)
    spec.speed = [1, 1, 0.5, 2.5][random.index(below: 4)]
    spec.queue = random.index(below: 3) == 0 ? random.index(below: 5) : nil
    spec.boot = .milliseconds(Int64(random.index(below: 3) * 150))
    spec.discipline = random.index(below: 3) == 0 ? .ps : .fifo
    return spec
  }

  @Test(
    arguments: [
      Shape.poisson(perSecond: 1e18), .poisson(perSecond: 1e-18), .poisson(perSecond: 0),
      .poisson(perSecond: -5), .poisson(perSecond: .nan), .poisson(perSecond: .infinity),
      .constant(perSecond: 1e18), .constant(perSecond: 0), .constant(perSecond: -1),
      .constant(perSecond: .nan), .send(count: -3, gap: .seconds(1)),
      .send(count: 3, gap: .seconds(-1)), .send(count: .max, gap: .max),
      .sale(Sale(base: 0, peak: 1e9)), .sale(Sale(base: 0, peak: 0)),
      .sale(Sale(base: 1e9, peak: 0, halfLife: .hours(1))),
      .sale(Sale(base: .nan, peak: .infinity)), .sale(Sale(base: -1, peak: -2)),
      .sale(Sale(base: 1, peak: 2, start: .max, rise: .max, halfLife: .max)),
      .sale(Sale(base: 0, peak: 5, start: .zero, rise: .zero, halfLife: .zero)),
      .ramp(Ramp(from: 0, to: 1e9, over: .max)), .ramp(Ramp(from: .nan, to: -1, over: .zero)),
      .spike(Spike(base: .infinity, peak: 0)), .spike(Spike(base: 0, peak: 3, start: .max)),
      .spike(Spike(base: 0, peak: 1e-12, start: .seconds(-5), length: .max)),
      .wave(Wave(base: 0, peak: 1e-12, period: .nanoseconds(1), form: .square)),
      .wave(Wave(base: .nan, peak: 1e18, period: .zero)),
      .wave(Wave(base: 7, peak: 0, period: .max)),
      .bursts(Bursts(base: 0, peak: 1e-9, quiet: .zero, burst: .zero)),
      .bursts(Bursts(base: 0, peak: 5)), .bursts(Bursts(base: 0, peak: 0)),
      .bursts(Bursts(base: 3, peak: .infinity, quiet: .max, burst: .zero)),
      .trace(RecordedTraffic(.counts(interval: .max, [.max, 1, -4]), source: "", factor: .nan)),
      .trace(RecordedTraffic(.counts(interval: .max, [.max, .max]), source: "", factor: 1e300)),
      .trace(RecordedTraffic(.counts(interval: .zero, [3, 4]), source: "")),
      .trace(RecordedTraffic(.instants([.seconds(-4), .max]), source: "", factor: -2)),
      .trace(RecordedTraffic(.instants([.seconds(-4), .max]), source: "", factor: 2)),
    ])
  func anyShapeIsSurvived(_ shape: Shape) {
    var world = World(servers: 2)
    world.requestLimit = 2000
    world.run(.seconds(1))
    world.begin(Load(shape: shape, work: .constant(1e18)))
    for _ in 0..<20 {
      let before = world.now
      world.advance(until: Stop(time: world.now + .hours(10_000)), budget: 1000)
      #expect(world.now >= before)
    }
    world.advance(until: Stop(), budget: 10_000)
    _ = world.measurement
    #expect(world.checkInvariants() == [])
  }

  @Test(arguments: [0, 1e-300, 1e-9, 1, 1e9, 1e300, .infinity, .nan, -1] as [Double])
  func anySpeedIsSurvived(_ speed: Double) {
    for discipline in Discipline.allCases {
      for cpu in [Int.min, 0, 1, 1_000_000_000, .max] {
        var world = World()
        var spec = ServerSpec()
        spec.speed = speed
        spec.cpu = cpu
        spec.queue = .max
        spec.memory = .max
        spec.discipline = discipline
        _ = world.spawn(2, spec)
        world.begin(
          Load(
            shape: .constant(perSecond: 100), work: .exponential(mean: 1e18),
            memory: .constant(1e18), timeout: .max, retries: .max))
        world.advance(until: Stop(time: .zero + .hours(1)), budget: 500)
        world.slow([ServerID(0)], factor: speed)
        world.resize(ServerID(1), to: ServerSpec(), restart: false)
        world.advance(until: Stop(time: .max), budget: 500)
        world.end(load: nil)
        world.advance(until: Stop(time: .max), budget: 2000)
        #expect(world.checkInvariants() == [])
        _ = world.measurement
        _ = world.dollars
      }
    }
  }

  @Test func anyDurationIsSurvived() {
    for duration in [Duration.min, .seconds(-1), .zero, .max] {
      var world = World()
      var spec = ServerSpec()
      spec.boot = duration
      _ = world.spawn(2, spec)
      world.begin(.requests(3, gap: duration, work: duration, timeout: duration, retries: 1))
      world.scale(
        Scaler(policy: Sample(), every: duration, bounds: 1...2, boot: duration, drain: duration))
      world.advance(until: Stop(time: .zero + .hours(1)), budget: 1000)
      world.stop([ServerID(0)], drain: duration)
      world.advance(until: Stop(time: .max), budget: 1000)
      #expect(world.checkInvariants() == [])
    }
  }
}
