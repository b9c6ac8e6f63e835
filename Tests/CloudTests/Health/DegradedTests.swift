import Cloud
import Simulation
import Testing

/// Servers that serve only what the healthy ones are too few for.
@Suite("Degraded servers") struct DegradedTests {
  /// The share of requests that the servers of some places get.
  private func share(_ places: [Int], in world: World, requests: Int = 4000) -> Double {
    var world = world
    let before = world.servers.map(\.picked)
    world.send(requests, work: .constant(0))
    world.advance(until: Stop(settled: world.settled + requests))
    let picked = zip(world.servers, before).map { $0.picked - $1 }
    return Double(places.reduce(0) { $0 + picked[$1] }) / Double(requests)
  }

  /// Source: Envoy, load_balancer_impl.cc: 1.4 × the healthy share, in whole percents.
  @Test(arguments: [
    (4, 1, 0.0), (3, 1, 0.07), (2, 1, 0.3), (4, 3, 0.65), (3, 3, 1.0), (1, 1, 1.0),
  ])
  func `they get what the healthy cannot take`(_ servers: Int, _ degraded: Int, _ expected: Double)
  {
    var world = World(servers: servers, balancer: Random())
    let ids = (servers - degraded..<servers).map { ServerID($0) }
    world.set(ids, .degraded)
    let found = share(ids.map(\.index), in: world)
    let deviation = (expected * (1 - expected) / 4000).squareRoot()
    #expect(abs(found - expected) <= 4 * deviation)
    world.set(ids, .up)
    let back = Double(degraded) / Double(servers)
    #expect(
      abs(share(ids.map(\.index), in: world) - back) <= 4 * (back * (1 - back) / 4000).squareRoot())
  }

  @Test func `a balancer goes on where it was`() {
    var world = World(servers: 5)
    world.send(3, work: .constant(0))
    world.advance(until: Stop())
    world.set([ServerID(0)], .degraded)
    world.send(2, work: .constant(0))
    world.advance(until: Stop())
    #expect(type(of: world.balancer).name == "round-robin")
    #expect(world.servers.map(\.picked) == [1, 1, 1, 1, 1])
    #expect(world.servers[0].standing == .degraded)
  }

  /// When a level panics all of its servers are one again.
  @Test func `in panic they are like the others`() {
    var world = World(servers: 10, balancer: Random())
    var proxy = Proxy()
    var checks = Checks()
    checks.fall = 1
    proxy.health = checks
    world.use(proxy)
    world.set([ServerID(0)], .degraded)
    _ = world.kill((2..<10).map { ServerID($0) })
    world.run(.seconds(3))
    let found = share([0], in: world)
    #expect(abs(found - 0.1) < 0.02)
  }

  @Test func `rules with levels of their own do not know them`() {
    for balancer in Balancers.all {
      var world = World(servers: 2, balancer: balancer.init())
      let knows = world.knowsDegraded
      #expect(
        knows == !["nginx", "haproxy"].contains { levelled(balancer, $0) }, "\(balancer.name)")
      world.set([ServerID(1)], .degraded)
      world.send(20, work: .constant(0), key: .uniform(100))
      world.advance(until: Stop())
      #expect(world.measurement.counts.completed == 20)
      #expect(world.checkInvariants() == [])
    }
  }

  private func levelled(_ balancer: any Balancer.Type, _ product: String) -> Bool {
    guard balancer.name.split(separator: ".").first.map(String.init) == product else {
      return false
    }
    return balancer.ownsPriorities || balancer.init().standbys != nil
  }

  @Test(arguments: Balancers.all.indices)
  func `why, forks and chunks hold`(_ index: Int) {
    var whole = EngineLawTests.busy(Balancers.all[index])
    whole.set([ServerID(1), ServerID(2)], .degraded)
    whole.run(.seconds(2))
    var parts = whole
    let stop = Stop(time: whole.now + .seconds(8))
    whole.advance(until: stop)
    while parts.advance(until: stop, budget: 7) == .budget {
      let fork = parts
      parts = fork
    }
    #expect(parts.digest == whole.digest)
    #expect(whole.checkInvariants() == [])
    var asked = 0
    while asked < 30 {
      let next = whole.nextPick
      whole.advance(until: Stop(), budget: 1)
      guard case .arrived(let id, let server, _) = whole.lastEvent?.what, let next else { continue }
      guard next.request.id == id else { continue }
      #expect(next.explanation.chosen == server)
      asked += 1
    }
  }
}
