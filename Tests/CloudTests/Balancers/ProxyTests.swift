import Cloud
import Simulation
import Testing

@Suite("What stands around a pick")
struct ProxyTests {
  private func world(
    _ balancer: any Balancer, servers: Int = 10, rate: Double = 70, _ change: (inout Proxy) -> Void
  ) -> World {
    var world = World(seed: 3, servers: servers, balancer: balancer)
    var proxy = Proxy()
    change(&proxy)
    world.use(proxy)
    world.begin(.random(rate))
    return world
  }

  @Test(arguments: Balancers.all.map { $0.name }, [1, 7])
  func `why, forks and chunks hold behind a proxy`(_ name: String, _ size: Int) throws {
    let balancer = try #require(Balancers.named(name)).init()
    var whole = world(balancer) {
      $0.stale = .milliseconds(300)
      $0.balancers = 3
      $0.health = Checks()
      $0.slowStart = .sixteenths(over: .seconds(5))
    }
    whole.run(.seconds(2))
    _ = whole.kill([ServerID(1)])
    var parts = whole
    let stop = Stop(time: whole.now + .seconds(8))
    whole.advance(until: stop)
    while parts.advance(until: stop, budget: size) == .budget {}
    #expect(parts.digest == whole.digest)
    #expect(whole.checkInvariants() == [])
    var asked = 0
    while asked < 50 {
      let next = whole.nextPick
      whole.advance(until: Stop(), budget: 1)
      guard case .arrived(let id, let server, _) = whole.lastEvent?.what, let next else { continue }
      guard next.request.id == id else { continue }
      #expect(next.explanation.chosen == server)
      asked += 1
    }
  }

  /// Source: theory of herds; with a board every ten service times the least loaded of it is worse
  /// than chance.
  @Test func `old news is worse than none`() {
    func mean(_ balancer: any Balancer, _ stale: Duration?) -> Double {
      var world = world(balancer, servers: 20, rate: 160) { $0.stale = stale }
      world.run(.seconds(60))
      world.beginMeasurement()
      world.run(.seconds(600))
      return world.measurement.latency.mean ?? .infinity
    }
    let fresh = mean(LeastConnections(), nil)
    let old = mean(LeastConnections(), .seconds(1))
    let chance = mean(Random(), nil)
    let two = mean(TwoChoices(), .seconds(1))
    #expect(fresh < two)
    #expect(two < chance)
    #expect(chance < old)
  }

  @Test func `balancers that do not see one another are worse than one`() {
    func mean(_ count: Int) -> Double {
      var world = world(LeastConnections(), rate: 90) { $0.balancers = count }
      world.run(.seconds(600))
      return world.measurement.latency.mean ?? .infinity
    }
    #expect(mean(1) < mean(10))
  }

  /// Source: HAProxy, src/check.c: fall 3, a check every 2 s; here at 4 s, 6 s and 8 s.
  @Test func `a server that was well is down after three bad checks`() {
    var world = world(RoundRobin(), servers: 2, rate: 10) { $0.health = Checks() }
    world.run(.seconds(3))
    _ = world.kill([ServerID(0)])
    world.run(.seconds(4))
    world.beginMeasurement()
    world.run(.milliseconds(900))
    #expect(world.measurement.counts.failed > 0)
    world.run(.milliseconds(200))
    world.beginMeasurement()
    world.run(.seconds(10))
    #expect(world.measurement.counts.failed == 0)
  }

  /// Source: HAProxy, src/check.c: a server begins one bad check above down; here at 2 s.
  @Test func `a server that was never checked is down after one bad check`() {
    var world = world(RoundRobin(), servers: 2, rate: 10) { $0.health = Checks() }
    world.run(.seconds(1))
    _ = world.kill([ServerID(0)])
    world.beginMeasurement()
    world.run(.milliseconds(900))
    #expect(world.measurement.counts.failed > 0)
    world.run(.milliseconds(200))
    world.beginMeasurement()
    world.run(.seconds(10))
    #expect(world.measurement.counts.failed == 0)
  }

  @Test func `a standby level is used when the first is down`() {
    var world = World(seed: 1, servers: 2)
    var standby = ServerSpec()
    standby.priority = 1
    _ = world.spawn(1, standby)
    world.begin(.random(5))
    world.run(.seconds(20))
    #expect(world.servers[2].picked == 0)
    world.set([ServerID(0), ServerID(1)], .down)
    world.run(.seconds(20))
    #expect(world.servers[2].picked > 0)
  }

  @Test func `the own zone comes first`() {
    var world = World(seed: 1)
    for zone in ["a", "a", "b", "b"] {
      var spec = ServerSpec()
      spec.zone = zone
      _ = world.spawn(1, spec)
    }
    var proxy = Proxy()
    proxy.zone = "a"
    world.use(proxy)
    world.begin(.random(10))
    world.run(.seconds(60))
    #expect(world.servers.prefix(2).allSatisfy { $0.picked > 100 })
    #expect(world.servers.suffix(2).allSatisfy { $0.picked == 0 })
  }

  @Test func `a server that comes back begins with little`() {
    var world = world(WeightedRandom(), servers: 2, rate: 10) {
      $0.slowStart = .sixteenths(over: .seconds(60))
    }
    world.run(.seconds(5))
    world.set([ServerID(0)], .down)
    world.run(.seconds(5))
    world.set([ServerID(0)], .up)
    let before = world.servers.map(\.picked)
    world.run(.seconds(20))
    let picked = zip(world.servers, before).map { $0.picked - $1 }
    #expect(picked[0] * 2 < picked[1])
  }
}
