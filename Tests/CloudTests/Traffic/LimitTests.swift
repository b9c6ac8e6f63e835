import Cloud
import Simulation
import Testing

/// Limits in the world: who is turned away, and what is not sent again.
@Suite struct LimitTests {
  /// A world of one server with a limit, to which requests are sent.
  private func world(_ limit: any Limit, servers: Int = 1, _ load: Load) -> World {
    var world = World(servers: servers)
    world.limit(limit)
    world.begin(load)
    return world
  }

  @Test func `a client's tokens are its own`() {
    var limit = ClientRate()
    limit.rate = 2
    limit.burst = 1
    var world = world(limit, servers: 100, .requests(10, gap: .milliseconds(100), work: .zero))
    world.advance(until: Stop())
    // At 0, 500 ms and 1 s one would pass; the last comes at 900 ms.
    #expect(world.measurement.counts.completed == 2)
    #expect(world.measurement.counts.limited == 8)
    var each = World(servers: 1, cpu: 1000)
    each.limit(limit)
    each.begin(
      Load(
        shape: .send(count: 1000, gap: .zero), work: .constant(1e6), key: .uniform(10)))
    each.advance(until: Stop())
    #expect(each.measurement.counts.completed == 10)
    limit.scope = .all
    each.limit(limit)
    each.begin(
      Load(
        shape: .send(count: 1000, gap: .zero), work: .constant(1e6), key: .uniform(10)))
    each.advance(until: Stop())
    #expect(each.measurement.counts.completed == 11)
  }

  @Test func `who is turned away may come again`() {
    var limit = ClientRate()
    limit.rate = 1
    limit.burst = 1
    var world = world(limit, .requests(2, work: .milliseconds(10), retries: 2))
    expect(
      world.story(until: 100),
      [
        "0 r1 to s1 behind 0", "0 r2 refused by nobody: rateLimited, again",
        "0 r2.2 refused by nobody: rateLimited, again", "0 r2.3 refused by nobody: rateLimited",
        "10 r1 done",
      ])
    let counts = world.measurement.counts
    #expect(counts.limited == 1)
    #expect(counts.retried == 2)
    #expect(counts.refused == 0)
  }

  @Test func `a breaker counts what is there and what waits`() {
    var breaker = Breaker()
    breaker.maxRequests = 5
    var open = world(breaker, servers: 2, .requests(9, work: .milliseconds(10)))
    open.advance(until: Stop(time: .zero + .milliseconds(1)))
    #expect(open.measurement.counts.inFlight == 5)
    #expect(open.measurement.counts.limited == 4)
    breaker.maxRequests = 1024
    breaker.maxPending = 2
    var pending = world(breaker, servers: 2, .requests(9, work: .milliseconds(10)))
    pending.advance(until: Stop(time: .zero + .milliseconds(1)))
    #expect(pending.measurement.counts.inFlight == 4)
    // What is over makes room again.
    pending.run(.seconds(1))
    pending.begin(.requests(9, work: .milliseconds(10)))
    pending.run(.seconds(1))
    #expect(pending.measurement.counts.completed == 8)
    #expect(pending.checkInvariants() == [])
  }

  @Test(arguments: [1, 2, 3])
  func `a limit for each server grows with the fleet`(_ servers: Int) {
    var limit = Concurrency()
    limit.most = 3
    var world = world(limit, servers: servers, .requests(20, work: .milliseconds(10)))
    world.advance(until: Stop(time: .zero + .milliseconds(1)))
    #expect(world.measurement.counts.inFlight == 3 * servers)
    #expect(world.measurement.counts.limited == 20 - 3 * servers)
  }

  /// Each of 100 requests fails at once, as its server's queue is full.
  private func retried(_ budget: any Limit, retries: Int = 3) -> Int {
    var spec = ServerSpec()
    spec.queue = 0
    var world = World()
    _ = world.spawn(1, spec)
    world.send(1, work: .constant(1e12))
    world.run(.milliseconds(1))
    world.limit(budget)
    world.begin(.requests(100, work: .seconds(1), retries: retries))
    world.advance(until: Stop(time: .zero + .seconds(1)))
    #expect(world.measurement.counts.refused == 100)
    #expect(world.checkInvariants() == [])
    return world.measurement.counts.retried
  }

  @Test func `retries are made while the budget lasts`() {
    #expect(retried(Breaker()) == 300)
    // A fifth of a hundred.
    #expect(retried(RetryTokens(share: 0.2, leastPerSecond: 0)) == 20)
    #expect(retried(RetryTokens(share: 0, leastPerSecond: 3, ttl: .seconds(10))) == 30)
    // The fifth failure of all leaves five tokens, which is not more than half of ten.
    #expect(retried(RetryThrottle()) == 4)
    // All first tries come before the retries, of which three may be under way: three times each.
    #expect(retried(RetryConcurrency()) == 9)
    #expect(retried(RetryConcurrency(share: 0, least: 0)) == 0)
  }

  @Test func `the balancer's tries are paid for as well`() {
    func completed(_ limit: (any Limit)?) -> Int {
      var spec = ServerSpec()
      spec.queue = 0
      var world = World()
      _ = world.spawn(1, spec)
      world.send(1, work: .constant(1e12))
      world.run(.milliseconds(1))
      _ = world.spawn(1, ServerSpec())
      var proxy = Proxy()
      proxy.tries = 2
      world.use(proxy)
      if let limit { world.limit(limit) }
      world.begin(.requests(10, gap: .milliseconds(10), work: .milliseconds(1)))
      world.run(.seconds(1))
      return world.measurement.counts.completed
    }
    #expect(completed(nil) == 10)
    #expect(completed(RetryTokens(share: 0, leastPerSecond: 0)) == 5)
  }

  @Test func `limits of a kind replace one another, others stay`() {
    var world = World()
    world.limit(RetryTokens())
    world.limit(ClientRate())
    world.limit(RetryThrottle())
    #expect(world.limits.map { type(of: $0).name } == ["rate", "retry-throttle"])
    expect(world.endLimit("breaker"), false)
    expect(world.endLimit("rate"), true)
    expect(world.endLimit(nil), true)
    #expect(world.limits.isEmpty)
  }

  @Test(arguments: Limits.all.indices)
  func `a limit tells about itself`(_ index: Int) {
    let limit = Limits.all[index].init()
    let type = type(of: limit)
    #expect(Limits.named(type.name) != nil)
    #expect(type.summary.hasSuffix("."))
    #expect(!type.details.rule.isEmpty && !type.details.source.isEmpty)
    #expect(type.leading.map { name in type.settings.contains { $0.name == name } } ?? true)
    for setting in type.settings {
      #expect(limit.value(of: setting.name).map { setting.kind.accepts($0) } == true)
    }
  }
}
