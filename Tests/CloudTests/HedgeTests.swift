import Cloud
import Simulation
import Testing

/// A first try that takes too long is copied to another server; the first answer counts.
@Suite struct HedgeTests {
  private static let slow = ServerID(0)

  /// Servers of which the first is ten times slower, and copies after 200 ms.
  private func world(
    servers: Int = 2, hedge: Int64 = 200, balancer: any Balancer = RoundRobin()
  ) -> World {
    var world = World(servers: servers, balancer: balancer)
    world.slow([Self.slow], factor: 10)
    world.hedge(.milliseconds(hedge))
    return world
  }

  @Test func `the first answer counts, and a server goes on for nothing`() {
    var world = world()
    world.begin(.requests(1, work: .milliseconds(100)))
    expect(
      world.story(until: 2000),
      [
        "0 r1 to s1 behind 0", "200 r1.2 copied to s2 behind 0",
        "300 r1.2 done; r1 in vain on s1", "1000 r1 wasted",
      ])
    let counts = world.measurement.counts
    #expect((counts.arrived, counts.completed, counts.hedged, counts.retried) == (1, 1, 1, 0))
    #expect(world.measurement.latency.sum == 300_000_000)
    #expect(world.isIdle)
    #expect(world.checkInvariants() == [])
  }

  @Test func `a try that waits leaves its queue`() {
    var world = world(hedge: 50)
    world.begin(.requests(3, work: .milliseconds(10)))
    expect(
      world.story(until: 2000),
      [
        "0 r1 to s1 behind 0", "0 r2 to s2 behind 0", "0 r3 to s1 behind 1", "10 r2 done",
        "50 r1.2 copied to s2 behind 0", "50 r3.2 copied to s2 behind 1",
        "60 r1.2 done, then r3.2; r1 in vain on s1", "70 r3.2 done; r3 out on s1",
        "100 r1 wasted",
      ])
    #expect(world.servers.map(\.active) == [0, 0])
    #expect(world.servers.map(\.picked) == [2, 3])
  }

  @Test func `what is answered in time, or has nowhere to go, is not copied`() {
    var fast = world()
    fast.slow([Self.slow], factor: 1)
    fast.begin(.requests(4, work: .milliseconds(100)))
    fast.run(.seconds(3))
    #expect(fast.measurement.counts.hedged == 0)
    var alone = world(servers: 1)
    alone.begin(.requests(4, work: .milliseconds(100)))
    let story = alone.story(until: 5000)
    #expect(story.count == 8)
    #expect(alone.measurement.counts.hedged == 0)
    #expect(alone.measurement.counts.completed == 4)
    // What waits at the balancer has no server that it could be copied from.
    var spec = ServerSpec()
    spec.maxconn = 1
    var full = world(servers: 0)
    _ = full.spawn(2, spec)
    full.begin(.requests(3, work: .seconds(1)))
    full.run(.seconds(5))
    #expect(full.measurement.counts.hedged == 0)
    #expect(full.measurement.counts.completed == 3)
    #expect(full.checkInvariants() == [])
  }

  @Test func `a client that gives up does so on both, and sends again`() {
    var world = world(servers: 3, hedge: 100)
    world.slow([ServerID(1)], factor: 10)
    world.begin(
      .requests(1, work: .milliseconds(100), timeout: .milliseconds(300), retries: 1))
    expect(
      world.story(until: 3000),
      [
        "0 r1 to s1 behind 0", "100 r1.2 copied to s2 behind 0", "300 r1 timed out, again",
        "300 r1.3 to s3 behind 0", "400 r1.3 done", "1000 r1 wasted", "1100 r1.2 wasted",
      ])
    #expect(world.measurement.counts.retried == 1)
    #expect(world.measurement.counts.hedged == 1)
  }

  @Test func `a client waits for the copy no longer than for the first try`() {
    var world = world(servers: 2, hedge: 100)
    world.slow([ServerID(1)], factor: 10)
    world.begin(
      .requests(1, work: .milliseconds(100), timeout: .milliseconds(300), retries: 0))
    world.run(.milliseconds(200))
    expect(world.kill([Self.slow]), 0)
    expect(world.story(until: 2000), ["300 r1.2 timed out", "1100 r1.2 wasted"])
    #expect(world.measurement.counts.timedOut == 1)
    #expect(world.measurement.counts.failed == 0)
  }

  @Test func `a try that comes to nothing leaves it to the other`() {
    var world = world(servers: 2, hedge: 100)
    world.fail([Self.slow], share: 1, after: .milliseconds(15))
    world.begin(.requests(1, work: .milliseconds(100)))
    var copy = world
    expect(
      world.story(until: 2000),
      [
        "0 r1 to s1 behind 0", "100 r1.2 copied to s2 behind 0", "150 r1 outlived on s1",
        "200 r1.2 done",
      ])
    #expect(world.measurement.counts.failed == 0)
    // Both fail: the request does.
    copy.fail([ServerID(1)], share: 1, after: .milliseconds(10))
    expect(
      copy.story(until: 2000),
      [
        "0 r1 to s1 behind 0", "100 r1.2 copied to s2 behind 0", "110 r1.2 outlived on s2",
        "150 r1 failed on s1",
      ])
    #expect(copy.measurement.counts.failed == 1)
    #expect(copy.checkInvariants() == [])
  }

  @Test func `a held request is copied, and finished on both`() {
    var world = world(hedge: 100)
    world.send(1, hold: true)
    world.run(.milliseconds(500))
    #expect(world.servers.map(\.active) == [1, 1])
    expect(world.finish(request: 1), true)
    expect(
      world.story(until: 1000), ["500 r1 done; r1.2 in vain on s2", "500 r1.2 wasted"])
    #expect(world.servers.map(\.active) == [0, 0])
    expect(world.finish(request: 1), false)
  }

  @Test func `room in a queue that a loser leaves is used`() {
    var spec = ServerSpec()
    spec.maxconn = 2
    var world = world(servers: 0, hedge: 50)
    _ = world.spawn(2, spec)
    world.slow([Self.slow], factor: 10)
    let work = Duration.milliseconds(40)
    world.begin(.requests(3, work: work))
    for (name, wait) in [("b", 60), ("c", 35), ("d", 5)] as [(String, Int64)] {
      world.run(.milliseconds(wait))
      world.begin(.requests(1, work: work, name: name))
    }
    let story = world.story(until: 130).filter { $0.hasPrefix("130 ") }
    #expect(
      story == [
        "130 r3.2 done, then r4; r3 out on s1", "130 r5 given to s2 behind 1",
        "130 r6 given to s1 behind 1",
      ])
    world.run(.seconds(2))
    #expect(world.measurement.counts.completed == 6)
    #expect(world.servers.map(\.active) == [0, 0])
    #expect(world.checkInvariants() == [])
  }

  @Test func `copies are paid from the budget of retries`() {
    func copies(_ budget: (any Limit)?) -> Int {
      var world = World(servers: 10)
      world.slow((0..<5).map { ServerID($0) }, factor: 100)
      world.hedge(.milliseconds(20))
      if let budget { world.limit(budget) }
      world.begin(
        Load(shape: .constant(perSecond: 10), work: .constant(10e6), timeout: .seconds(1)))
      world.run(.seconds(10))
      return world.measurement.counts.hedged
    }
    let free = copies(nil)
    #expect(free > 40)
    #expect(copies(RetryTokens(share: 0.1, leastPerSecond: 0)) == 9)
    #expect(copies(RetryConcurrency(share: 0, least: 0)) == 0)
    #expect((1..<free).contains(copies(RetryConcurrency(share: 0, least: 1))))
  }

  // MARK: Laws

  private static func busy(_ balancer: any Balancer.Type, hedge: Int64 = 150) -> World {
    var world = EngineLawTests.busy(balancer)
    var spec = ServerSpec()
    spec.maxconn = 3
    spec.speed = 0.3
    _ = world.spawn(2, spec)
    world.hedge(.milliseconds(hedge))
    world.run(.seconds(2))
    world.fail([ServerID(1)], share: 0.3, after: .milliseconds(50))
    return world
  }

  @Test(arguments: Balancers.all.indices)
  func `hedging is exact in parts, forks and rewinds`(_ index: Int) {
    let start = Self.busy(Balancers.all[index])
    var whole = start
    let stop = Stop(time: start.now + .seconds(15))
    whole.advance(until: stop)
    for size in [1, 7, 65_536] {
      var parts = start
      while parts.advance(until: stop, budget: size) == .budget {
        let fork = parts
        parts = fork
      }
      #expect(parts.digest == whole.digest)
      #expect(parts.measurement.counts == whole.measurement.counts)
    }
    let counts = whole.measurement.counts
    #expect(counts.hedged > 0)
    #expect(
      counts.arrived == counts.completed + counts.failed + counts.refused + counts.timedOut
        + counts.inFlight)
    #expect(whole.checkInvariants() == [])
    _ = whole.kill([ServerID(0), ServerID(4)])
    whole.hedge(nil)
    whole.run(.seconds(1))
    #expect(whole.checkInvariants() == [])
  }

  @Test(arguments: Balancers.all.indices)
  func `a copy goes to another server`(_ index: Int) {
    var world = Self.busy(Balancers.all[index])
    var servers: [UInt64: ServerID] = [:]
    var copies = 0
    for _ in 0..<3000 {
      world.advance(until: Stop(position: world.position + 1))
      switch world.lastEvent?.what {
      case .arrived(let id, on: let server, _)?, .given(let id, to: let server, _)?:
        if id.attempt == 1 { servers[id.number] = server }
      case .hedged(let id, on: let server, _)?:
        copies += 1
        #expect(id.attempt == 2)
        #expect(servers[id.number] != server)
      default: break
      }
    }
    #expect(copies > 0)
  }

  /// A delay that never ends takes the flagged path to the same results.
  @Test(arguments: Balancers.all.indices)
  func `without a copy nothing changes`(_ index: Int) {
    var lean = EngineLawTests.busy(Balancers.all[index])
    var flagged = lean
    flagged.hedge(.hours(1000))
    lean.hedge(nil)
    lean.run(.seconds(20))
    flagged.run(.seconds(20))
    #expect(lean.digest == flagged.digest)
    #expect(lean.measurement.latency == flagged.measurement.latency)
    #expect(flagged.checkInvariants() == [])
  }
}

extension World {
  /// Copies first tries after a delay, or never.
  mutating func hedge(_ delay: Duration?) {
    var proxy = proxy
    proxy.hedge = delay
    use(proxy)
  }
}
