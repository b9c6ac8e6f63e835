import Cloud
import Simulation
import Testing

@Suite("Requests that wait, fail and are tried again")
struct EngineWaitingTests {
  private func world(_ balancer: any Balancer, maxconn: [Int]) -> World {
    var world = World(seed: 1)
    world.use(balancer)
    for most in maxconn {
      var spec = ServerSpec()
      spec.maxconn = most
      _ = world.spawn(1, spec)
    }
    return world
  }

  /// Source: HAProxy 2.6.12, maxconn 1: the server that becomes free takes the head of the queue.
  @Test func `who becomes free takes the head of the queue`() {
    var world = world(LeastConnections(), maxconn: [1, 1])
    world.send(4, work: .constant(100e6))
    expect(
      world.story(until: 1000),
      [
        "0 r1 to s1 behind 0", "0 r2 to s2 behind 0", "0 r3 waits", "0 r4 waits",
        "100 r1 done", "100 r3 given to s1 behind 0", "100 r2 done", "100 r4 given to s2 behind 0",
        "200 r3 done", "200 r4 done",
      ])
    #expect(world.checkInvariants() == [])
  }

  @Test func `nginx has no queue`() {
    var world = world(Nginx(), maxconn: [1, 1])
    world.send(3, work: .constant(100e6))
    expect(world.story(until: 10).last, "0 r3 refused by nobody: allFull")
  }

  @Test func `a client may give up while it waits`() {
    var world = world(RoundRobin(), maxconn: [1])
    world.begin(.requests(3, work: .milliseconds(100), timeout: .milliseconds(150)))
    let story = world.story(until: 1000)
    #expect(story.contains("150 r3 timed out"))
    #expect(!story.contains { $0.contains("r3 given") })
    #expect(world.settled == 3)
    #expect(world.checkInvariants() == [])
  }

  @Test func `a server that comes takes what waits`() {
    var world = world(RoundRobin(), maxconn: [1])
    world.send(2, work: .constant(500e6))
    world.run(.milliseconds(100))
    _ = world.spawn(1, ServerSpec())
    expect(world.story(until: 400), ["100 r2 given to s2 behind 0"])
  }

  @Test func `nginx goes to the next server when one has crashed`() {
    var world = world(Nginx(), maxconn: [9, 9])
    _ = world.kill([ServerID(0)])
    world.send(1, work: .constant(100e6))
    expect(
      world.story(until: 1000),
      [
        "0 r1 refused by s1: noConnection, again", "0 r1.2 to s2 behind 0", "100 r1.2 done",
      ])
    #expect(world.measurement.counts.completed == 1)
  }

  @Test func `all have crashed: every server is tried once`() {
    var world = world(Nginx(), maxconn: [9, 9])
    _ = world.kill([ServerID(0), ServerID(1)])
    world.send(1, work: .constant(100e6))
    expect(
      world.story(until: 1000),
      [
        "0 r1 refused by s1: noConnection, again", "0 r1.2 refused by s2: noConnection, again",
        "0 r1.3 refused by nobody: allTried",
      ])
    #expect(world.measurement.counts.failed == 1)
  }

  @Test func `errors take their share of the requests, the same ones each time`() {
    var world = World(servers: 1)
    world.fail([ServerID(0)], share: 0.25, after: .milliseconds(1))
    world.send(1000, gap: .milliseconds(200))
    var copy = world
    world.run(.seconds(300))
    copy.run(.seconds(300))
    #expect(world.digest == copy.digest)
    // Four standard deviations are 55.
    #expect((195...305).contains(world.measurement.counts.failed))
    #expect(world.measurement.counts.completed == 1000 - world.measurement.counts.failed)
  }

  @Test(arguments: [Standing.down, .drain])
  func `who is set aside finishes what it has and gets nothing new`(_ standing: Standing) {
    var world = World(servers: 2)
    world.send(2, work: .constant(100e6))
    world.run(.milliseconds(10))
    world.set([ServerID(0)], standing)
    world.send(3, work: .constant(100e6))
    let story = world.story(until: 1000)
    #expect(story.contains("100 r1 done"))
    #expect(story.filter { $0.contains("to s1") }.isEmpty)
    world.set([ServerID(0)], .up)
    world.send(2, work: .constant(100e6))
    let back = world.story(until: 2000)
    #expect(back.contains { $0.contains("to s1") })
  }
}
