import Cloud
import Simulation
import Testing

/// The slots, seen through the presets' steps.
@Suite("Slots of the pipeline")
struct SlotTests {
  /// A check of a fleet of equal servers.
  private func observation(
    at seconds: Double, every period: Double = 15, rate: Double = 0, ready: Int = 1,
    booting: Int = 0, busy: Double = 0, memory: Double = 0
  ) -> Observation {
    let servers = (0..<(ready + booting)).map { index in
      Observation.Server(
        id: ServerID(index), ready: index < ready, busy: Level(busy), memory: Level(memory))
    }
    return Observation(
      time: Instant(seconds: seconds), elapsed: Duration(seconds: period),
      arrivals: Int((rate * period).rounded()), servers: servers)
  }

  private func result(_ slot: String, of decision: Decision) throws -> String {
    try #require(decision.steps.first { $0.slot == slot }).result
  }

  @Test func `the slots are told in the pipeline's order`() throws {
    let order = [
      "signal", "window", "desired", "dead band", "stabilization", "rate limit", "bounds",
    ]
    for type in Autoscalers.all {
      var scaler = type.init()
      for ready in [0, 3] {
        let decision = scaler.decide(
          observation(at: 15, rate: 96, ready: ready, busy: 0.63), within: 1...10)
        #expect(decision.steps.map(\.slot) == type.slots)
        #expect(type.slots.sorted() == order.sorted())
      }
    }
  }

  @Test func `demand divides the rate by the target`() {
    var demand = Demand()
    let decision = demand.decide(observation(at: 15, rate: 96, ready: 3), within: 1...10)
    #expect(
      decision
        == Decision(
          before: 3, after: 5, reason: "96/s at 20/s a server",
          steps: [
            .init(slot: "signal", rule: "1440 arrivals ÷ 15s", result: "96/s"),
            .init(slot: "window", rule: "mean of the last 30s", result: "96/s"),
            .init(slot: "desired", rule: "ceil(96/s ÷ 20/s)", result: "5"),
            .init(
              slot: "dead band", rule: "160% of the target is outside 100% ± 10%", result: "5"),
            .init(slot: "stabilization", rule: "most wanted in 60s: 5", result: "5"),
            .init(slot: "rate limit", rule: "none", result: "5"),
            .init(slot: "bounds", rule: "1..10", result: "5"),
          ]))
  }

  @Test func `the window weighs by time and forgets`() throws {
    var demand = Demand()
    var means: [String] = []
    for (time, rate) in [(15.0, 100.0), (30, 0), (45, 0), (60, 40)] {
      let decision = demand.decide(observation(at: time, rate: rate), within: 1...10)
      means.append(try result("window", of: decision))
    }
    #expect(means == ["100/s", "50/s", "0/s", "20/s"])
  }

  @Test func `a window shorter than the period is the last reading`() throws {
    var demand = Demand()
    _ = demand.set("window", to: .number(0))
    _ = demand.decide(observation(at: 15, rate: 100), within: 1...10)
    let decision = demand.decide(observation(at: 30, rate: 40), within: 1...10)
    #expect(try result("window", of: decision) == "40/s")
  }

  /// Source: Kubernetes; both ends of the band belong to it, and 33 ÷ 30 is inside.
  @Test(arguments: [
    (0.66, 5), (0.54, 5), (0.67, 6), (0.53, 5), (0.6, 5), (1.0, 9), (0.0, 5),
  ])
  func `resource keeps the size within a tenth of the target`(_ busy: Double, _ after: Int) {
    var resource = Resource()
    let decision = resource.decide(observation(at: 15, ready: 5, busy: busy), within: 1...10)
    #expect(decision.after == after)
  }

  @Test func `a dead band says that it held`() {
    var resource = Resource()
    let decision = resource.decide(observation(at: 15, ready: 5, busy: 0.63), within: 1...10)
    #expect(decision.reason == "105% of the target, within 10% of it")
  }

  /// Source: arithmetic of the sources in double precision; exact arithmetic would say 7.
  @Test func `the ceiling is taken of doubles as they are`() {
    var resource = Resource()
    resource.target = 0.5
    _ = resource.set("stabilization", to: .number(0))
    let busy = 0.14
    let expected = Int((busy / 0.5 * 25).rounded(.up))
    let decision = resource.decide(observation(at: 15, ready: 25, busy: busy), within: 1...100)
    #expect(decision.after == expected)
  }

  @Test func `stabilization gives back when less was wanted for long enough`() {
    var demand = Demand()
    _ = demand.set("window", to: .number(0))
    var sizes: [Int] = []
    var count = 5
    for (check, rate) in [100.0, 40, 40, 60, 40, 40, 40, 40, 40].enumerated() {
      let time = 15 * Double(check + 1)
      let decision = demand.decide(observation(at: time, rate: rate, ready: count), within: 1...10)
      count = decision.after
      sizes.append(count)
    }
    // 5 were wanted at 15 s, 3 at 60 s; each counts while it is younger than 60 s.
    #expect(sizes == [5, 5, 5, 5, 3, 3, 3, 2, 2])
  }

  @Test func `at the first check the present size counts as wanted`() {
    var demand = Demand()
    let first = demand.decide(observation(at: 15, rate: 20, ready: 8), within: 1...10)
    #expect(first.after == 8)
    #expect(first.reason == "1 server wanted, but 8 wanted 0s ago")
    let later = demand.decide(observation(at: 75, rate: 20, ready: 8), within: 1...10)
    #expect(later.after == 1)
  }

  @Test func `servers that boot count as idle on the way up`() {
    var resource = Resource()
    // 3 in service at 90 % call for 5; with 2 more on their way they do not call for any.
    let alone = resource.decide(observation(at: 15, ready: 3, busy: 0.9), within: 1...20)
    #expect(alone.after == 5)
    let waiting = resource.decide(
      observation(at: 30, ready: 3, booting: 2, busy: 0.9), within: 1...20)
    #expect(waiting.after == 5)
    let more = resource.decide(
      observation(at: 45, ready: 3, booting: 1, busy: 1), within: 1...20)
    #expect(more.after == 5)
    #expect(more.steps[2].rule == "ceil(100% ÷ 60% × 3 in service)")
  }

  /// Source: Kubernetes' default policies; the steps are those of its documentation.
  @Test func `growth is limited to four or to doubling in 15 s`() {
    var resource = Resource()
    _ = resource.set("target", to: .number(0.01))
    var sizes: [Int] = []
    var count = 1
    for check in 1...6 {
      let decision = resource.decide(
        observation(at: 15 * Double(check), ready: count, busy: 1), within: 1...100)
      count = decision.after
      sizes.append(count)
    }
    #expect(sizes == [5, 10, 20, 40, 80, 100])
  }

  @Test func `within one period growth counts together`() {
    var resource = Resource()
    _ = resource.set("target", to: .number(0.01))
    let first = resource.decide(observation(at: 5, every: 5, ready: 1, busy: 1), within: 1...100)
    let second = resource.decide(observation(at: 10, every: 5, ready: 5, busy: 1), within: 1...100)
    let third = resource.decide(observation(at: 20, every: 5, ready: 5, busy: 1), within: 1...100)
    #expect([first.after, second.after, third.after] == [5, 5, 10])
    #expect(second.reason == "500 servers wanted, at most 5 in 15s")
  }

  @Test func `memory can be watched instead`() {
    var resource = Resource()
    resource.of = .memory
    let decision = resource.decide(
      observation(at: 15, ready: 2, busy: 0, memory: 0.9), within: 1...10)
    #expect(decision.after == 3)
    #expect(decision.reason == "90% of memory against 60%")
  }

  @Test(arguments: Autoscalers.all.map { $0.name })
  func `bounds always hold`(_ name: String) throws {
    var random = RandomStream(seed: 1, purpose: "test", name: name)
    var scaler = try #require(Autoscalers.named(name)).init()
    for check in 1...500 {
      let low = random.index(below: 5)
      let bounds = low...(low + random.index(below: 20))
      let ready = random.index(below: 12)
      let decision = scaler.decide(
        observation(
          at: Double(check), every: 1, rate: Double(random.index(below: 2000)), ready: ready,
          booting: random.index(below: 3), busy: random.uniform(), memory: random.uniform()),
        within: bounds)
      #expect(bounds.contains(decision.after))
      #expect(decision.steps.last?.result == "\(decision.after)")
      #expect(!decision.reason.isEmpty)
    }
  }

  @Test(arguments: Autoscalers.all.map { $0.name })
  func `no server, no time and absurd numbers do not trap`(_ name: String) throws {
    var scaler = try #require(Autoscalers.named(name)).init()
    for value in [0, -1, .infinity, -.infinity, .nan, 1e300] {
      for period in [0, 1e300] {
        let check = Observation(
          time: Instant(seconds: period), elapsed: Duration(seconds: period), arrivals: .max,
          servers: [
            Observation.Server(
              id: ServerID(0), cpu: .max, picked: Counter(.max), arrivals: .max,
              busy: Level(value), memory: Level(value))
          ])
        #expect((1...50).contains(scaler.decide(check, within: 1...50).after))
      }
    }
    var fresh = try #require(Autoscalers.named(name)).init()
    #expect(fresh.decide(observation(at: 1, ready: 0), within: 2...3).after == 2)
  }

  @Test(arguments: Autoscalers.all.map { $0.name })
  func `a copy decides the same`(_ name: String) throws {
    var random = RandomStream(seed: 2, purpose: "test", name: name)
    var scaler = try #require(Autoscalers.named(name)).init()
    var copy = scaler
    for check in 1...100 {
      let now = observation(
        at: 15 * Double(check), rate: 200 * random.uniform(), ready: 4, busy: random.uniform())
      let mine = scaler.decide(now, within: 1...10)
      if check == 50 {
        copy = scaler
      } else if check > 50 {
        #expect(copy.decide(now, within: 1...10) == mine)
      }
    }
  }

  @Test func `every setting is inside its own kind`() throws {
    for type in Autoscalers.all {
      let scaler = type.init()
      for setting in type.settings {
        #expect(setting.kind.accepts(try #require(scaler.value(of: setting.name))))
      }
      #expect(type.period > .zero)
    }
  }

  /// Random arrivals around a constant rate, five servers' worth, for half an hour.
  @Test(arguments: [95.0, 99, 100, 101, 105, 110])
  func `demand does not flap under a constant load`(_ rate: Double) {
    var random = RandomStream(seed: 3, purpose: "test", name: "flapping")
    var demand = Demand()
    var count = 5
    var changes = 0
    for check in 1...120 {
      // A sum of uniform numbers spread like Poisson arrivals of 15 s.
      var noise = -6.0
      for _ in 0..<12 { noise += random.uniform() }
      let noisy = rate + noise * (rate / 15).squareRoot()
      let decision = demand.decide(
        observation(at: 15 * Double(check), rate: noisy, ready: count), within: 1...20)
      if decision.after != count { changes += 1 }
      count = decision.after
    }
    #expect(changes <= 2)
    #expect((5...6).contains(count))
  }
}
