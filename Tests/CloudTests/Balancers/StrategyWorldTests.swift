import Cloud
import Simulation
import Testing

/// What every strategy owes a world: forks, chunks and explanations agree.
@Suite("Strategies in a world")
struct StrategyWorldTests {
  static let balancers = Balancers.all.map { $0.name }
  static let scalers = Autoscalers.all.map { $0.name }

  /// Unequal servers under 40 requests a second, one of them failing on the way.
  private func world(_ balancer: String, scaler: String?) throws -> World {
    var world = World(seed: 7)
    world.use(try #require(Balancers.named(balancer)).init())
    var large = ServerSpec()
    large.cpu = 2
    _ = world.spawn(3, ServerSpec())
    _ = world.spawn(2, large)
    world.begin(
      Load(shape: .poisson(perSecond: 40), work: .exponential(mean: 100e6)))
    if let scaler {
      let policy = try #require(Autoscalers.named(scaler)).init()
      world.scale(Scaler(policy: policy, every: .seconds(2), bounds: 2...12))
    }
    world.advance(until: Stop(time: .zero + .seconds(10)))
    _ = world.kill([ServerID(1)])
    world.advance(until: Stop(time: .zero + .seconds(20)))
    world.restart([ServerID(1)])
    return world
  }

  @Test(arguments: balancers, scalers)
  func `a fork goes the same way, and its origin stays`(_ balancer: String, _ scaler: String) throws
  {
    var world = try world(balancer, scaler: scaler)
    let keyframe = world
    let digest = keyframe.digest
    var fork = world
    world.advance(until: Stop(time: .zero + .seconds(60)))
    fork.advance(until: Stop(time: .zero + .seconds(60)))
    #expect(world.digest == fork.digest)
    #expect(world.digest != digest)
    #expect(keyframe.digest == digest)
    #expect(world.arrived > 1000)
  }

  @Test(arguments: balancers, [1, 7, 65_536])
  func `chunks of any size end in the same world`(_ balancer: String, _ size: Int) throws {
    var whole = try world(balancer, scaler: "demand")
    var parts = whole
    let stop = Stop(time: .zero + .seconds(40))
    whole.advance(until: stop)
    while parts.advance(until: stop, budget: size) == .budget {}
    #expect(parts.digest == whole.digest)
  }

  @Test(arguments: balancers)
  func `why names the server that the request then gets`(_ balancer: String) throws {
    var world = try world(balancer, scaler: nil)
    var asked = 0
    while asked < 200 {
      let next = world.nextPick
      world.advance(until: Stop(), budget: 1)
      guard case .arrived(let id, let server, _) = world.lastEvent?.what, let next else { continue }
      guard next.request.id == id else { continue }
      #expect(next.explanation.chosen == server)
      asked += 1
    }
  }
}
