import Cloud
import Simulation
import Testing

/// Servers that come, go, fail and change, reckoned by hand.
@Suite struct EngineMachineTests {
  private let first = ServerID(0)

  @Test func aDeadServerFailsWhatItHas() {
    var world = World(servers: 2)
    world.begin(.requests(4, work: .milliseconds(100)))
    world.run(.milliseconds(50))
    expect(world.kill([first]), 2)
    expect(world.kill([first]), 0)
    expect(world.story(until: 1000), ["100 r2 done, then r4", "200 r4 done"])
    #expect(world.measurement.counts.failed == 2)
    #expect(world.servers[0].state == .crashed)
    #expect(world.servers[0].active == 0)
    #expect(world.measurement.servers[0].utilisation == 1)
    #expect(world.checkInvariants() == [])
  }

  @Test func whatFailedIsSentAgain() {
    var world = World(servers: 2)
    world.begin(.requests(4, work: .milliseconds(100), retries: 1))
    world.run(.milliseconds(50))
    expect(world.kill([first]), 2)
    expect(
      world.story(until: 1000),
      [
        "50 r1.2 to s2 behind 2", "50 r3.2 to s2 behind 3", "100 r2 done, then r4",
        "200 r4 done, then r1.2", "300 r1.2 done, then r3.2", "400 r3.2 done",
      ])
    #expect(world.measurement.counts.failed == 0)
    #expect(world.measurement.latency.sum == 1_000_000_000)
    // The wait of the try that was answered: 0, 100, 150 and 250 ms.
    #expect(world.measurement.wait.sum == 500_000_000)
  }

  @Test func abandonedRequestsDoNotFailAgain() {
    var world = World(servers: 1)
    world.begin(.requests(2, work: .seconds(1), timeout: .milliseconds(10)))
    world.run(.milliseconds(20))
    expect(world.kill([first]), 0)
    #expect(world.measurement.counts.failed == 0)
    #expect(world.measurement.counts.timedOut == 2)
  }

  @Test(
    arguments: [
      (
        nil,
        [
          "100 r1 done, then r3", "100 r2 done, then r4", "200 r3 done", "200 r4 done",
          "200 s1 left, 0 cut",
        ]
      ),
      (100, ["100 r1 done, then r3", "100 r2 done, then r4", "150 s1 left, 1 cut", "200 r4 done"]),
      (
        150,
        [
          "100 r1 done, then r3", "100 r2 done, then r4", "200 r3 done", "200 r4 done",
          "200 s1 left, 0 cut",
        ]
      ),
      (0, ["50 s1 left, 2 cut", "100 r2 done, then r4", "200 r4 done"]),
    ] as [(Int64?, [String])])
  func drainingServersFinishUpToTheirLimit(_ limit: Int64?, _ story: [String]) {
    var world = World(servers: 2)
    world.begin(.requests(4, work: .milliseconds(100)))
    world.run(.milliseconds(50))
    world.stop([first], drain: limit.map { .milliseconds($0) })
    #expect(world.servers[0].state == .draining)
    expect(world.story(until: 1000), story)
    #expect(world.servers[0].state == .gone)
    #expect(world.checkInvariants() == [])
  }

  @Test func aDrainingServerTakesNothingNew() {
    var world = World(servers: 2)
    world.begin(.requests(4, gap: .milliseconds(10), work: .milliseconds(100)))
    world.run(.zero)
    world.stop([first])
    expect(
      world.story(until: 40),
      [
        "10 r2 to s2 behind 0", "20 r3 to s2 behind 1", "30 r4 to s2 behind 2",
      ])
  }

  @Test func idleAndBootingServersLeaveAtOnce() {
    var world = World(servers: 1)
    var late = ServerSpec()
    late.boot = .seconds(1)
    _ = world.spawn(1, late)
    world.stop([first, ServerID(1)])
    #expect(world.count(of: .gone) == 2)
    expect(world.story(until: 2000), [])
  }

  @Test func goneServersStayAway() {
    var world = World(servers: 1)
    world.stop([first])
    let before = world.digest
    world.restart([first])
    world.resize(first, to: ServerSpec(), restart: true)
    _ = world.kill([first])
    world.slow([first], factor: 2)
    #expect(world.digest == before)
    #expect(world.hourlyDollars == 0)
  }

  @Test func unknownServersArePassedOver() {
    var world = World(servers: 1)
    let before = world.digest
    for id in [ServerID(1), ServerID(-1), ServerID(.max)] {
      world.stop([id])
      expect(world.kill([id]), 0)
      world.restart([id])
      world.slow([id], factor: 2)
      world.resize(id, to: ServerSpec(), restart: true)
      #expect(world.server(id) == nil)
    }
    #expect(world.digest == before)
  }

  /// A boot of an earlier life is not taken for this one's.
  @Test func bootsBelongToTheirLives() {
    var world = World()
    var spec = ServerSpec()
    spec.boot = .seconds(1)
    _ = world.spawn(1, spec)
    world.run(.milliseconds(500))
    _ = world.kill([first])
    world.run(.milliseconds(300))
    world.restart([first])
    expect(world.story(until: 3000), ["1800 s1 booted"])
    world.restart([first])
    world.run(.milliseconds(100))
    world.restart([first])
    expect(world.story(until: 5000), ["4100 s1 booted"])
  }

  @Test func aDrainOfAnEarlierLifeIsForgotten() {
    var world = World(servers: 1)
    world.begin(.requests(1, work: .seconds(10)))
    world.run(.zero)
    world.stop([first], drain: .seconds(1))
    world.restart([first])
    world.begin(.requests(1, work: .seconds(3)))
    expect(world.story(until: 4000), ["0 r2 to s1 behind 0", "3000 r2 done"])
    #expect(world.measurement.counts.failed == 1)
  }

  @Test func restartsFailWhatIsThereAndBoot() {
    var world = World(servers: 2)
    world.begin(.requests(4, work: .milliseconds(100), retries: 1))
    world.run(.milliseconds(50))
    var spec = ServerSpec()
    spec.boot = .milliseconds(30)
    world.resize(first, to: spec, restart: true)
    #expect(world.servers[0].state == .booting)
    expect(
      world.story(until: 90),
      [
        "50 r1.2 to s2 behind 2", "50 r3.2 to s2 behind 3", "80 s1 booted",
      ])
  }

  @Test(arguments: [Discipline.fifo, .ps])
  func slowingChangesWhatIsLeft(_ discipline: Discipline) {
    var world = World(servers: 1, discipline: discipline)
    world.begin(.requests(1, work: .milliseconds(100)))
    world.run(.milliseconds(40))
    world.slow([first], factor: 4)
    var cured = world
    expect(world.story(until: 1000), ["280 r1 done"])
    cured.run(.milliseconds(60))
    cured.slow([first], factor: 1)
    expect(cured.story(until: 1000), ["145 r1 done"])
    #expect(cured.servers[0].busy == 0.145)
  }

  @Test func whatIsLeftIsRoundedUpOnce() {
    var world = World(servers: 1)
    world.begin(.requests(1, work: .nanoseconds(10)))
    world.run(.zero)
    world.slow([first], factor: 1.0 / 3)
    world.advance(until: Stop())
    #expect(world.now == .zero + .nanoseconds(4))
    var same = World(servers: 1)
    same.begin(.requests(1, work: .nanoseconds(10)))
    same.run(.nanoseconds(3))
    same.resize(first, to: ServerSpec(), restart: false)
    same.advance(until: Stop())
    #expect(same.now == .zero + .nanoseconds(10))
  }

  @Test func moreSlotsStartWhatWaits() {
    var world = World(servers: 1)
    world.begin(.requests(3, work: .milliseconds(100)))
    world.run(.milliseconds(40))
    var spec = ServerSpec()
    spec.cpu = 2
    world.resize(first, to: spec, restart: false)
    expect(world.story(until: 1000), ["100 r1 done, then r3", "140 r2 done", "200 r3 done"])
    #expect(world.measurement.utilisation == 300e6 / 1960e6)
  }

  @Test func fewerSlotsLetTheRunningFinish() {
    var world = World(servers: 1, cpu: 2)
    world.begin(.requests(3, work: .milliseconds(100)))
    world.run(.milliseconds(40))
    world.resize(first, to: ServerSpec(), restart: false)
    expect(world.story(until: 1000), ["100 r1 done", "100 r2 done, then r3", "200 r3 done"])
    #expect(world.checkInvariants() == [])
  }

  @Test func sharingServersChangeTheirSlots() {
    var world = World(servers: 1, discipline: .ps)
    world.begin(.requests(2, work: .milliseconds(100)))
    world.run(.milliseconds(100))
    var spec = ServerSpec()
    spec.cpu = 2
    world.resize(first, to: spec, restart: false)
    expect(world.story(until: 1000), ["150 r1 done", "150 r2 done"])
    #expect(world.servers[0].spec.discipline == .ps)
  }

  @Test func bootsKillsAndRestartsArePaid() {
    var world = World()
    var spec = ServerSpec()
    spec.boot = .seconds(10)
    _ = world.spawn(1, spec)
    world.run(.seconds(30))
    #expect(world.dollars == 0.04 / 60)
    world.run(.seconds(60))
    _ = world.kill([first])
    #expect(world.hourlyDollars == 0)
    world.run(.seconds(110))
    #expect(world.dollars == 0.04 * 90 / 3600)
    world.restart([first])
    world.run(.seconds(30))
    #expect(world.dollars == 0.04 * 90 / 3600 + 0.04 * 60 / 3600)
    #expect(world.hourlyDollars == 0.04)
  }

  @Test func aResizeIsPaidAtBothPrices() {
    var world = World(servers: 1)
    world.run(.seconds(100))
    var spec = ServerSpec()
    spec.cpu = 3
    world.resize(first, to: spec, restart: false)
    world.run(.seconds(200))
    #expect(abs(world.dollars - (0.04 * 100 + 0.12 * 200) / 3600) < 1e-12)
    #expect(world.hourlyDollars == 0.12)
  }
}
