import Cloud
import Simulation
import Testing

/// What waited too long, and what is not important enough.
@Suite struct ShedTests {
  private func shed(target: Double, interval: Double) -> Shed {
    var shed = Shed()
    shed.target = target
    shed.interval = interval
    return shed
  }

  /// Source: folly, Codel.cpp: the first of an interval passes, then what waited twice the target.
  @Test func `a queue that stays long is shed`() {
    var world = World(servers: 1)
    world.limit(shed(target: 0.01, interval: 0.1))
    world.begin(.requests(5, work: .milliseconds(40), timeout: .milliseconds(130)))
    world.begin(.requests(2, work: .milliseconds(40), timeout: .milliseconds(100), name: "hasty"))
    expect(
      Array(world.story(until: 2000).dropFirst(7)),
      [
        // The second is the first of its interval, and so is the third; 40 ms were too long.
        "40 r1 done, then r2", "80 r2 done, then r3", "100 r6 timed out", "100 r7 timed out",
        "120 r3 done", "120 r4 refused by s1: shed", "120 r5 refused by s1: shed",
        "120 r6 dropped by s1", "120 r7 dropped by s1",
      ])
    #expect(world.measurement.counts.limited == 2)
    #expect(world.measurement.counts.timedOut == 2)
    #expect(world.checkInvariants() == [])
  }

  @Test func `without abandoned ones everything that waited is told so`() {
    var world = World(servers: 1)
    world.limit(shed(target: 0.02, interval: 0.2))
    world.begin(
      Load(shape: .constant(perSecond: 100), work: .constant(20e6)))
    world.run(.seconds(60))
    let counts = world.measurement.counts
    // Half of them can be served, and nobody of those waits long.
    #expect(counts.completed > 2900)
    #expect(counts.limited > 2800)
    #expect(world.measurement.latency.percentile(95) ?? 0 < 100_000_000)
    #expect(world.checkInvariants() == [])
  }

  @Test func `a retry storm does not stay`() {
    func calm(_ limit: (any Limit)?) -> Double {
      var world = World(servers: 10, balancer: LeastConnections())
      world.begin(
        Load(
          shape: .poisson(perSecond: 80), timeout: .seconds(1), retries: 3))
      if let limit { world.limit(limit) }
      world.run(.seconds(30))
      let lost = (0..<5).map { ServerID($0) }
      _ = world.kill(lost)
      world.run(.seconds(30))
      world.restart(lost)
      world.run(.seconds(120))
      world.beginMeasurement()
      world.run(.seconds(60))
      let counts = world.measurement.counts
      return Double(counts.completed) / Double(counts.arrived)
    }
    #expect(calm(nil) < 0.01)
    #expect(calm(Shed()) > 0.99)
    #expect(calm(RetryTokens(share: 0.1, leastPerSecond: 0)) > 0.99)
  }

  @Test func `the least important are turned away first`() {
    var world = World(servers: 10, balancer: LeastConnections())
    for (priority, name) in ["first", "second", "third"].enumerated() {
      world.begin(
        Load(
          name: name, shape: .poisson(perSecond: 60), work: .exponential(mean: 100e6),
          priority: priority))
    }
    world.limit(PriorityAdmission())
    world.run(.seconds(60))
    var limited = [0, 0, 0]
    let end = world.now + .seconds(60)
    var loads: [UInt64: String] = [:]
    while world.now < end {
      let number = UInt64(world.arrived) + 1
      loads[number] = world.nextLoad
      let position = world.position
      world.advance(until: Stop(time: end, position: position + 1))
      guard world.position > position else { break }
      if case .refused(let id, .unimportant, _, _)? = world.lastEvent?.what {
        let name = loads[id.number]
        limited[name == "first" ? 0 : name == "second" ? 1 : 2] += 1
      }
    }
    // 100 of 180 a second can be served: the first wholly, of the second most, of the third none.
    #expect(limited[0] == 0)
    #expect(limited[1] < 2200)
    #expect(limited[2] > 3000)
  }

  @Test func `everybody is let in again when nobody waits`() {
    var world = World(servers: 10, balancer: LeastConnections())
    world.limit(PriorityAdmission())
    world.begin(Load(shape: .poisson(perSecond: 200)))
    world.run(.seconds(30))
    #expect(world.measurement.counts.limited > 1000)
    world.begin(Load(shape: .poisson(perSecond: 50)))
    world.run(.seconds(120))
    world.beginMeasurement()
    world.run(.seconds(60))
    #expect(world.measurement.counts.limited == 0)
  }
}
