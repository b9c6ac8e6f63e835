import Cloud
import Simulation
import Testing

/// Clients that wait before they send again.
@Suite struct BackoffTests {
  private func world(_ backoff: Backoff?, count: Int = 1, retries: Int = 3) -> World {
    var world = World()
    var load = Load.requests(count, work: .milliseconds(1), retries: retries)
    load.backoff = backoff
    world.begin(load)
    return world
  }

  @Test func `without jitter the waits double`() {
    var world = world(Backoff(.milliseconds(100), jitter: .none))
    expect(
      world.story(until: 2000),
      [
        "0 r1 refused by nobody: noServer, again", "100 r1.2 refused by nobody: noServer, again",
        "300 r1.3 refused by nobody: noServer, again", "700 r1.4 refused by nobody: noServer",
      ])
    #expect(world.measurement.counts.refused == 1)
  }

  @Test func `waits end at 1024 times the first`() {
    var world = world(Backoff(.seconds(1), jitter: .none), retries: 14)
    world.advance(until: Stop())
    #expect(world.now == Instant.zero + .seconds(1023 + 4 * 1024))
  }

  /// The waits are even between nothing and the whole: their mean is half of it.
  @Test func `jitter spreads those who failed together`() {
    var world = world(Backoff(.seconds(1)), count: 2000, retries: 1)
    var times: [Instant] = []
    while true {
      let position = world.position
      world.advance(until: Stop(position: position + 1))
      guard world.position > position, let event = world.lastEvent else { break }
      if case .refused(let id, _, _, _) = event.what, id.attempt == 2 { times.append(event.time) }
    }
    #expect(times.count == 2000)
    #expect(times == times.sorted())
    #expect(Set(times).count == 2000)
    let mean = times.reduce(0) { $0 + Double($1.nanoseconds) } / 2000 / 1e9
    #expect(abs(mean - 0.5) < 4 * 0.2887 / 2000.squareRoot())
    #expect(times.allSatisfy { $0 <= .zero + .seconds(1) })
  }

  @Test func `a wait is under way and does not end the world`() {
    var world = world(Backoff(.seconds(10), jitter: .none))
    world.run(.seconds(5))
    #expect(world.measurement.counts.inFlight == 1)
    #expect(!world.isIdle)
    #expect(!world.isStuck)
    #expect(world.checkInvariants() == [])
    _ = world.spawn(1, ServerSpec())
    world.advance(until: Stop())
    #expect(world.measurement.counts.completed == 1)
    #expect(world.now == .zero + .milliseconds(10_001))
  }
}
