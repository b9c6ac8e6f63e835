import Cloud
import Simulation
import Testing

/// Faults at a time and at random.
@Suite("faults")
struct FaultTests {
  private let first = ServerID(0)

  private func at(_ seconds: Int64) -> Instant { .zero + .seconds(seconds) }

  private func world(_ servers: Int, boot: Duration = .zero, zone: String = "") -> World {
    var world = World()
    var spec = ServerSpec()
    spec.boot = boot
    spec.zone = zone
    _ = world.spawn(servers, spec)
    return world
  }

  @Test func `a crash at its time, and back after it with its boot`() {
    var world = world(2, boot: .seconds(1))
    _ = world.add(Fault(.crash, .servers([first]), start: at(5), end: at(8)))
    #expect(world.faults.map(\.name) == ["f1"])
    expect(
      world.story(until: 60_000),
      [
        "1000 s1 booted", "1000 s2 booted", "5000 f1 on s1, 0 lost", "8000 f1 over",
        "9000 s1 booted",
      ])
    #expect(world.faults.isEmpty)
  }

  @Test func `a dead machine is not paid for`() {
    var world = world(1)
    world.billing = .perSecond(minimum: .zero)
    _ = world.add(Fault(.crash, .all, start: at(1800), end: at(3600)))
    world.run(.seconds(2000))
    #expect(world.hourlyDollars == 0)
    world.run(.seconds(3400))
    #expect(abs(world.dollars - 0.04) < 1e-12)
  }

  @Test func `a fault without a time strikes at once and without an end stays`() {
    var world = world(2)
    world.begin(.requests(2, work: .seconds(1)))
    world.run(.zero)
    let outcome = world.add(Fault(.crash, .servers([first]), start: world.now))
    #expect(outcome.servers == [first])
    #expect(outcome.lost == 1)
    #expect(world.servers[0].state == .crashed)
    #expect(world.faults.isEmpty)
  }

  /// One second done, half a second's work in the two that are slow, the rest after.
  @Test func `slow for a while`() {
    var world = world(1)
    world.begin(.requests(1, work: .seconds(4)))
    _ = world.add(Fault(.slow(factor: 4), .all, start: at(1), end: at(3)))
    expect(
      world.story(until: 9000),
      ["0 r1 to s1 behind 0", "1000 f1 on s1, 0 lost", "3000 f1 over", "5500 r1 done"])
    #expect(world.servers[0].slowness == 1)
  }

  @Test func `errors for a while, and then what was there before`() {
    var world = world(1)
    world.begin(.requests(6, gap: .milliseconds(500), work: .milliseconds(100)))
    _ = world.add(Fault(.errors(share: 1, after: .zero), .all, start: at(1), end: at(2)))
    world.run(.seconds(10))
    #expect(world.measurement.counts.failed == 2)
    #expect(world.measurement.counts.completed == 4)
    #expect(world.servers[0].errors == 0)
  }

  /// The error takes no time at s1; what is sent again at once is all the work it ever was at s2.
  @Test func `what failed is sent again with its work`() {
    var world = world(2)
    _ = world.add(Fault(.errors(share: 1, after: .zero), .servers([first]), start: world.now))
    world.begin(.requests(1, work: .milliseconds(100), retries: 1))
    expect(
      world.story(until: 1000),
      ["0 r1 to s1 behind 0", "0 r1 failed on s1, again", "0 r1.2 to s2 behind 0", "100 r1.2 done"])
    #expect(world.measurement.counts.failed == 0)
  }

  @Test func `a zone that is out keeps new servers down until it is over`() {
    var world = world(2, boot: .seconds(2), zone: "a")
    var spec = ServerSpec()
    spec.zone = "b"
    _ = world.spawn(1, spec)
    _ = world.add(Fault(.outage, .zone("a"), start: at(5), end: at(15)))
    world.run(.seconds(6))
    #expect(world.servers.map(\.state) == [.crashed, .crashed, .inService])
    spec.zone = "a"
    spec.boot = .seconds(2)
    _ = world.spawn(1, spec)
    expect(
      world.story(until: 60_000),
      ["15000 f1 over", "15000 s4 booted", "17000 s1 booted", "17000 s2 booted"])
  }

  @Test func `off calls off what is to come and ends what goes on`() {
    var world = world(2)
    _ = world.add(Fault(.crash, .all, start: at(5)))
    _ = world.add(Fault(.slow(factor: 3), .servers([first]), start: world.now, end: at(50)))
    #expect(world.servers[0].slowness == 3)
    world.endFault(2)
    #expect(world.servers[0].slowness == 1)
    #expect(world.faults.map(\.name) == ["f1"])
    world.endFault()
    expect(world.story(until: 60_000), [])
  }

  // MARK: At random

  private func random(_ mttr: Distribution?) -> Fault {
    Fault(.randomCrash(mtbf: .exponential(mean: 100e9), mttr: mttr), .all, start: .zero)
  }

  /// What happened to one server.
  private func life(of server: String, _ world: World) -> [String] {
    var world = world
    return world.story(until: 2_000_000).filter { $0.split(separator: " ")[1] == server }
  }

  @Test func `neither servers nor faults shift each other's draws`() {
    var alone = world(1)
    _ = alone.add(random(.exponential(mean: 25e9)))
    var many = world(3)
    _ = many.add(random(.exponential(mean: 25e9)))
    many.run(.seconds(30))
    _ = many.add(Fault(.slow(factor: 2), .servers([ServerID(1)]), start: at(40)))
    let a = life(of: "s1", alone)
    #expect(a.count > 10)
    #expect(life(of: "s1", many).suffix(8) == a.suffix(8))
  }

  @Test func `servers to come crash as well`() {
    var world = world(0)
    _ = world.add(random(nil))
    world.run(.seconds(50))
    _ = world.spawn(3, ServerSpec())
    world.run(.seconds(5000))
    #expect(world.count(of: .crashed) == 3)
  }

  /// Up for 100 s and down for 25 s on average: four fifths of the time.
  @Test(arguments: [.constant(25e9), .exponential(mean: 25e9)] as [Distribution])
  func `availability is MTBF over MTBF and MTTR`(_ mttr: Distribution) {
    let shares = (1...20).map { seed -> Double in
      var world = World(seed: UInt64(seed), servers: 10)
      _ = world.add(random(mttr))
      world.run(.seconds(500))
      let before = world.serverTime.served
      world.run(.seconds(2000))
      return (world.serverTime.served - before).seconds / 20_000
    }
    #expect(Estimate(shares).agrees(with: 0.8))
  }
}
