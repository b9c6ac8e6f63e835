import Cloud
import Simulation
import Testing

/// Asks for a size, and for a count if it has one.
private struct Sizer: Autoscaler {
  static let name = "sizer"
  static let summary = "Asks for a size."
  static let details = StrategyDetails(rule: "", source: "", ties: "", failure: "")
  static let period = Duration.seconds(10)

  var mode = ServerSize.Mode.inPlace
  var many = 2
  var seen: [Observation] = []

  mutating func decide(_ observation: Observation, within bounds: ClosedRange<Int>) -> Decision {
    seen.append(observation)
    let amount = ServerSize.Amount(cpu: 3, memory: 4 << 30)
    let small = observation.servers.filter { $0.ready && $0.cpu != 3 }
    let size = ServerSize(
      target: amount, lower: amount, upper: amount, mode: mode,
      servers: small.prefix(many).map(\.id))
    let count = observation.servers.count
    return Decision(before: count, after: count, reason: "", steps: [], size: size, say: .none)
  }
}

/// Autoscalers that change the size of servers, alone and beside those that change their number.
@Suite struct VerticalScalingTests {
  private func world(_ mode: ServerSize.Mode, boot: Duration = .seconds(5)) -> World {
    var world = World(servers: 3)
    var sizer = Sizer()
    sizer.mode = mode
    world.scale(Scaler(name: "up", policy: sizer, boot: boot))
    return world
  }

  private func inService(_ world: World) -> [String] {
    world.servers.filter { $0.state == .inService }.map { "\($0.id.name) \($0.spec.cpu)" }
  }

  @Test func `in place, as many at a time as are named`() {
    var world = world(.inPlace)
    world.run(.seconds(10))
    #expect(inService(world) == ["s1 3", "s2 3", "s3 1"])
    #expect(world.servers[0].spec.memory == 4 << 30)
    #expect(world.actions.map(\.resized) == [[ServerID(0), ServerID(1)]])
    #expect(world.actions[0].decision.before == 3)
    world.run(.seconds(30))
    #expect(inService(world) == ["s1 3", "s2 3", "s3 3"])
    #expect(world.actions.count == 2)
  }

  @Test func `by others that boot while the old ones finish`() {
    var world = world(.recreate)
    world.send(3, work: .constant(14e9))
    world.run(.seconds(10))
    #expect(inService(world) == ["s3 1"])
    #expect(world.count(of: .draining) == 2)
    #expect(world.count(of: .booting) == 2)
    #expect(world.actions.map(\.removed) == [[ServerID(0), ServerID(1)]])
    #expect(world.actions.map(\.added) == [[ServerID(3), ServerID(4)]])
    world.run(.seconds(30))
    #expect(inService(world) == ["s4 3", "s5 3", "s6 3"])
    #expect(world.settled == 3)
    #expect(world.servers.reduce(0) { $0 + $1.completed } == 3)
  }

  @Test(arguments: [(ServerSize.Mode.initial, 3), (.off, 1), (.inPlace, 3)])
  func `new servers have the size unless it is only told`(_ mode: ServerSize.Mode, _ cpu: Int) {
    var world = world(mode)
    world.run(.seconds(10))
    world.scale(Scaler(name: "out", policy: Demand(), bounds: 4...9, boot: .zero))
    world.run(.seconds(15))
    #expect(world.servers.count == 4)
    #expect(world.servers[3].spec.cpu == cpu)
    #expect(world.servers[2].spec.cpu == (mode == .inPlace ? 3 : 1))
  }

  @Test func `whoever has no opinion keeps nobody from giving back`() {
    var world = World(servers: 6)
    world.scale(Scaler(name: "up", policy: Vpa()))
    var sample = Sample()
    _ = sample.set("threshold", to: .number(1_000_000))
    world.scale(Scaler(name: "sample", policy: sample))
    world.scale(Scaler(name: "out", policy: Demand()))
    world.begin(Load(shape: .constant(perSecond: 30), work: .constant(1e6)))
    world.run(.minutes(3))
    #expect(world.count(of: .inService) == 2)
    #expect(world.autoscalers.map(\.wanted) == [nil, nil, 2])
  }

  @Test func `a forecast that only adds is the least there is`() {
    let floor = Decision(before: 5, after: 5, reason: "", steps: [], say: .atLeast(3))
    #expect(floor.wish == 3)
    #expect(Decision(before: 5, after: 4, reason: "", steps: [], say: .none).wish == 4)
    #expect(Decision(before: 5, after: 5, reason: "", steps: [], say: .none).wish == nil)
    #expect(Decision(before: 5, after: 5, reason: "", steps: []).wish == 5)
  }

  /// 400 MiB each of 1 GiB: the third at once does not fit.
  @Test func `a server that runs out of memory gets more of it`() throws {
    var world = World(servers: 2)
    world.scale(Scaler(policy: Vpa()))
    world.begin(
      Load(
        shape: .constant(perSecond: 40), work: .constant(200e6), memory: .constant(400 * 0x1p20)))
    world.run(.seconds(60))
    let first = try #require(world.actions.first)
    #expect(first.resized.count == 1)
    let memory = try #require(world.server(first.resized[0])).spec.memory
    #expect(Double(memory) > 1.2 * 1.15 * 0x1p30)
    #expect(first.decision.size?.target.memory == memory)
  }

  @Test func `memory that was full is told once`() throws {
    var world = World(servers: 1)
    var sizer = Sizer()
    sizer.mode = .off
    world.scale(Scaler(policy: sizer))
    world.send(5, work: .constant(15e9), memory: .constant(400 * 0x1p20))
    world.run(.seconds(20))
    let seen = try #require(world.autoscalers[0].policy as? Sizer).seen.map { $0.servers[0] }
    #expect(seen.map(\.memoryFailures) == [3, 0])
    #expect(seen.map(\.memorySize) == [1 << 30, 1 << 30])
  }
}
