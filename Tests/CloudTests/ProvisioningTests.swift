import Cloud
import Simulation
import Testing

/// How autoscalers come by machines: replacements, warm pools, spot shares, from zero.
@Suite("provisioning")
struct ProvisioningTests {
  /// One server at 40 requests a second, of which a server should have 10.
  private func world(max: Int = 20, _ change: (inout Provisioning) -> Void) -> World {
    var world = World(servers: 1, cpu: 2)
    world.begin(Load(shape: .constant(perSecond: 40), work: .constant(10e6)))
    var demand = Demand()
    demand.target = 10
    var provisioning = Provisioning()
    change(&provisioning)
    world.scale(Scaler(policy: demand, bounds: 1...max, provisioning: provisioning))
    return world
  }

  /// The health-check kill loop: every 15 s three servers that boot are given back for three more.
  @Test func `a grace shorter than the boot replaces servers for ever, a longer one cures`() {
    func after(_ grace: Duration) -> World {
      var world = world {
        $0.boot = .constant(60e9)
        $0.grace = grace
      }
      world.run(.minutes(10))
      return world
    }
    let (ill, cured) = (after(.zero), after(.seconds(300)))
    #expect(ill.count(of: .inService) == 1)
    #expect(ill.rented > 100)
    #expect(cured.count(of: .inService) == 4)
    #expect(cured.rented == 4)
    #expect(ill.dollars > 2 * cured.dollars)
    #expect(ill.checkInvariants() == [])
  }

  @Test func `what has crashed is replaced at the next check, whatever the grace`() {
    var world = world { $0.grace = .seconds(300) }
    world.run(.minutes(2))
    #expect(world.count(of: .inService) == 4)
    _ = world.kill([ServerID(1)])
    world.run(.seconds(15))
    #expect(world.servers[1].state == .gone)
    #expect(world.actions.last?.removed == [ServerID(1)])
    #expect(world.actions.last?.added == [ServerID(4)])
    world.run(.minutes(2))
    #expect(world.count(of: .inService) == 4)
  }

  @Test func `without replacing, the dead stay where they are`() {
    var world = world { _ in }
    world.run(.minutes(2))
    _ = world.kill([ServerID(1)])
    world.run(.minutes(2))
    #expect(world.servers[1].state == .crashed)
  }

  /// Two at first, paid in full while they boot once, then for their disks.
  @Test func `a warm pool starts fast, is filled up again, and costs its disks`() {
    var world = World(servers: 1)
    var provisioning = Provisioning()
    provisioning.boot = .constant(60e9)
    provisioning.pool = Provisioning.Pool(WarmPool(least: 2, maxPrepared: 0))
    var demand = Demand()
    demand.target = 10
    world.scale(Scaler(policy: demand, bounds: 1...20, provisioning: provisioning))
    #expect(world.count(of: .pooled) == 2)
    #expect(world.servers[1].isPreparing)
    #expect(abs(world.hourlyDollars - 0.12) < 1e-12)
    expect(
      world.story(until: 60_000).filter { $0.hasSuffix("prepared") },
      ["60000 s2 prepared", "60000 s3 prepared"])
    #expect(abs(world.hourlyDollars - (0.04 + 2 * 0.002)) < 1e-12)
    world.begin(Load(shape: .constant(perSecond: 100), work: .constant(1e6)))
    world.run(.seconds(25))
    // At 75 s, 50 a second over the window: two came from the pool and two were rented, and the
    // pool was filled up.
    #expect(world.actions.map(\.added) == [(1...4).map { ServerID($0) }])
    #expect(world.count(of: .inService) == 3)
    #expect(world.count(of: .booting) == 2)
    #expect(world.servers.suffix(2).map(\.state) == [.pooled, .pooled])
    world.endScaler(nil)
    #expect(world.count(of: .pooled) == 0)
    #expect(world.checkInvariants() == [])
  }

  @Test func `a pool without a size holds what the most leaves over`() {
    var world = world(max: 6) { $0.pool = Provisioning.Pool(WarmPool()) }
    #expect(world.count(of: .pooled) == 5)
    world.run(.minutes(5))
    #expect(world.count(of: .inService) == 4)
    #expect(world.count(of: .pooled) == 2)
  }

  @Test(arguments: [(0.0, 0), (0.5, 2), (1.0, 3), (0.25, 1)])
  func `a share of the servers is spot`(_ share: Double, _ count: Int) {
    var world = world { $0.spot = share }
    world.run(.minutes(5))
    #expect(world.count(of: .inService) == 4)
    #expect(world.servers.count { $0.spec.spot != nil } == count)
  }

  @Test func `a machine that got its notice is replaced at the next check`() {
    var world = world {
      $0.spot = 1
      $0.boot = .zeroTime
    }
    world.run(.minutes(1))
    #expect(world.count(of: .inService) == 4)
    _ = world.add(Fault(.spotWave(share: 1), .all, start: world.now))
    #expect(world.count(of: .inService) == 1)
    world.run(.seconds(15))
    #expect(world.count(of: .inService) == 4)
  }

  /// Requests of 60 s and a drain of 30 s: errors at the very moment of the scale-in.
  @Test func `a drain shorter than the requests cuts them off`() {
    func failed(drain: Duration) -> Int {
      var world = World()
      var spec = ServerSpec()
      spec.cpu = 1000
      _ = world.spawn(1, spec)
      var provisioning = Provisioning()
      provisioning.boot = .zeroTime
      var demand = Demand()
      demand.target = 1
      world.begin(Load(shape: .constant(perSecond: 4), work: .constant(60e9)))
      world.scale(
        Scaler(policy: demand, bounds: 1...10, drain: drain, provisioning: provisioning))
      world.run(.minutes(2))
      world.begin(Load(shape: .constant(perSecond: 1), work: .constant(60e9)))
      let story = world.story(until: 600_000)
      let cuts = story.filter { $0.hasSuffix("cut") && !$0.hasSuffix(" 0 cut") }
      #expect(cuts.isEmpty == (world.measurement.counts.failed == 0))
      return world.measurement.counts.failed
    }
    #expect(failed(drain: .seconds(30)) > 0)
    #expect(failed(drain: .minutes(10)) == 0)
  }

  // MARK: From zero

  private static let sleepers: [(name: String, make: @Sendable () -> any Autoscaler)] = [
    (
      "kpa",
      {
        var kpa = Kpa()
        kpa.total = 1
        return kpa
      }
    ),
    ("demand", { Demand() }),
  ]

  /// One request every 200 s, of 100 ms; a boot takes 10 s.
  @Test(arguments: [0, 1])
  func `scaled to zero, every request pays the boot; a server that stays cures it`(_ policy: Int) {
    func run(least: Int) -> World {
      var world = World()
      _ = world.spawn(1, ServerSpec())
      world.stop([ServerID(0)])
      var provisioning = Provisioning()
      provisioning.boot = .constant(10e9)
      world.scale(
        Scaler(
          policy: Self.sleepers[policy].make(), bounds: least...5, provisioning: provisioning))
      world.run(.seconds(100))
      world.begin(.requests(6, gap: .seconds(200), work: .milliseconds(100)))
      world.run(.seconds(1250))
      return world
    }
    let (asleep, awake) = (run(least: 0), run(least: 1))
    #expect(asleep.measurement.counts.completed == 6)
    #expect(asleep.measurement.counts.refused == 0)
    #expect((asleep.measurement.latency.minimum ?? 0) > 10_000_000_000)
    #expect(awake.measurement.latency.maximum == 100_000_000)
    #expect(asleep.checkInvariants() == [])
  }

  @Test func `a policy that needs a server to begin with has nobody wait`() {
    var world = World()
    world.scale(Scaler(policy: Resource(), bounds: 0...5))
    world.begin(.requests(1, work: .milliseconds(100)))
    expect(world.story(until: 10), ["0 r1 refused by nobody: noServer"])
  }

  // MARK: Zones

  private func zones(_ world: World) -> [String] {
    world.servers.filter { [.inService, .booting].contains($0.state) }.map(\.spec.zone)
  }

  /// Source: EC2 Auto Scaling user guide: where there are fewest, and of equals in order.
  @Test func `new servers go where there are fewest, and go from where there are most`() {
    var world = World()
    var spec = ServerSpec()
    spec.cpu = 2
    spec.zone = "b"
    _ = world.spawn(2, spec)
    world.begin(Load(shape: .constant(perSecond: 70), work: .constant(10e6)))
    var provisioning = Provisioning()
    provisioning.zones = ["a", "b", "c"]
    var demand = Demand()
    demand.target = 10
    world.scale(Scaler(policy: demand, bounds: 1...20, provisioning: provisioning))
    world.run(.minutes(2))
    #expect(zones(world) == ["b", "b", "a", "c", "a", "c", "a"])
    world.begin(Load(shape: .constant(perSecond: 30), work: .constant(10e6)))
    world.run(.minutes(5))
    #expect(zones(world).sorted() == ["a", "b", "c"])
    #expect(world.checkInvariants() == [])
  }

  @Test func `a zone that is out gets none`() {
    var world = world {
      $0.zones = ["a", "b"]
      $0.boot = .zeroTime
    }
    _ = world.add(Fault(.outage, .zone("a"), start: .zero, end: .zero + .minutes(3)))
    world.run(.minutes(4))
    #expect(zones(world) == ["", "b", "b", "b"])
    world.begin(Load(shape: .constant(perSecond: 70), work: .constant(10e6)))
    world.run(.minutes(5))
    #expect(zones(world) == ["", "b", "b", "b", "a", "a", "a"])
  }

  @Test func `a warm pool is spread as well`() {
    let world = world(max: 6) {
      $0.zones = ["a", "b"]
      $0.pool = Provisioning.Pool(WarmPool())
    }
    #expect(
      world.servers.filter { $0.state == .pooled }.map(\.spec.zone) == ["a", "b", "a", "b", "a"])
  }

  // MARK: Laws

  /// Everything at once.
  private func everything() -> World {
    var world = EngineLawTests.busy(TwoChoices.self)
    var spec = ServerSpec()
    spec.zone = "a"
    spec.bootTime = .exponential(mean: 2e9)
    spec.warming = .seconds(3)
    spec.cold = 2
    spec.spot = Spot(notice: .seconds(1), lifetime: .exponential(mean: 10e9))
    _ = world.spawn(3, spec)
    var provisioning = Provisioning()
    provisioning.boot = .uniform(1e9, 3e9)
    provisioning.spot = 0.5
    provisioning.zones = ["a", "b"]
    provisioning.grace = .seconds(4)
    provisioning.pool = Provisioning.Pool(WarmPool(least: 2, maxPrepared: 0))
    world.scale(
      Scaler(policy: Resource(), every: .seconds(2), bounds: 2...12, provisioning: provisioning))
    let start = Instant.zero
    _ = world.add(
      Fault(
        .randomCrash(mtbf: .exponential(mean: 10e9), mttr: .exponential(mean: 2e9)), .all,
        start: start))
    _ = world.add(
      Fault(.outage, .zone("a"), start: start + .seconds(8), end: start + .seconds(12)))
    _ = world.add(
      Fault(.slow(factor: 3), .all, start: start + .seconds(5), end: start + .seconds(15)))
    _ = world.add(
      Fault(.errors(share: 0.5, after: .zero), .all, start: start + .seconds(7)))
    _ = world.add(Fault(.spotWave(share: 0.5), .all, start: start + .seconds(18)))
    return world
  }

  @Test(arguments: [1, 7, 65_536])
  func `chunks agree with every feature on`(_ size: Int) {
    var whole = everything()
    whole.run(.seconds(30))
    var parts = everything()
    let stop = Stop(time: .zero + .seconds(30))
    while parts.advance(until: stop, budget: size) == .budget {}
    #expect(parts.digest == whole.digest)
    #expect(parts.dollars == whole.dollars)
    #expect(parts.checkInvariants() == [])
    #expect(whole.measurement.counts.failed > 0)
    #expect(whole.rented > 9)
  }

  @Test func `forks agree with every feature on`() {
    var world = everything()
    world.run(.seconds(10))
    let keyframe = world
    var fork = keyframe
    world.run(.seconds(20))
    fork.run(.seconds(20))
    #expect(world.digest == fork.digest)
    #expect(world.digest != keyframe.digest)
    #expect(world.checkInvariants() == [])
  }
}

extension Distribution {
  fileprivate static let zeroTime = Distribution.constant(0)
}
