import Cloud
import Simulation
import Testing

/// HAProxy's `minconn` and `fullconn`: a server may have more the more requests are open.
@Suite("A maxconn that grows with the load") struct GrowingMaxconnTests {
  private func world(
    _ balancer: any Balancer, servers: Int = 2, minconn: Int = 1, maxconn: Int = 4, fullconn: Int?
  ) -> World {
    var world = World(seed: 1)
    world.use(balancer)
    var proxy = Proxy()
    proxy.fullconn = fullconn
    world.use(proxy)
    var spec = ServerSpec()
    spec.cpu = 100
    spec.minconn = minconn
    spec.maxconn = maxconn
    _ = world.spawn(servers, spec)
    return world
  }

  /// Source: HAProxy 2.6, src/queue.c: max(minconn, open × maxconn ÷ fullconn), maxconn from fullconn
  /// on; the request that comes is open already, and those that wait are.
  @Test func `servers may have more as more are open`() {
    var world = world(HAProxyLeastconn(), fullconn: 8)
    var active: [[Int]] = []
    for _ in 0..<10 {
      world.send(1, hold: true)
      world.run(.milliseconds(1))
      active.append(world.servers.map(\.active))
    }
    // Of 3 the third waits, since 3 × 4 ÷ 8 is 1; the fourth overtakes it.
    #expect(
      active == [
        [1, 0], [1, 1], [1, 1], [2, 1], [2, 2], [3, 2], [3, 3], [4, 3], [4, 4], [4, 4],
      ])
    // Nine are open, and servers may have four as before: one leaves, one that waits comes.
    expect(world.finish(request: 1), true)
    world.run(.milliseconds(1))
    #expect(world.servers.map(\.active) == [4, 4])
    for number: UInt64 in [2, 4, 5, 6] { expect(world.finish(request: number), true) }
    world.run(.milliseconds(1))
    #expect(world.measurement.counts.inFlight == 5)
    #expect(world.servers.reduce(0) { $0 + $1.active } == 5)
  }

  @Test func `without fullconn, or with as little, the limit is maxconn`() {
    for fullconn in [nil, 1] {
      var world = world(RoundRobin(), minconn: 2, maxconn: 3, fullconn: fullconn)
      world.send(7, hold: true)
      world.run(.milliseconds(1))
      #expect(world.servers.map(\.active) == [3, 3])
    }
    var small = world(RoundRobin(), minconn: 2, maxconn: 3, fullconn: 1000)
    small.send(7, hold: true)
    small.run(.milliseconds(1))
    #expect(small.servers.map(\.active) == [2, 2])
    // Switched off, everybody may have its maxconn again.
    small.use(Proxy())
    small.send(2, hold: true)
    small.run(.milliseconds(1))
    #expect(small.servers.map(\.active) == [3, 3])
  }

  @Test(arguments: Balancers.all.indices)
  func `no server has more than it may, and parts and forks agree`(_ index: Int) {
    let type = Balancers.all[index]
    var whole = world(type.init(), servers: 4, minconn: 2, maxconn: 9, fullconn: 20)
    whole.begin(
      Load(
        shape: .poisson(perSecond: 150), work: .exponential(mean: 100e6), key: .zipf(50, 1),
        timeout: .seconds(2)))
    var parts = whole
    let stop = Stop(time: .zero + .seconds(20))
    var most = 0
    var asked = 0
    while true {
      let next = asked < 300 ? whole.nextPick : nil
      guard whole.advance(until: stop, budget: 1) == .budget else { break }
      most = max(most, whole.servers.map(\.active).max() ?? 0)
      guard case .arrived(let id, let server, _) = whole.lastEvent?.what, let next else { continue }
      guard next.request.id == id else { continue }
      #expect(next.explanation.chosen == server, "\(id.name)")
      asked += 1
    }
    #expect(asked > 50)
    while parts.advance(until: stop, budget: 1000) == .budget {
      let fork = parts
      parts = fork
    }
    #expect(parts.digest == whole.digest)
    #expect(most > 2)
    #expect(most <= 9)
    #expect(whole.measurement.counts.completed > 2000)
    #expect(whole.checkInvariants() == [])
  }

  /// The structures that rules keep hear of room as the plain rule sees it.
  @Test func `whoever has room again is found`() {
    for balancer in [LeastConnections() as any Balancer, HAProxyLeastconn(), JoinShortestQueue()] {
      var world = world(balancer, servers: 3, minconn: 1, maxconn: 5, fullconn: 15)
      for _ in 0..<15 {
        world.send(1, hold: true)
        world.run(.milliseconds(1))
      }
      #expect(world.servers.reduce(0) { $0 + $1.active } >= 13, "\(type(of: balancer).name)")
    }
  }
}
