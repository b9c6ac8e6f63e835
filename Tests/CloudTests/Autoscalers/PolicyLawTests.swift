import Cloud
import Simulation
import Testing

/// What every policy owes whoever asks it, however odd what it is told.
@Suite("Laws of policies")
struct PolicyLawTests {
  static let names = Autoscalers.all.map { $0.name }

  private static let odd: [Double] = [
    0, -1, 0.5, 1, 1.5, 1e9, 1e300, .infinity, -.infinity, .nan, .leastNonzeroMagnitude,
  ]
  private static let counts = [0, 1, 3, 100, 1 << 40, .max, -1, .min]

  /// A level that is in order more often than not.
  private func level(_ random: inout RandomStream) -> Level {
    random.index(below: 4) > 0
      ? Level(random.uniform()) : Level(Self.odd[random.index(below: Self.odd.count)])
  }

  private func count(_ random: inout RandomStream) -> Int {
    random.index(below: 4) > 0
      ? random.index(below: 500) : Self.counts[random.index(below: Self.counts.count)]
  }

  /// An observation some time after the last one; some of what it tells cannot be.
  private func observation(after time: inout Instant, _ random: inout RandomStream) -> Observation {
    let elapsed = Duration.milliseconds(Int64(random.index(below: 40_000)))
    time = time + elapsed
    let servers = (0..<random.index(below: 9)).map { index in
      Observation.Server(
        id: ServerID(index + random.index(below: 3)), ready: random.index(below: 5) > 0,
        warming: random.index(below: 5) == 0, cpu: 1 + random.index(below: 8),
        speed: level(&random).value, picked: Counter(count(&random)), arrivals: count(&random),
        busy: level(&random), memory: level(&random), active: count(&random),
        memorySize: count(&random), memoryFailures: count(&random))
    }
    return Observation(
      time: time, elapsed: elapsed, arrivals: count(&random), servers: servers,
      meanWork: random.index(below: 3) == 0 ? nil : level(&random), waiting: count(&random))
  }

  private func policy(_ name: String) throws -> any Autoscaler {
    try #require(Autoscalers.named(name)).init()
  }

  private func bounds(_ random: inout RandomStream) -> ClosedRange<Int> {
    let low = random.index(below: 5)
    return low...(low + random.index(below: 20))
  }

  @Test(arguments: names, [1, 2, 3] as [UInt64])
  func `whatever is told, bounds hold and every slot speaks in its turn`(
    _ name: String, _ seed: UInt64
  ) throws {
    var random = RandomStream(seed: seed, purpose: "law", name: name)
    var policy = try policy(name)
    let slots = type(of: policy).slots
    var time = Instant.zero
    for _ in 1...200 {
      let now = observation(after: &time, &random)
      let bounds = bounds(&random)
      let decision = policy.decide(now, within: bounds)
      #expect(bounds.contains(decision.after))
      #expect(decision.before == now.servers.count)
      #expect(decision.steps.map(\.slot) == slots)
      #expect(decision.steps.last?.result == "\(decision.after)")
      #expect(decision.steps.allSatisfy { !$0.rule.isEmpty && !$0.result.isEmpty })
      #expect(!decision.reason.isEmpty)
      if let wish = decision.wish { #expect(bounds.contains(wish) || wish == now.servers.count) }
      if let size = decision.size { #expect(size.target.cpu >= 0 && size.target.memory >= 0) }
    }
  }

  @Test(arguments: names)
  func `a copy has its own memory, and the same`(_ name: String) throws {
    var random = RandomStream(seed: 4, purpose: "law", name: name)
    var policy = try policy(name)
    var time = Instant.zero
    for _ in 1...60 { _ = policy.decide(observation(after: &time, &random), within: 1...20) }
    let kept = policy
    let later = (1...40).map { _ in observation(after: &time, &random) }
    func decisions(_ policy: any Autoscaler) -> [Decision] {
      var policy = policy
      return later.map { policy.decide($0, within: 1...20) }
    }
    let first = decisions(kept)
    #expect(decisions(policy) == first)
    #expect(decisions(kept) == first)
  }

  /// Two recordings that part after a minute.
  private func world(_ name: String, then rate: Int) throws -> World {
    var world = World(servers: 2)
    let counts = [Int](repeating: 300, count: 6) + [Int](repeating: rate, count: 6)
    world.begin(
      Load(
        shape: .trace(RecordedTraffic(.counts(interval: .seconds(10), counts), source: "law")),
        work: .exponential(mean: 100e6)))
    world.scale(
      Scaler(policy: try policy(name), every: .seconds(5), bounds: 1...200, boot: .seconds(20)))
    world.run(.milliseconds(59_999))
    return world
  }

  @Test(arguments: names)
  func `what is to come is known only to those that say so`(_ name: String) throws {
    let quiet = try world(name, then: 1)
    let busy = try world(name, then: 3000)
    #expect(quiet.arrived == busy.arrived)
    let isSame = quiet.actions == busy.actions
    #expect(isSame == !(try policy(name) is any Foreseeing))
  }

  @Test(arguments: names)
  func `a world goes the same way in parts, from a copy, and beside a vertical one`(
    _ name: String
  ) throws {
    var world = World(seed: 5, servers: 3, cpu: 2, discipline: .fifo)
    world.begin(
      Load(
        shape: .wave(Wave(base: 5, peak: 60, period: .seconds(80))),
        work: .exponential(mean: 100e6), memory: .exponential(mean: 100e6)))
    world.scale(
      Scaler(
        name: "out", policy: try policy(name), every: .seconds(3), bounds: 1...12,
        boot: .seconds(7)))
    var vpa = Vpa()
    vpa.mode = .recreate
    world.scale(Scaler(name: "up", policy: vpa, every: .seconds(10), boot: .seconds(7)))
    world.run(.seconds(45))
    let keyframe = world
    let digest = keyframe.digest
    var parts = world
    let stop = Stop(time: world.now + .seconds(60))
    world.advance(until: stop)
    while parts.advance(until: stop, budget: 13) == .budget {}
    #expect(parts.digest == world.digest)
    #expect(parts.actions == world.actions)
    #expect(keyframe.digest == digest)
    #expect(world.digest != digest)
  }

  @Test(arguments: names)
  func `every parameter takes what its range allows, and only that`(_ name: String) throws {
    let type = try #require(Autoscalers.named(name))
    #expect(Set(type.settings.map(\.name)).count == type.settings.count)
    for setting in type.settings {
      #expect(setting.summary.last == "." && setting.summary.count > 8)
      let (inside, outside): ([SettingValue], [SettingValue])
      switch setting.kind {
      case .count(let range):
        inside = [.number(Double(range.lowerBound)), .number(Double(range.upperBound))]
        outside = [
          .number(Double(range.lowerBound) - 1), .number(Double(range.upperBound) + 1),
          .number(Double(range.lowerBound) + 0.5), .choice("none such"),
        ]
      case .number(let range), .duration(let range), .rate(let range), .ratio(let range):
        inside = [.number(range.lowerBound), .number(range.upperBound)]
        outside = [
          .number(range.lowerBound - 1), .number(range.upperBound * 2 + 1), .number(.nan),
          .choice("none such"),
        ]
      case .choice(let names):
        inside = names.map { .choice($0) }
        outside = [.choice("none such"), .number(0)]
      case .rows(let kind):
        let lows = kind.fields.map { field -> Double in
          switch field {
          case .count(let range): Double(range.lowerBound)
          case .number(let range), .duration(let range), .rate(let range), .ratio(let range):
            range.lowerBound
          case .choice, .rows: .nan
          }
        }
        inside = [.rows([lows])]
        outside = [
          .rows([]), .rows([lows + [0]]), .rows([lows.map { $0 - 1 }]),
          .rows([lows.map { _ in .nan }]),
          .rows(.init(repeating: lows, count: RowKind.most + 1)), .number(0),
        ]
      }
      for value in inside {
        var policy = type.init()
        expect(policy.set(setting.name, to: value), true)
        #expect(policy.value(of: setting.name) == value, "\(setting.name)")
        var random = RandomStream(seed: 6, purpose: "law", name: setting.name)
        var time = Instant.zero
        for _ in 1...3 {
          let now = observation(after: &time, &random)
          let decision = policy.decide(now, within: 1...20)
          #expect((1...20).contains(decision.after))
        }
      }
      for value in outside {
        var policy = type.init()
        let before = policy.value(of: setting.name)
        expect(policy.set(setting.name, to: value), false)
        #expect(policy.value(of: setting.name) == before)
      }
    }
  }
}
