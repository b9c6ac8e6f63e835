import Cloud
import Simulation
import Testing

/// Checks at exact instants, and what they change.
@Suite struct WorldScalingTests {
  private func world(_ scaler: Scaler) -> World {
    var world = World(servers: 1)
    world.begin(Load(shape: .constant(perSecond: 50), work: .constant(1e6)))
    world.scale(scaler)
    return world
  }

  /// 50 a second, more than 100 in all: 99 have come when the clock strikes 2, 149 at 3.
  @Test func theSampleAddsAtEveryCheckFromThenOn() {
    var world = world(Scaler(policy: Sample()))
    world.run(.seconds(6))
    #expect(world.actions.map(\.time) == [3, 4, 5, 6].map { .zero + .seconds($0) })
    #expect(world.actions.map(\.added) == (1...4).map { [ServerID($0)] })
    #expect(world.actions.map(\.name) == ["t1", "t2", "t3", "t4"])
    #expect(world.actions[0].decision.before == 1)
    #expect(world.actions[0].decision.after == 2)
    #expect(world.count(of: .booting) == 4)
    world.run(.seconds(27))
    #expect(world.count(of: .inService) == 2)
  }

  @Test func boundsHold() {
    var world = world(Scaler(policy: Sample(), bounds: 1...2))
    world.run(.seconds(60))
    #expect(world.actions.count == 1)
    #expect(world.rented == 2)
  }

  @Test func copiesTheLastSpawn() {
    var world = world(Scaler(policy: Sample(), boot: .zero))
    var spec = ServerSpec()
    spec.cpu = 3
    spec.zone = "b"
    spec.boot = .hours(1)
    _ = world.spawn(1, spec)
    world.run(.seconds(5))
    let added = world.servers[2]
    #expect(added.spec.cpu == 3)
    #expect(added.spec.zone == "b")
    #expect(added.state == .inService)
  }

  /// 50 a second at 20 a second each: three servers, and no more when nothing comes.
  @Test func demandFollowsAndGivesBackTheNewest() {
    var world = world(Scaler(policy: Demand(), boot: .zero))
    world.run(.seconds(60))
    #expect(world.count(of: .inService) == 3)
    world.end(load: nil)
    world.run(.minutes(10))
    #expect(world.count(of: .inService) == 1)
    #expect(world.server(ServerID(0))?.state == .inService)
    #expect(world.actions.flatMap(\.removed) == [ServerID(2), ServerID(1)])
  }

  @Test func withSeveralTheLargestWishWins() {
    var small = Demand()
    small.target = 50
    var large = Demand()
    large.target = 10
    var world = world(Scaler(name: "small", policy: small, boot: .zero))
    world.scale(Scaler(name: "large", policy: large, boot: .zero))
    world.run(.minutes(5))
    #expect(world.count(of: .inService) == 5)
    world.endScaler("large")
    world.run(.minutes(5))
    #expect(world.count(of: .inService) == 1)
    #expect(world.autoscalers.map(\.name) == ["small"])
    world.endScaler(nil)
    #expect(world.autoscalers.isEmpty)
  }

  private func stepping(_ other: any Autoscaler, busy: Double) -> World {
    var world = World(servers: 10)
    world.begin(Load(shape: .constant(perSecond: 100 * busy), work: .constant(100e6)))
    world.scale(Scaler(name: "other", policy: other, boot: .zero))
    world.scale(Scaler(name: "step", policy: StepScaling(), boot: .zero))
    return world
  }

  /// At 31 % busy: too little for step, within the marks of a target of 32 %.
  ///
  /// Source: Application Auto Scaling user guide, target tracking: a scale-in of a step policy is
  /// not blocked by a target that is not ready to scale in.
  @Test func `a target that is kept does not keep step from giving back`() {
    var tracking = TargetTracking()
    tracking.cpu = 0.32
    var world = stepping(tracking, busy: 0.31)
    world.run(.seconds(90))
    #expect(world.actions.first?.policy == "step")
    #expect(world.actions.first?.removed.count == 1)
  }

  /// Source: EC2 Auto Scaling user guide, target tracking: in only if all are ready.
  @Test func `of several targets all must agree to give back`() {
    func actions(_ second: Double) -> Int {
      var world = World(servers: 10)
      world.begin(Load(shape: .constant(perSecond: 30), work: .constant(100e6)))
      for (name, target) in [("first", 0.6), ("second", second)] {
        var tracking = TargetTracking()
        tracking.cpu = target
        world.scale(Scaler(name: name, policy: tracking, boot: .zero))
      }
      world.run(.minutes(20))
      return world.actions.count
    }
    #expect(actions(0.32) == 0)
    #expect(actions(0.5) > 0)
  }

  @Test func `a rest does not keep others from giving back`() {
    var simple = SimpleScaling()
    simple.in = 0.5
    var world = stepping(simple, busy: 0.3)
    world.run(.minutes(4))
    // Before step has looked simple may not give back; from its change on it rests.
    #expect(world.actions.map(\.policy).prefix(3) == ["step", "simple", "step"])
  }

  /// At 35 % busy of 10: target tracking would halve the fleet, step gives back one at a time, and
  /// what nobody let it do is no beginning of a rest.
  @Test func `a change that others do not let happen begins no rest`() {
    func rest(isGranted: Bool, _ policy: any Autoscaler) -> [Int] {
      var policy = policy
      return (1...3).map { minute in
        policy.decide(
          Observation(
            time: Instant(seconds: 60 * Double(minute)), elapsed: .seconds(60), arrivals: 0,
            servers: (0..<10).map { Observation.Server(id: ServerID($0), busy: Level(0.1)) },
            isGranted: minute == 1 || isGranted), within: 1...20
        ).after
      }
    }
    var tracking = TargetTracking()
    _ = tracking.set("in-datapoints", to: .number(1))
    _ = tracking.set("in-cooldown", to: .number(600))
    for policy in [SimpleScaling(), Azure(), tracking] as [any Autoscaler] {
      let held = rest(isGranted: true, policy)
      let free = rest(isGranted: false, policy)
      #expect(held[0] < 10 && held[1] == 10 && held[2] == 10)
      #expect(free == [held[0], held[0], held[0]])
    }
    var floor = Demand()
    floor.target = 1
    var world = World(servers: 10)
    world.begin(Load(shape: .constant(perSecond: 10), work: .constant(1e6)))
    world.scale(Scaler(name: "floor", policy: floor, boot: .zero))
    world.scale(Scaler(name: "simple", policy: SimpleScaling(), boot: .zero))
    world.run(.minutes(3))
    #expect(world.actions.isEmpty)
    #expect(world.lastCheck?.decision.after == 9)
  }

  /// Source: EC2 Auto Scaling user guide, "Instance warmup": from when it is InService.
  @Test func `a server warms from the instant it is in service`() {
    var step = StepScaling()
    func check(_ seconds: Double, ready: Bool, since: Double?) -> Int {
      step.decide(
        Observation(
          time: Instant(seconds: seconds), elapsed: .seconds(60), arrivals: 0,
          servers: (0..<10).map { Observation.Server(id: ServerID($0), busy: Level(0.65)) } + [
            Observation.Server(
              id: ServerID(10), ready: ready, readySince: since.map { Instant(seconds: $0) },
              busy: Level(0.65))
          ]), within: 1...50
      ).after
    }
    #expect(check(60, ready: false, since: nil) == 11)
    #expect(
      [120.0, 180, 240, 300, 360].map { check($0, ready: true, since: 90) } == [11, 11, 11, 11, 11])
    // Warm at 390 s: eleven count, and a tenth more is one.
    #expect(check(420, ready: true, since: 90) == 12)
  }

  /// Both check at the same instant, the one that would give back first.
  @Test(arguments: [true, false])
  func `nobody gives back before all have looked`(isFloorFirst: Bool) {
    var floor = Scheduled()
    floor.times = [Scheduled.Entry(at: 0, until: 86400, count: 4)]
    let scalers = [
      Scaler(name: "a", policy: SimpleScaling(), boot: .zero),
      Scaler(name: "floor", policy: floor, every: .seconds(60), boot: .zero),
    ]
    var world = World(servers: 4)
    for scaler in isFloorFirst ? scalers.reversed() : scalers { world.scale(scaler) }
    world.run(.minutes(5))
    #expect(world.actions.isEmpty)
  }

  /// At 50 % busy step leaves the fleet as it is; alone the clock decides.
  @Test func `a schedule is a floor beside those who look at the load`() {
    var world = stepping(Scheduled(), busy: 0.5)
    world.run(.seconds(50))
    #expect(world.count(of: .inService) == 10)
    world.endScaler("step")
    world.run(.seconds(2))
    #expect(world.count(of: .inService) == 1)
    var day = Scheduled()
    day.times = [Scheduled.Entry(at: 5, until: 100, count: 14)]
    world = stepping(day, busy: 0.5)
    world.run(.seconds(10))
    #expect(world.count(of: .inService) == 14)
    world.run(.minutes(10))
    #expect(world.count(of: .inService) < 14)
  }

  /// A load of 100 slots on two: what is busy says 2, what is done says how long one takes, and
  /// a little more, for what is in progress is not done.
  @Test func `the mean work is measured, however busy the servers are`() {
    var world = World(servers: 2)
    world.begin(Load(shape: .constant(perSecond: 1000), work: .constant(100e6)))
    world.scale(Scaler(policy: SquareRoot(), boot: .seconds(30)))
    world.run(.seconds(20))
    #expect(world.actions.map(\.decision.after) == [111])
  }

  @Test func theSameNameReplaces() {
    var world = world(Scaler(policy: Sample()))
    world.scale(Scaler(policy: Sample(), every: .seconds(10)))
    world.run(.seconds(9))
    #expect(world.actions.isEmpty)
    world.run(.seconds(1))
    #expect(world.actions.count == 1)
  }

  @Test func measurementsBeginAnew() {
    var world = World(servers: 1)
    world.begin(Load(shape: .constant(perSecond: 5)))
    world.run(.seconds(10))
    let digest = world.digest
    world.beginMeasurement()
    #expect(world.digest != digest)
    world.run(.seconds(10))
    let result = world.measurement
    #expect(result.duration == .seconds(10))
    #expect(result.counts.arrived == 50)
    #expect(result.utilisation == 0.5)
    #expect(result.servers.map(\.picked) == [50])
    #expect(result.throughput == 5)
    #expect(result.servers[0].utilisation == 0.5)
  }

  /// Equal traffic has equal digests, whatever the policy.
  @Test func trafficIsRecognised() {
    func traffic(_ rate: Double, _ balancer: any Balancer, seed: UInt64 = 1) -> UInt64 {
      var world = World(seed: seed, servers: 3, balancer: balancer)
      world.begin(.random(rate))
      world.beginMeasurement()
      world.run(.seconds(10))
      return world.measurement.traffic
    }
    #expect(traffic(20, RoundRobin()) == traffic(20, TwoChoices()))
    #expect(traffic(20, RoundRobin()) != traffic(21, RoundRobin()))
    #expect(traffic(20, RoundRobin()) != traffic(20, RoundRobin(), seed: 2))
  }
}
