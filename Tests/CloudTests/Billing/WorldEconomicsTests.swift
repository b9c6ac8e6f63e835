import Cloud
import Simulation
import Testing

/// What a run of a world cost and what it gave for it.
@Suite("Economics of a world")
struct WorldEconomicsTests {
  private func measured(_ world: World, _ duration: Duration) -> RunEconomics {
    var world = world
    world.beginMeasurement()
    world.run(duration)
    return world.measurement.economics
  }

  @Test func `server-time is told apart by what servers do`() {
    var world = World()
    world.billing = .perSecond(minimum: .zero)
    var spec = ServerSpec()
    spec.boot = .seconds(20)
    spec.warming = .seconds(5)
    spec.cold = 2
    _ = world.spawn(2, spec)
    world.run(.seconds(10))
    let before = world
    world.beginMeasurement()
    world.run(.seconds(40))
    // One is given back at 55 s while it has a request of 20 s, begun at 50 s.
    world.begin(.requests(2, work: .seconds(20)))
    world.run(.seconds(5))
    world.stop([ServerID(1)])
    world.run(.seconds(45))
    let run = world.measurement.economics
    #expect(run.times[.booting] == .seconds(20))
    #expect(run.times[.warming] == .seconds(10))
    #expect(run.times[.inService] == .seconds(75 + 30))
    #expect(run.times[.draining] == .seconds(15))
    #expect(run.times[.pooled] == .zero)
    #expect(run.busy == .seconds(40))
    #expect(run.peak == 2)
    // A hundred seconds of one, seventy of the other, less the ten of each before.
    #expect(run.bill.billed == .seconds(90 + 60))
    #expect(run.waste == .seconds(110))
    #expect(abs(run.owned - 2 * 0.04 * 90 / 3600) < 1e-12)
    #expect(before.measurement.economics.times[.booting] == .seconds(20))
  }

  @Test func `pooled servers are told apart, and a spot machine is owned at its full price`() {
    var world = World()
    var spec = ServerSpec()
    spec.spot = Spot(share: 0.5)
    _ = world.spawn(1, spec)
    var provisioning = Provisioning()
    provisioning.pool = Provisioning.Pool(WarmPool(least: 2, maxPrepared: 0))
    world.scale(Scaler(policy: Demand(), provisioning: provisioning))
    let run = measured(world, .minutes(1))
    #expect(run.times[.pooled] == .minutes(2))
    #expect(run.times[.inService] == .minutes(1))
    #expect(run.peak == 1)
    #expect(abs(run.owned - 0.04 / 60) < 1e-12)
  }

  /// Answers of 400, 800, 1200 and 1600 ms.
  @Test(arguments: [(nil, 2), (Duration.milliseconds(1200), 3), (.milliseconds(399), 0)])
  func `an answer is good when it comes within the objective`(
    _ objective: Duration?, _ good: Int
  ) {
    var world = World(servers: 1)
    world.objective = objective
    world.begin(.requests(4, work: .milliseconds(400)))
    let run = measured(world, .seconds(10))
    #expect(run.good == good)
    #expect(run.goodput == Double(good) / 10)
    #expect(run.limit == objective ?? .seconds(1))
    #expect(run.minutesOutOfObjective == 1)
    world.objective = .seconds(2)
    #expect(measured(world, .seconds(10)).minutesOutOfObjective == 0)
  }

  /// Twice as much as one server can do for 100 s, of whose works the last is done at 200 s.
  @Test func `what is lost or late puts its minute out`() {
    var world = World(servers: 1)
    world.begin(.requests(1000, gap: .milliseconds(100), work: .milliseconds(200)))
    #expect(measured(world, .minutes(10)).minutesOutOfObjective == 4)
    #expect(measured(world, .seconds(70)).minutesOutOfObjective == 2)
    world.beginMeasurement()
    world.run(.seconds(30))
    _ = world.kill([ServerID(0)])
    world.run(.minutes(10))
    #expect(world.measurement.economics.minutesOutOfObjective == 2)
  }

  /// Four servers' load on two that become four after 60 s.
  @Test func `servers that are missing and servers that are idle are counted`() throws {
    var world = World(servers: 2)
    world.begin(.requests(4000, gap: .milliseconds(50), work: .milliseconds(200)))
    var spec = ServerSpec()
    spec.boot = .seconds(60)
    _ = world.spawn(2, spec)
    let run = measured(world, .seconds(300))
    #expect(abs(run.elasticity.underProvisioned.seconds - 120) < 0.5)
    // After 200 s nothing comes any more.
    #expect(abs(run.elasticity.overProvisioned.seconds - 400) < 0.5)
    let shares = try #require(run.elasticity.timeShares)
    #expect(abs(shares.under - 0.2) < 0.04)
    #expect(run.elasticity.timeToCapacity.map { $0 >= .seconds(60) && $0 <= .seconds(70) } == true)
  }

  @Test(arguments: [1, 7, 65_536]) func `a run is the same in parts of any size`(_ size: Int) {
    var whole = EngineLawTests.busy(RoundRobin.self)
    whole.run(.seconds(95))
    var parts = EngineLawTests.busy(RoundRobin.self)
    let stop = Stop(time: .zero + .seconds(95))
    while parts.advance(until: stop, budget: size) == .budget {}
    #expect(parts.measurement.economics == whole.measurement.economics)
    var halves = EngineLawTests.busy(RoundRobin.self)
    for seconds in [3, 10, 7, 40, 35] { halves.run(.seconds(Int64(seconds))) }
    #expect(halves.measurement.economics == whole.measurement.economics)
    #expect(whole.measurement.economics.minutesOutOfObjective > 0)
  }

  /// A year in which nothing happens, and one in which one thing does.
  @Test func `long quiet times are no work`() {
    var world = World(servers: 1)
    world.begin(.requests(2, gap: .hours(8760), work: .seconds(1)))
    let run = measured(world, .hours(2 * 8760))
    #expect(run.good == 2)
    #expect(run.times[.inService] == .hours(2 * 8760))
    #expect(run.elasticity.overProvisioned > .hours(2 * 8759))
    world.beginMeasurement()
    expect(world.advance(until: Stop()), .idle)
    #expect(world.now == .zero + .hours(8760) + .seconds(1))
  }
}
