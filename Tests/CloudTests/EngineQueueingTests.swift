import Cloud
import Simulation
import Testing

/// The mathematics of queues, within four standard errors at fixed seeds.
@Suite struct EngineQueueingTests {
  /// The mean latency in units of the mean work, by the means of batches.
  private func latency(_ start: World, batches: Int = 40, of size: Int = 50_000) -> Estimate {
    var world = start
    world.advance(until: Stop(settled: size))
    var means: [Double] = []
    for batch in 1...batches {
      world.beginMeasurement()
      world.advance(until: Stop(settled: (batch + 1) * size))
      means.append((world.measurement.latency.mean ?? 0) / 100e6)
    }
    return Estimate(means)
  }

  @Test func oneServerIsMM1() {
    var world = World(servers: 1)
    world.begin(.random(9))
    #expect(latency(world, of: 100_000).agrees(with: 10))
  }

  /// Erlang's formula for four servers at 80 %.
  @Test func slotsAreMMc() {
    var world = World(servers: 1, cpu: 4)
    world.begin(.random(32))
    let offered = 3.2
    let terms = [1, offered, offered * offered / 2, offered * offered * offered / 6]
    let last = offered * offered * offered * offered / 24 / (1 - offered / 4)
    let waiting = last / (terms.reduce(0, +) + last)
    #expect(latency(world).agrees(with: 1 + waiting / (4 - offered)))
  }

  /// Under processor sharing only the mean of the work matters.
  @Test(
    arguments: [
      Distribution.exponential(mean: 100e6), .lognormal(mean: 100e6, sigma: 1),
      .constant(100e6), .mix([.init(0.9, .constant(50e6)), .init(0.1, .constant(550e6))]),
    ])
  func sharingIsInsensitive(_ work: Distribution) {
    var world = World(servers: 1, discipline: .ps)
    world.begin(Load(shape: .poisson(perSecond: 7), work: work))
    #expect(latency(world).agrees(with: 1 / (1 - 0.7)))
  }

  /// Pollaczek and Khinchin: constant works wait half as long as exponential ones.
  @Test func constantWorksWaitHalf() {
    var world = World(servers: 1)
    world.begin(Load(shape: .poisson(perSecond: 8), work: .constant(100e6)))
    #expect(latency(world).agrees(with: 1 + 0.8 / (2 * (1 - 0.8))))
  }

  /// D/M/1: the root of σ = exp(−(1 − σ) ÷ ρ) at ρ = 0.7 is 0.4670.
  @Test func evenArrivalsAreDM1() {
    var world = World(servers: 1)
    world.begin(Load(shape: .constant(perSecond: 7), work: .exponential(mean: 100e6)))
    var root = 0.5
    for _ in 0..<200 { root = Elementary.exp(-(1 - root) / 0.7) }
    #expect(latency(world).agrees(with: 1 / (1 - root)))
  }

  /// Erlang-n arrivals at each server; the values are solutions of their equation for σ.
  @Test(arguments: [(2, 0.7, 2.600622926), (2, 0.9, 7.588283629), (10, 0.7, 2.019804349)])
  func turnsAreErlangArrivals(_ servers: Int, _ load: Double, _ mean: Double) {
    var world = World(servers: servers)
    world.begin(.random(Double(servers) * 10 * load))
    #expect(latency(world, of: 100_000).agrees(with: mean))
  }

  @Test func randomSplitsAreMM1() {
    var world = World(servers: 10, balancer: Random())
    world.begin(.random(70))
    #expect(latency(world).agrees(with: 1 / 0.3))
  }

  /// Two servers and two choices: the shorter queue, 5.45375 ± 0.035 in a simulation of 4 × 10⁷.
  @Test func twoChoicesOfTwoJoinTheShorterQueue() {
    var world = World(servers: 2, balancer: TwoChoices())
    world.begin(.random(14))
    #expect(latency(world).agrees(with: 2.10591))
  }

  // MARK: - Exact laws

  @Test(arguments: [1, 3])
  func workIsConserved(_ cpu: Int) {
    var world = World(servers: 2, cpu: cpu)
    world.begin(.random(15))
    world.advance(until: Stop(arrival: 10_001))
    world.end(load: nil)
    world.advance(until: Stop())
    let result = world.measurement
    #expect(result.counts.completed == 10_000)
    // Latency is wait and service, and slots are in use for as long as they serve.
    #expect(world.busyNanoseconds == Double(result.latency.sum - result.wait.sum))
    let slots = 2 * Double(cpu) * Double(world.now.nanoseconds)
    #expect(result.utilisation == world.busyNanoseconds / slots)
  }

  @Test func sharingConservesWork() {
    func busy(_ discipline: Discipline) -> Double {
      var world = World(servers: 1, discipline: discipline)
      world.begin(.random(9))
      world.advance(until: Stop(arrival: 10_001))
      world.end(load: nil)
      world.advance(until: Stop())
      #expect(world.checkInvariants() == [])
      return world.busyNanoseconds
    }
    // Each finish is rounded up to a nanosecond.
    #expect(abs(busy(.ps) - busy(.fifo)) <= 10_000)
  }

  /// Little: the integral of the number in the system is the sum of the times spent there.
  @Test func littleHoldsExactly() {
    var world = World(servers: 3, balancer: TwoChoices())
    world.begin(.random(27))
    var integral: Int64 = 0
    var present: Int64 = 0
    var since = Instant.zero
    while world.arrived < 3000 || present > 0 {
      world.advance(until: Stop(position: world.position + 1))
      integral += present * (world.now - since).nanoseconds
      since = world.now
      switch world.lastEvent?.what {
      case .arrived: present += 1
      case .finished: present -= 1
      default: Issue.record("nothing else can happen")
      }
      if world.arrived == 3000 { world.end(load: nil) }
    }
    #expect(world.measurement.latency.sum == UInt128(integral))
  }

  @Test func speedDividesWork() {
    var world = World()
    var spec = ServerSpec()
    spec.speed = 4
    _ = world.spawn(1, spec)
    world.begin(.random(36))
    let estimate = latency(world, of: 100_000)
    #expect(estimate.agrees(with: 2.5))
  }

  @Test func arrivalsKeepTheirRate() {
    var world = World(servers: 1, cpu: 1000)
    world.begin(Load(name: "even", shape: .constant(perSecond: 30), work: .constant(1)))
    world.run(.hours(10))
    // A third of a nanosecond each does not add up.
    #expect(world.arrived == 30 * 36_000)
    world.end(load: nil)
    world.beginMeasurement()
    world.begin(Load(shape: .poisson(perSecond: 1000), work: .constant(1)))
    world.run(.seconds(1000))
    #expect(abs(world.measurement.counts.arrived - 1_000_000) < 4000)
  }

  @Test(arguments: [
    Shape.sale(Sale(base: 10, peak: 1000)), .ramp(Ramp(from: 300, to: 20)),
    .ramp(Ramp(from: 0, to: 500, over: .seconds(300))),
    .spike(Spike(base: 50, peak: 400)), .spike(Spike(base: 200, peak: 0)),
    .wave(Wave(base: 20, peak: 300, period: .seconds(360))),
    .wave(Wave(base: 0, peak: 100, period: .seconds(240), form: .square)),
  ])
  func arrivalsFollowTheirRate(_ shape: Shape) {
    var world = World(servers: 1, cpu: 100_000)
    world.begin(Load(shape: shape, work: .constant(1)))
    var expected = 0.0
    var arrived = 0
    for second in 1...1200 {
      // Its middle, so that a leap between two seconds does not count for either.
      expected += rate(shape, Double(second) - 0.5)
      world.run(.seconds(1))
      if second % 60 == 0 {
        let more = Double(world.arrived - arrived)
        #expect(abs(more - expected) < 4.5 * expected.squareRoot() + 1)
        arrived = world.arrived
        expected = 0
      }
    }
  }

  private func rate(_ shape: Shape, _ seconds: Double) -> Double {
    switch shape {
    case .sale(let sale): sale.rate(at: seconds)
    case .ramp(let ramp): ramp.rate(at: seconds)
    case .spike(let spike): spike.rate(at: seconds)
    case .wave(let wave): wave.rate(at: seconds)
    default: 0
    }
  }

  @Test func wavesBeginAtTheirBase() {
    let sine = Wave(base: 20, peak: 80, period: .seconds(100))
    #expect([0, 25, 50, 75, 100].map { sine.rate(at: $0) } == [20, 50, 80, 50, 20])
    let square = Wave(base: 20, peak: 80, period: .seconds(100), form: .square)
    #expect([0, 49, 50, 99, 100].map { square.rate(at: $0) } == [20, 20, 80, 80, 20])
    let outage = Spike(base: 50, peak: 0, start: .seconds(60), length: .seconds(20))
    #expect([0, 60, 79, 80].map { outage.rate(at: $0) } == [50, 0, 0, 50])
  }

  /// Counts over 60 s vary by far more than chance alone would have it; the ratio of variance and
  /// mean in closed form is in Fischer and Meier-Hellstern (1993).
  @Test func burstsAreMoreThanChance() {
    var world = World(servers: 1, cpu: 100_000)
    let bursts = Bursts(base: 1, peak: 20)
    world.begin(Load(shape: .bursts(bursts), work: .constant(1)))
    var counts: [Double] = []
    for _ in 0..<2000 {
      let before = world.arrived
      world.run(.seconds(60))
      counts.append(Double(world.arrived - before))
    }
    let mean = counts.reduce(0, +) / 2000
    let variance = counts.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 2000
    let (leave, enter) = (1 / 50.0, 1 / 10.0)
    let both = leave + enter
    let most = 2 * 19 * 19 * leave * enter / (both * both * (1 * enter + 20 * leave))
    let ratio = 1 + most * (1 - (1 - Elementary.exp(-both * 60)) / (both * 60))
    #expect(abs(mean / 60 / bursts.meanRate - 1) < 0.05)
    #expect(abs(variance / mean / ratio - 1) < 0.15)
  }

  @Test func recordingsKeepTheirCounts() {
    var world = World(servers: 1, cpu: 1000)
    let counts = [5, 0, 120, 7, 1]
    let trace = Trace.counts(interval: .seconds(10), counts)
    world.begin(
      Load(shape: .trace(RecordedTraffic(trace, source: "made up")), work: .constant(1)))
    for count in counts {
      let before = world.arrived
      world.run(.seconds(10))
      #expect(world.arrived - before == count)
    }
    expect(world.advance(until: Stop()), .idle)

    var half = World(servers: 1, cpu: 1000)
    half.begin(
      Load(
        shape: .trace(RecordedTraffic(trace, source: "made up", factor: 0.5)), work: .constant(1)))
    half.advance(until: Stop())
    #expect(half.arrived == 66)
  }
}
