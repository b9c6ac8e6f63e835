import Cloud
import Simulation
import Testing

/// A balancer that is told which servers changed is as one that looks at all of them.
@Suite("Changes of the fleet")
struct FleetChangesTests {
  static let names = Balancers.all.map { $0.name }

  private func make(_ name: String) throws -> any Balancer {
    try #require(Balancers.named(name)).init()
  }

  @Test func `changes are named in declared order, each once`() {
    View.with((0..<9).map { _ in ViewServer() }) { view in
      let changes = FleetChanges([5, 2, 7, 5, 2].map { ServerID($0) })
      #expect(changes.servers(in: view).map(\.index) == [2, 5, 7])
      #expect(FleetChanges.everything.servers(in: view).map(\.index) == Array(0..<9))
      #expect(FleetChanges.none.servers(in: view).isEmpty)
    }
  }

  @Test func `many changes are everything`() {
    let few = FleetChanges((0..<FleetChanges.most).map { ServerID($0) })
    #expect(!few.isEverything)
    #expect(FleetChanges((0...FleetChanges.most).map { ServerID($0) }).isEverything)
  }

  /// The same farm twice: one balancer is told what changed, the other that everything may have.
  private struct Twins {
    var told: Bench
    var retold: Bench
    var chance: RandomStream

    init(_ balancer: any Balancer, seed: UInt64, servers: Int) {
      chance = RandomStream(key: seed)
      let made = (0..<servers).map { _ in ViewServer(weight: 1) }
      told = Bench(balancer, servers: made)
      retold = told
    }

    mutating func both(_ change: (inout Bench) -> Void) {
      change(&told)
      change(&retold)
    }

    /// Changes some servers at one instant, at least one of which stays eligible.
    mutating func change() {
      var changed: [ServerID] = []
      for _ in 0...chance.index(below: 3) {
        var server = chance.index(below: told.servers.count)
        let weight = [1, 1, 1, 2, 5, 0.3][chance.index(below: 6)]
        switch chance.index(below: 6) {
        case 0: both { $0.servers[server].isEligible.toggle() }
        case 1: both { $0.servers[server].isUp.toggle() }
        case 2: both { $0.servers[server].spec.weight = weight }
        case 3:
          let most = chance.index(below: 3) == 0 ? 1 + chance.index(below: 3) : nil
          both { $0.servers[server].spec.maxconn = most }
        case 4: both { $0.servers[server].active = 0 }
        default:
          server = told.servers.count
          both { $0.servers.append(ViewServer(weight: weight)) }
        }
        changed.append(ServerID(server))
      }
      if told.eligible.isEmpty {
        both { $0.servers[0].isEligible = true }
        changed.append(ServerID(0))
      }
      told.change(FleetChanges(changed))
      retold.change()
    }

    mutating func finish() {
      let busy = told.active.indices.filter { told.active[$0] > 0 }
      guard !busy.isEmpty else { return }
      let server = busy[chance.index(below: busy.count)]
      let outcome: Outcome = chance.index(below: 6) == 0 ? .lost : .answered
      both { $0.finish(server, outcome, after: .milliseconds(30)) }
    }
  }

  @Test(arguments: names)
  func `it picks as if it were told everything`(_ name: String) throws {
    for (seed, servers) in [(1, 1), (2, 6), (3, 17)] as [(UInt64, Int)] {
      var twins = Twins(try make(name), seed: seed, servers: servers)
      for turn in 0..<400 {
        twins.both { $0.now = $0.now + .milliseconds(7) }
        let roll = twins.chance.index(below: 20)
        if roll == 0 { twins.change() }
        if roll < 8 { twins.finish() }
        let tried =
          twins.chance.index(below: 12) == 0
          ? [twins.chance.index(below: twins.told.servers.count)] : []
        twins.both { $0.tried = tried }
        let key = twins.chance.index(below: 30)
        if turn % 10 == 0 {
          #expect(twins.told.explain(key: key) == twins.retold.explain(key: key), "turn \(turn)")
        }
        let picked = twins.told.choose(key: key)
        #expect(picked == twins.retold.choose(key: key), "seed \(seed), turn \(turn)")
        #expect(twins.told.random.counter == twins.retold.random.counter)
        if let picked { twins.both { $0.servers[picked].active += 1 } }
      }
    }
  }

  /// Else the laws here could not fail.
  @Test(arguments: ["least-connections", "haproxy.leastconn", "haproxy.roundrobin", "ring"])
  func `one that is not told of a change picks otherwise`(_ name: String) throws {
    var told = Bench(try make(name), active: [0, 0, 0], weights: [1, 1, 1])
    _ = told.picks(4)
    told.weights = [1, 9, 1]
    var untold = told
    told.change(FleetChanges([ServerID(1)]))
    untold.change(.none)
    let picked = (0..<40).map { told.choose(key: $0) }
    #expect(picked != (0..<40).map { untold.choose(key: $0) })
  }

  /// One world with the balancer, one in which it is told everything; whatever befalls them.
  @Test(arguments: names)
  func `a world goes on as if its balancer were told everything`(_ name: String) throws {
    for seed in 1...2 as ClosedRange<UInt64> {
      var chance = RandomStream(key: seed)
      let balancer = try make(name)
      var worlds = (World(seed: seed), World(seed: seed))
      let load = Load(
        shape: .poisson(perSecond: 300), work: .exponential(mean: 20e6), key: .zipf(50, 1),
        timeout: .milliseconds(60), retries: 1)
      worlds.0.use(balancer)
      worlds.1.use(retold(balancer))
      worlds.0.begin(load)
      worlds.1.begin(load)
      for step in 0..<60 {
        let before = chance
        command(&worlds.0, &chance)
        var same = before
        command(&worlds.1, &same)
        #expect(worlds.0.checkInvariants() == [], "step \(step)")
        #expect(worlds.0.digest == worlds.1.digest, "seed \(seed), step \(step)")
        #expect(worlds.0.nextPick?.explanation == worlds.1.nextPick?.explanation, "step \(step)")
        guard worlds.0.digest == worlds.1.digest else { return }
      }
      #expect(worlds.0.arrived > 100)
    }
  }

  private func retold<B: Balancer>(_ balancer: B) -> any Balancer { Retold(balancer) }

  private func command(_ world: inout World, _ chance: inout RandomStream) {
    func someone() -> ServerID { ServerID(chance.index(below: world.rented + 1)) }
    switch chance.index(below: 12) {
    case 0, 1: _ = world.spawn(1 + chance.index(below: 4), spec(&chance))
    case 2: world.stop([someone(), someone()], drain: .milliseconds(40))
    case 3: _ = world.kill([someone()])
    case 4: world.restart([someone(), someone()])
    case 5: world.slow([someone()], factor: [0.5, 1, 3][chance.index(below: 3)])
    case 6: world.resize(someone(), to: spec(&chance), restart: chance.index(below: 3) == 0)
    case 7: world.set([someone(), someone()], Standing.allCases[chance.index(below: 3)])
    case 8: world.set((0..<world.rented).map { ServerID($0) }, .up)
    default: break
    }
    world.run(.milliseconds(Int64(chance.index(below: 60))))
  }

  private func spec(_ chance: inout RandomStream) -> ServerSpec {
    var spec = ServerSpec()
    spec.cpu = 1 + chance.index(below: 2)
    spec.weight = [nil, nil, 1, 0.3, 4][chance.index(below: 5)]
    spec.maxconn = chance.index(below: 4) == 0 ? 2 : nil
    spec.queue = chance.index(below: 4) == 0 ? 1 : nil
    spec.boot = .milliseconds(Int64(chance.index(below: 3) * 35))
    return spec
  }
}

/// A balancer that is told everything at each change.
private struct Retold<Told: Balancer>: Balancer {
  static var name: String { Told.name }
  static var summary: String { Told.summary }
  static var details: StrategyDetails { Told.details }
  static var listens: Bool { Told.listens }
  static var queues: Bool { Told.queues }
  static var waitsAtServer: Bool { Told.waitsAtServer }
  static var callsServers: Bool { Told.callsServers }
  static var queuesBehind: Bool { Told.queuesBehind }
  static var ownsHealth: Bool { Told.ownsHealth }
  static var ownsPriorities: Bool { Told.ownsPriorities }
  static var seesAside: Bool { Told.seesAside }

  var told: Told
  var period: Duration? { told.period }
  var standbys: HAProxyBackups? { told.standbys }

  init() { told = Told() }

  init(_ told: Told) { self.told = told }

  mutating func pick(
    for request: borrowing Request, from view: borrowing View, using random: inout RandomStream
  ) -> Int? { told.pick(for: request, from: view, using: &random) }

  mutating func finished(
    _ request: borrowing Request, on server: ServerID, _ outcome: Outcome, after latency: Duration
  ) { told.finished(request, on: server, outcome, after: latency) }

  mutating func assigned(_ request: borrowing Request, to server: ServerID) {
    told.assigned(request, to: server)
  }

  mutating func tick(_ view: borrowing View) { told.tick(view) }

  mutating func changed(_ changes: FleetChanges, in view: borrowing View) {
    told.changed(.everything, in: view)
  }

  func explain(_ request: borrowing Request, from view: borrowing View, using random: RandomStream)
    -> Explanation
  { told.explain(request, from: view, using: random) }
}
