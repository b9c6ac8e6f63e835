import Cloud
import Simulation
import Testing

/// What holds for every balancer, and whatever way the world is advanced.
@Suite struct EngineLawTests {
  /// A world in which a bit of everything happens.
  static func busy(_ balancer: any Balancer.Type, seed: UInt64 = 7) -> World {
    var world = World(seed: seed, servers: 3, balancer: balancer.init())
    var spec = ServerSpec()
    spec.cpu = 2
    spec.speed = 1.5
    spec.queue = 5
    spec.boot = .seconds(3)
    _ = world.spawn(2, spec)
    spec.discipline = .ps
    _ = world.spawn(1, spec)
    world.begin(
      Load(
        shape: .poisson(perSecond: 60), work: .exponential(mean: 100e6), key: .zipf(100, 1.1),
        memory: .exponential(mean: 1e8), timeout: .milliseconds(400), retries: 2))
    world.begin(Load(name: "even", shape: .constant(perSecond: 7), work: .uniform(1e6, 2e8)))
    world.scale(Scaler(policy: Resource(), every: .seconds(2), bounds: 2...12, boot: .seconds(1)))
    return world
  }

  @Test(arguments: Balancers.all.indices)
  func forksAgree(_ index: Int) {
    var world = Self.busy(Balancers.all[index])
    world.run(.seconds(20))
    let keyframe = world
    let before = keyframe.digest
    var fork = keyframe
    world.run(.seconds(20))
    fork.run(.seconds(20))
    #expect(world.digest == fork.digest)
    #expect(keyframe.digest == before)
    #expect(world.digest != before)
    #expect(keyframe.measurement.latency != world.measurement.latency)
    #expect(world.checkInvariants() == [])
    #expect(keyframe.checkInvariants() == [])
  }

  @Test(arguments: Balancers.all.indices)
  func chunksAgree(_ index: Int) {
    var whole = Self.busy(Balancers.all[index])
    whole.run(.seconds(30))
    for size in [1, 7, 65_536] {
      var parts = Self.busy(Balancers.all[index])
      let stop = Stop(time: .zero + .seconds(30))
      while parts.advance(until: stop, budget: size) == .budget {}
      #expect(parts.digest == whole.digest)
      #expect(parts.measurement.latency == whole.measurement.latency)
    }
    // Who goes on to the next server by itself may answer everybody in time.
    if !Balancers.all[index].ownsHealth { #expect(whole.measurement.counts.timedOut > 0) }
    #expect(whole.measurement.counts.retried > 0)
  }

  @Test(arguments: Balancers.all.indices)
  func halvesAgree(_ index: Int) {
    var whole = Self.busy(Balancers.all[index])
    var halves = whole
    whole.run(.seconds(30))
    for part: Int64 in [11_000_000_001, 3, 18_999_999_996] { halves.run(.nanoseconds(part)) }
    #expect(halves.now == whole.now)
    #expect(halves.digest == whole.digest)
    #expect(halves.measurement.utilisation == whole.measurement.utilisation)
  }

  /// A busy world in which limits turn many away.
  static func limited(_ limit: any Limit.Type) -> World {
    var world = busy(LeastConnections.self)
    world.begin(
      Load(
        name: "polite", shape: .poisson(perSecond: 20), timeout: .milliseconds(300), retries: 3,
        backoff: Backoff(.milliseconds(50)), priority: 1))
    world.run(.seconds(5))
    var breaker = Breaker()
    breaker.maxRequests = 40
    var chosen: any Limit = limit.init()
    if var shed = chosen as? Shed {
      shed.target = 0.05
      chosen = shed
    }
    world.limit(chosen)
    world.limit(breaker)
    return world
  }

  @Test(arguments: Limits.all.indices)
  func limitsAreExact(_ index: Int) {
    var whole = Self.limited(Limits.all[index])
    let start = whole
    let stop = Stop(time: whole.now + .seconds(20))
    whole.advance(until: stop)
    #expect(whole.checkInvariants() == [])
    for size in [1, 7, 65_536] {
      var parts = start
      while parts.advance(until: stop, budget: size) == .budget {
        let fork = parts
        parts = fork
      }
      #expect(parts.digest == whole.digest)
      #expect(parts.measurement.counts == whole.measurement.counts)
    }
    var halves = start
    for part: Int64 in [7_000_000_001, 3, 12_999_999_996] { halves.run(.nanoseconds(part)) }
    #expect(halves.digest == whole.digest)
    let counts = whole.measurement.counts
    #expect(
      counts.arrived == counts.completed + counts.failed + counts.refused + counts.timedOut
        + counts.limited + counts.inFlight)
    var free = start
    free.endLimit(nil)
    free.advance(until: stop)
    #expect(free.measurement.counts != counts)
  }

  /// A timeout that never fires takes the flagged path to the same results.
  @Test(arguments: Balancers.all.indices)
  func flaggedPathAgrees(_ index: Int) {
    var lean = World(servers: 5, balancer: Balancers.all[index].init())
    var flagged = lean
    lean.begin(.random(45))
    flagged.begin(.random(45, timeout: .hours(1000)))
    lean.advance(until: Stop(settled: 20_000))
    flagged.advance(until: Stop(settled: 20_000))
    #expect(lean.measurement.latency == flagged.measurement.latency)
    #expect(lean.measurement.wait == flagged.measurement.wait)
    #expect(lean.measurement.counts == flagged.measurement.counts)
    #expect(lean.digest == flagged.digest)
  }

  /// Another load shifts neither the arrivals nor the works of the first.
  @Test func loadsAreIndependent() {
    func arrivals(with other: Load?) -> [Instant: Duration] {
      var world = World(servers: 1, cpu: 10_000)
      if let other { world.begin(other) }
      world.begin(.random(50))
      var found: [Instant: Duration] = [:]
      while world.now < .zero + .seconds(20) {
        world.advance(until: Stop(time: .zero + .seconds(20), position: world.position + 1))
        if case .finished(let answer, _)? = world.lastEvent?.what,
          answer.latency > .nanoseconds(1)
        {
          found[answer.arrival] = answer.latency
        }
      }
      return found
    }
    let alone = arrivals(with: nil)
    let other = Load(name: "other", shape: .poisson(perSecond: 80), work: .constant(1))
    #expect(alone.count > 800)
    #expect(arrivals(with: other) == alone)
  }

  /// Policies meet the same requests: the sum of all works does not depend on them.
  @Test func policiesMeetTheSameRequests() {
    let sums = Balancers.all.map { balancer in
      var world = World(servers: 4, balancer: balancer.init())
      world.begin(.random(20))
      world.advance(until: Stop(arrival: 5001))
      world.end(load: nil)
      world.advance(until: Stop())
      #expect(world.measurement.counts.completed == 5000)
      return world.busyNanoseconds
    }
    #expect(Set(sums).count == 1)
  }

  @Test func stopsWhereItShould() {
    var world = World(servers: 1)
    world.begin(.requests(3, work: .milliseconds(100)))
    expect(world.advance(until: Stop(time: .zero + .nanoseconds(99_999_999))), .stopped)
    #expect(world.settled == 0)
    #expect(world.now == .zero + .nanoseconds(99_999_999))
    expect(world.advance(until: Stop(time: .zero + .milliseconds(100))), .stopped)
    #expect(world.settled == 1)
    expect(world.advance(until: Stop(settled: 1)), .stopped)
    #expect(world.settled == 1)
    expect(world.advance(until: Stop(), budget: 1), .budget)
    #expect(world.settled == 2)
    expect(world.advance(until: Stop(request: 3)), .stopped)
    #expect(world.now == .zero + .milliseconds(300))
    expect(world.advance(until: Stop()), .idle)
    #expect(world.isIdle)
    #expect(world.now == .zero + .milliseconds(300))
    expect(world.advance(until: Stop(time: .zero)), .stopped)
    #expect(world.now == .zero + .milliseconds(300))
  }

  @Test func stopsBeforeAnArrival() {
    var world = World(servers: 1)
    world.begin(.requests(3, gap: .seconds(1), work: .milliseconds(100)))
    expect(world.advance(until: Stop(arrival: 2)), .stopped)
    #expect(world.arrived == 1)
    expect(world.advance(until: Stop(arrival: 2)), .stopped)
    expect(world.story(until: 1000), ["1000 r2 to s1 behind 0"])
  }

  @Test func aFullTableIsAnExit() {
    var world = World(servers: 1)
    world.requestLimit = 100
    world.begin(.requests(101, work: .seconds(1)))
    expect(world.advance(until: Stop()), .full)
    #expect(world.arrived == 100)
    let before = world.digest
    expect(world.advance(until: Stop()), .full)
    #expect(world.digest == before)
    world.requestLimit = 1000
    expect(world.advance(until: Stop()), .idle)
    #expect(world.measurement.counts.completed == 101)
  }

  /// Time ends the run of a world that a scaler would keep alive for ever.
  @Test func checksDoNotKeepARunAlive() {
    var world = World(servers: 1)
    world.scale(Scaler(policy: Demand(), bounds: 1...1))
    expect(world.advance(until: Stop(time: .zero + .minutes(10))), .stopped)
    #expect(world.position == 40)
  }

  @Test func `a server's row is two cache lines`() {
    #expect(World.serverRowBytes == 128)
  }
}
