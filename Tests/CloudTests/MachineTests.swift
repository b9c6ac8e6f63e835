import Cloud
import Simulation
import Testing

/// Boots, warming and spot machines, reckoned by hand.
@Suite("machines: boot, warming, spot")
struct MachineTests {
  private let first = ServerID(0)

  private func spec(_ change: (inout ServerSpec) -> Void) -> ServerSpec {
    var spec = ServerSpec()
    change(&spec)
    return spec
  }

  /// When each server boots, in milliseconds, by name.
  private func boots(_ world: World) -> [String: String] {
    var world = world
    var found: [String: String] = [:]
    for line in world.story(until: 10_000_000) where line.hasSuffix("booted") {
      let words = line.split(separator: " ")
      found[String(words[1])] = String(words[0])
    }
    return found
  }

  @Test func `a plain boot time is exact and a spread one is drawn for each server`() {
    var exact = World()
    _ = exact.spawn(3, spec { $0.boot = .seconds(45) })
    #expect(Set(boots(exact).values) == ["45000"])
    var spread = World()
    _ = spread.spawn(3, spec { $0.bootTime = .exponential(mean: 45e9) })
    #expect(Set(boots(spread).values).count == 3)
  }

  @Test func `another server does not shift the draws of the first ones`() {
    let slow = spec { $0.bootTime = .lognormal(mean: 60e9, sigma: 0.5) }
    var few = World()
    _ = few.spawn(2, slow)
    var many = World()
    _ = many.spawn(5, slow)
    many.restart([ServerID(3)])
    let (a, b) = (boots(few), boots(many))
    #expect(a["s1"] == b["s1"])
    #expect(a["s2"] == b["s2"])
    // Each life has a draw of its own.
    var again = World()
    _ = again.spawn(2, slow)
    again.restart([first])
    #expect(boots(again)["s1"] != a["s1"])
    #expect(boots(again)["s2"] == a["s2"])
  }

  @Test(
    arguments: [
      (.exponential(mean: 45e9), 45), (.uniform(30e9, 90e9), 60),
      (.lognormal(mean: 60e9, sigma: 0.5), 60),
    ] as [(Distribution, Double)])
  func `boots have the mean they were given`(_ time: Distribution, _ mean: Double) {
    var world = World(seed: 3)
    _ = world.spawn(4000, spec { $0.bootTime = time })
    let times = boots(world).values.compactMap { Double($0).map { $0 / 1000 } }
    #expect(times.count == 4000)
    #expect(Estimate(times).agrees(with: mean))
  }

  @Test func `a reseeded start is as if made with the seed`() {
    func start(_ seed: UInt64) -> World {
      var world = World(seed: seed)
      _ = world.spawn(4, spec { $0.bootTime = .exponential(mean: 20e9) })
      _ = world.add(
        Fault(.randomCrash(mtbf: .exponential(mean: 60e9), mttr: nil), .all, start: .zero))
      return world
    }
    var world = start(1)
    world.reseed(7)
    var other = start(7)
    expect(world.story(until: 400_000), other.story(until: 400_000))
    var first = start(1)
    var again = start(7)
    let (a, b) = (first.story(until: 400_000), again.story(until: 400_000))
    #expect(a != b)
  }

  /// A quarter of the speed until 11 s: work of 1 s begun at 2 s takes four, and of what was begun
  /// at 10 s a quarter is done by then.
  @Test func `a cold server is slow until it is warm`() {
    var world = World()
    _ = world.spawn(
      1,
      spec {
        $0.boot = .seconds(1)
        $0.warming = .seconds(10)
        $0.cold = 4
      })
    world.run(.seconds(2))
    #expect(world.servers[0].state == .inService)
    #expect(world.servers[0].isWarming)
    world.begin(.requests(1, work: .seconds(1)))
    expect(world.story(until: 10_000), ["2000 r1 to s1 behind 0", "6000 r1 done"])
    world.begin(.requests(1, work: .seconds(1)))
    expect(
      world.story(until: 20_000),
      ["10000 r2 to s1 behind 0", "11000 s1 warm", "11750 r2 done"])
    #expect(!world.servers[0].isWarming)
    #expect(world.checkInvariants() == [])
  }

  @Test func `a server warms up again in its next life`() {
    var world = World()
    _ = world.spawn(
      1,
      spec {
        $0.warming = .seconds(10)
        $0.cold = 2
      })
    world.run(.seconds(4))
    _ = world.kill([first])
    #expect(!world.servers[0].isWarming)
    world.run(.seconds(4))
    world.restart([first])
    expect(world.story(until: 60_000), ["18000 s1 warm"])
  }

  @Test func `a spot machine drains on its notice and what is left is cut`() {
    var world = World()
    _ = world.spawn(
      1, spec { $0.spot = Spot(notice: .seconds(30), lifetime: .constant(10e9)) })
    #expect(world.hourlyDollars == 0.012)
    world.begin(.requests(2, work: .seconds(60)))
    expect(
      world.story(until: 100_000),
      [
        "0 r1 to s1 behind 0", "0 r2 to s1 behind 1", "10000 s1 noticed with 2",
        "40000 s1 left, 2 cut",
      ])
    #expect(world.measurement.counts.failed == 2)
    #expect(world.hourlyDollars == 0)
    // The bill ends with the machine: a minute, the least that is charged.
    #expect(abs(world.dollars - 0.012 / 60) < 1e-12)
  }

  @Test func `an idle or booting spot machine leaves at its notice`() {
    var world = World()
    let spot = Spot(lifetime: .constant(5e9))
    _ = world.spawn(1, spec { $0.spot = spot })
    _ = world.spawn(
      1,
      spec {
        $0.spot = spot
        $0.boot = .seconds(10)
      })
    expect(world.story(until: 100_000), ["5000 s1 noticed with 0", "5000 s2 noticed with 0"])
    #expect(world.count(of: .gone) == 2)
  }

  @Test func `a wave takes its share of the spot machines and no other`() {
    func wave(_ seed: UInt64, others: Int) -> [ServerID] {
      var world = World(seed: seed)
      _ = world.spawn(10, spec { $0.spot = Spot() })
      _ = world.spawn(others, ServerSpec())
      _ = world.add(Fault(.spotWave(share: 0.4), .all, start: .zero + .seconds(5)))
      world.run(.seconds(6))
      return world.servers.filter { $0.state == .gone }.map(\.id)
    }
    let taken = wave(1, others: 3)
    #expect(taken.count == 4)
    #expect(taken.allSatisfy { $0.index < 10 })
    #expect(wave(1, others: 0) == taken)
    #expect(wave(2, others: 3) != taken)
  }
}
