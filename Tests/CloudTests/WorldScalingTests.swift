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
