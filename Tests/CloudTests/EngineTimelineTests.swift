import Cloud
import Simulation
import Testing

/// What happens when, reckoned by hand.
@Suite struct EngineTimelineTests {
  @Test func oneServerServesInOrder() {
    var world = World(servers: 1)
    world.begin(.requests(3, gap: .milliseconds(50), work: .milliseconds(100)))
    expect(
      world.story(until: 1000),
      [
        "0 r1 to s1 behind 0", "50 r2 to s1 behind 1", "100 r1 done, then r2",
        "100 r3 to s1 behind 1", "200 r2 done, then r3", "300 r3 done",
      ])
    #expect(world.measurement.latency.sum == 450_000_000)
    #expect(world.measurement.wait.sum == 150_000_000)
  }

  @Test func oneInstantHasAnOrder() {
    var world = World(servers: 2)
    var late = ServerSpec()
    late.boot = .seconds(1)
    _ = world.spawn(1, late)
    world.begin(.requests(1, work: .seconds(1), name: "a"))
    world.begin(.requests(1, work: .seconds(5), timeout: .seconds(1), name: "b"))
    world.begin(Load(name: "c", shape: .constant(perSecond: 1)))
    world.scale(Scaler(policy: Sample(), every: .seconds(1)))
    expect(
      world.story(until: 1000),
      [
        "0 r1 to s1 behind 0", "0 r2 to s2 behind 0", "1000 r1 done", "1000 r2 timed out",
        "1000 s3 booted", "1000 checked 0", "1000 r3 to s3 behind 0",
      ])
  }

  /// Finishes at one instant come by number, whatever the servers' order.
  @Test func finishesOfOneInstantComeByNumber() {
    var world = World(servers: 9)
    world.begin(.requests(4, work: .milliseconds(300), name: "a"))
    world.run(.milliseconds(200))
    world.begin(.requests(5, work: .milliseconds(100), name: "b"))
    world.run(.milliseconds(99))
    expect(world.story(until: 300), (1...9).map { "300 r\($0) done" })

    // A server takes its place in the order again after each finish.
    var pair = World(servers: 2)
    pair.begin(.requests(6, work: .zero))
    pair.begin(.requests(1, work: .zero, name: "last"))
    let story = pair.story(until: 0)
    #expect(story.filter { $0.contains("done") } == (1...7).map { "0 r\($0) done" })
  }

  @Test func clientsGiveUpAndTryAgain() {
    var world = World(servers: 1)
    world.begin(
      .requests(1, work: .milliseconds(200), timeout: .milliseconds(150), retries: 1))
    expect(
      world.story(until: 1000),
      [
        "0 r1 to s1 behind 0", "150 r1 timed out, again", "150 r1.2 to s1 behind 1",
        "200 r1 wasted, then r1.2", "300 r1.2 timed out", "400 r1.2 wasted",
      ])
    let counts = world.measurement.counts
    #expect(counts.timedOut == 1)
    #expect(counts.retried == 1)
    #expect(counts.completed == 0)
    #expect(counts.inFlight == 0)
    #expect(world.checkInvariants() == [])
  }

  /// The answer comes before the timer of its instant; the timer is then dead and no event.
  @Test func anAnswerInTimeCounts() {
    var world = World(servers: 1)
    world.begin(.requests(1, work: .milliseconds(150), timeout: .milliseconds(150)))
    expect(world.story(until: 1000), ["0 r1 to s1 behind 0", "150 r1 done"])
    #expect(world.measurement.counts.timedOut == 0)
  }

  @Test func retriesOfAnAnsweredLoadAreMeasuredFromTheFirstSending() {
    var world = World(servers: 2)
    world.begin(
      .requests(2, work: .milliseconds(100), timeout: .milliseconds(120), retries: 3))
    _ = world.kill([ServerID(0)])
    world.run(.milliseconds(60))
    world.advance(until: Stop(settled: 2))
    // r2 waits for r1 on s2: it gives up at 120, is done unheard at 200, its second try at 300
    // came too late by 60 ms, and so on until tries run out.
    #expect(world.measurement.counts.completed == 1)
    #expect(world.measurement.latency.sum == 100_000_000)
    #expect(world.measurement.counts.timedOut == 1)
    #expect(world.measurement.counts.retried == 3)
  }

  @Test func sharingSplitsTheSlots() {
    var world = World(servers: 1, discipline: .ps)
    world.begin(.requests(2, gap: .milliseconds(50), work: .milliseconds(100)))
    expect(
      world.story(until: 1000),
      [
        "0 r1 to s1 behind 0", "50 r2 to s1 behind 1", "150 r1 done", "200 r2 done",
      ])
    var equal = World(servers: 1, discipline: .ps)
    equal.begin(.requests(4, work: .milliseconds(100)))
    expect(equal.story(until: 1000).suffix(4), (1...4).map { "400 r\($0) done" })
    var wide = World(servers: 1, cpu: 2, discipline: .ps)
    wide.begin(.requests(3, work: .milliseconds(100)))
    expect(wide.story(until: 1000).suffix(3), (1...3).map { "150 r\($0) done" })
  }

  @Test func fullQueuesRefuse() {
    var world = World()
    var spec = ServerSpec()
    spec.queue = 1
    _ = world.spawn(1, spec)
    world.begin(.requests(3, work: .milliseconds(100), retries: 2))
    expect(
      world.story(until: 0),
      [
        "0 r1 to s1 behind 0", "0 r2 to s1 behind 1", "0 r3 refused by s1: queueFull, again",
        "0 r3.2 refused by s1: queueFull, again", "0 r3.3 refused by s1: queueFull",
      ])
    #expect(world.measurement.counts.refused == 1)
    #expect(world.servers[0].picked == 5)
    #expect(world.checkInvariants() == [])
  }

  @Test func fullMemoryRefuses() {
    var world = World()
    var spec = ServerSpec()
    spec.memory = 100
    _ = world.spawn(1, spec)
    world.send(3, gap: .milliseconds(60), work: .constant(100e6), memory: .constant(60))
    expect(
      world.story(until: 1000),
      [
        "0 r1 to s1 behind 0", "60 r2 refused by s1: memoryFull", "100 r1 done",
        "120 r3 to s1 behind 0", "220 r3 done",
      ])
    #expect(world.servers[0].memoryUsed == 0)
  }

  @Test func withoutServersNobodyIsServed() {
    var world = World()
    world.begin(.requests(1, work: .milliseconds(1), retries: 1))
    expect(
      world.story(until: 0),
      [
        "0 r1 refused by nobody: noServer, again", "0 r1.2 refused by nobody: noServer",
      ])
  }

  @Test(arguments: [0, 1, 254, 255, 300, .max])
  func triesAreBounded(_ retries: Int) {
    var world = World()
    world.begin(.requests(1, work: .milliseconds(1), retries: retries))
    expect(world.advance(until: Stop()), .idle)
    #expect(world.position == min(retries, 254) + 1)
    #expect(world.measurement.counts.refused == 1)
  }

  @Test(arguments: [Discipline.fifo, .ps])
  func heldRequestsWaitToBeToldOff(_ discipline: Discipline) {
    var world = World(servers: 1, discipline: discipline)
    world.send(2, work: .constant(1e6), hold: true)
    world.run(.seconds(1))
    #expect(world.servers[0].active == 2)
    #expect(world.settled == 0)
    expect(world.finish(request: 3), false)
    expect(world.finish(request: 1), true)
    expect(world.finish(request: 1), false)
    let second = discipline == .fifo ? "1000 r1 done, then r2" : "1000 r1 done"
    expect(world.story(until: 2000), [second])
    expect(world.finish(request: 2), true)
    expect(world.story(until: 3000), ["2000 r2 done"])
    #expect(world.measurement.latency.sum == 3_000_000_000)
  }

  @Test(arguments: [
    ([2, 4, 3, 1], ["1000 r2 done", "1000 r4 done", "1000 r3 done", "1000 r1 done"]),
    ([4, 1, 3, 2], ["1000 r4 done", "1000 r1 done, then r2", "1000 r3 done", "1000 r2 done"]),
    ([3, 4, 1, 2], ["1000 r3 done", "1000 r4 done", "1000 r1 done, then r2", "1000 r2 done"]),
  ])
  func aHeldRequestThatWaitsNeedsNoSlotWhenItIsToldOff(order: [UInt64], story: [String]) {
    var world = World(servers: 1)
    world.send(4, hold: true)
    world.run(.seconds(1))
    var told: [String] = []
    for (place, number) in order.enumerated() {
      expect(world.finish(request: number), true)
      told += world.story(until: 1000)
      #expect(world.servers[0].active == 3 - place)
    }
    #expect(told == story)
    #expect(world.servers[0].running == 0)
  }

  @Test func drawsOfSendGoOn() {
    var once = World(servers: 1, cpu: 100)
    once.send(6, work: .exponential(mean: 1e9))
    once.advance(until: Stop())
    var twice = World(servers: 1, cpu: 100)
    twice.send(2, work: .exponential(mean: 1e9))
    twice.advance(until: Stop(arrival: 3))
    twice.send(4, work: .exponential(mean: 1e9))
    twice.advance(until: Stop())
    #expect(once.busyNanoseconds == twice.busyNanoseconds)
  }
}
