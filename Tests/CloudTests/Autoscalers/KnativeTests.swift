import Cloud
import Simulation
import TestSupport
import Testing

/// Knative's rules, with its own numbers.
@Suite("Knative's autoscaler")
struct KnativeTests {
  /// Source: knative/serving, `autoscalerTest.go`: with 8 ready and a target of 10.
  @Test func `the averages are divided by the target and rounded up`() {
    var spec = KnativeDecider.Spec()
    spec.target = 10
    spec.total = 40.0 / 3
    spec.targetBurstCapacity = 98
    spec.maxScaleUpRate = 10
    spec.maxScaleDownRate = 10
    var decider = KnativeDecider(spec, ready: 1)
    let outcome = decider.decide(ready: 8, stable: 100, panic: 100, at: .zero)
    #expect(outcome.pods == 10)
    #expect(abs(outcome.excessBurstCapacity - -92) <= 1)
    #expect(decider.decide(ready: 8, stable: 50, panic: 50, at: .zero).pods == 5)
  }

  /// Source: the same: panic ends strictly after a stable window.
  @Test func `in panic nothing is given back`() {
    var spec = KnativeDecider.Spec()
    spec.target = 10
    spec.maxScaleUpRate = 10
    spec.maxScaleDownRate = 10
    var decider = KnativeDecider(spec, ready: 1)
    #expect(decider.decide(ready: 10, stable: 100, panic: 1000, at: .zero).pods == 100)
    func quiet(_ seconds: Double) -> Int {
      decider.decide(ready: 10, stable: 1, panic: 1, at: Instant(seconds: seconds)).pods
    }
    #expect([quiet(30), quiet(60), quiet(60.5)] == [100, 100, 1])
  }

  @Test func `one that starts with several pods starts in panic`() {
    var decider = KnativeDecider(KnativeDecider.Spec(), ready: 20)
    #expect(decider.decide(ready: 20, stable: 0, panic: 0, at: Instant(seconds: 2)).pods == 20)
    #expect(decider.decide(ready: 20, stable: 0, panic: 0, at: Instant(seconds: 61)).pods == 10)
  }

  private struct Sequences: Decodable {
    struct Spec: Decodable {
      var target: Double
      var total: Double
      var targetBurstCapacity: Double
      var panicThreshold: Double
      var maxScaleUpRate: Double
      var maxScaleDownRate: Double
      var stableWindowS: Double
      var reachable: Bool
      var activationScale: Int

      func spec(delay: Double) -> KnativeDecider.Spec {
        var spec = KnativeDecider.Spec()
        spec.target = target
        spec.total = total
        spec.targetBurstCapacity = targetBurstCapacity
        spec.panicThreshold = panicThreshold
        spec.maxScaleUpRate = maxScaleUpRate
        spec.maxScaleDownRate = maxScaleDownRate
        spec.stableWindow = Duration(seconds: stableWindowS)
        spec.isReachable = reachable
        spec.activationScale = activationScale
        spec.scaleDownDelay = Duration(seconds: delay)
        return spec
      }
    }
    struct Step: Decodable {
      var tS: Double
      var readyPods: Int
      var stable: Double
      var panic: Double
      var expectedPods: Int
      var expectedExcessBurstCapacity: Double?
      /// Absent: not looked at; null: not panicking.
      var panicSinceS: Double??
      var setReachable: Bool?
      var setPanicSinceS: Double?
      var setMaxPanicPods: Int?
      var setSpec: Spec?

      enum CodingKeys: String, CodingKey {
        case tS, readyPods, stable, panic, expectedPods, expectedExcessBurstCapacity
        case panicSinceS, setReachable, setPanicSinceS, setMaxPanicPods, setSpec
      }

      init(from decoder: any Decoder) throws {
        let box = try decoder.container(keyedBy: CodingKeys.self)
        tS = try box.decode(Double.self, forKey: .tS)
        readyPods = try box.decode(Int.self, forKey: .readyPods)
        stable = try box.decode(Double.self, forKey: .stable)
        panic = try box.decode(Double.self, forKey: .panic)
        expectedPods = try box.decode(Int.self, forKey: .expectedPods)
        expectedExcessBurstCapacity = try box.decodeIfPresent(
          Double.self, forKey: .expectedExcessBurstCapacity)
        if box.contains(.panicSinceS) {
          panicSinceS = .some(try box.decodeIfPresent(Double.self, forKey: .panicSinceS))
        }
        setReachable = try box.decodeIfPresent(Bool.self, forKey: .setReachable)
        setPanicSinceS = try box.decodeIfPresent(Double.self, forKey: .setPanicSinceS)
        setMaxPanicPods = try box.decodeIfPresent(Int.self, forKey: .setMaxPanicPods)
        setSpec = try box.decodeIfPresent(Spec.self, forKey: .setSpec)
      }
    }
    struct Sequence: Decodable {
      var name: String
      var initialReadyPods: Int
      var scaleDownDelayS: Double
      var spec: Spec
      var steps: [Step]
    }
    var sequences: [Sequence]
  }

  @Test(.enabled(if: Vectors.has("scaling/knative_kpa_sequences.json"), "\(Vectors.missing)"))
  func `tick by tick`() throws {
    let recording = try Vectors.decodeSnakeCase(
      Sequences.self, from: "scaling/knative_kpa_sequences.json")
    #expect(recording.sequences.count >= 29)
    #expect(recording.sequences.reduce(0) { $0 + $1.steps.count } >= 57)
    for sequence in recording.sequences {
      let delay = sequence.scaleDownDelayS
      var decider = KnativeDecider(
        sequence.spec.spec(delay: delay), ready: sequence.initialReadyPods)
      for step in sequence.steps {
        if let spec = step.setSpec { decider.spec = spec.spec(delay: delay) }
        if let reachable = step.setReachable { decider.spec.isReachable = reachable }
        if let since = step.setPanicSinceS { decider.panic.since = Instant(seconds: since) }
        if let peak = step.setMaxPanicPods { decider.panic.peak = peak }
        let outcome = decider.decide(
          ready: step.readyPods, stable: step.stable, panic: step.panic,
          at: Instant(seconds: step.tS))
        #expect(outcome.pods == step.expectedPods, "\(sequence.name) at \(step.tS)")
        if let expected = step.expectedExcessBurstCapacity {
          // The source's own test allows one more or less.
          #expect(abs(outcome.excessBurstCapacity - expected) <= 1, "\(sequence.name)")
        }
        if let since = step.panicSinceS {
          #expect(decider.panic.since == since.map { Instant(seconds: $0) }, "\(sequence.name)")
        }
      }
    }
  }

  // MARK: - Targets

  @Test func `the default aims at 70 of 100, and a container's limit wins`() {
    var resolution = TargetResolution()
    #expect(resolution.target == 70)
    resolution.containerConcurrency = 1
    resolution.annotation = 10
    resolution.concurrencyShare = 1
    #expect(resolution.target == 1)
    resolution.metric = .rps
    #expect(resolution.target == 7)
  }

  private struct Targets: Decodable {
    struct Case: Decodable {
      struct Config: Decodable {
        var containerConcurrencyTargetFraction: Double
        var containerConcurrencyTargetDefault: Double
        var rpsTargetDefault: Double
        var targetUtilization: Double
      }
      struct Expected: Decodable {
        var target: Double
        var total: Double
      }
      var name: String
      var metric: String
      var containerConcurrency: Int
      var targetAnnotation: Double?
      var targetUtilizationAnnotationPct: Double?
      var config: Config
      var expected: Expected
    }
    var cases: [Case]
  }

  @Test(.enabled(if: Vectors.has("scaling/knative_target_resolution.json"), "\(Vectors.missing)"))
  func `targets, as resolved`() throws {
    let recording = try Vectors.decodeSnakeCase(
      Targets.self, from: "scaling/knative_target_resolution.json")
    #expect(recording.cases.count >= 19)
    for item in recording.cases {
      var resolution = TargetResolution()
      resolution.metric = try #require(TargetResolution.Metric(rawValue: item.metric))
      resolution.containerConcurrency = item.containerConcurrency
      resolution.annotation = item.targetAnnotation
      resolution.utilization = item.targetUtilizationAnnotationPct.map { $0 / 100 }
      resolution.concurrencyShare = item.config.containerConcurrencyTargetFraction
      resolution.concurrencyDefault = item.config.containerConcurrencyTargetDefault
      resolution.rpsDefault = item.config.rpsTargetDefault
      resolution.rpsShare = item.config.targetUtilization
      #expect(resolution.target == item.expected.target, "\(item.name)")
      #expect(resolution.total == item.expected.total, "\(item.name)")
    }
  }

  // MARK: - Windows

  private struct Windows: Decodable {
    struct Maximum: Decodable {
      var name: String
      var buckets: Int
      var indexes: [Int]
      var values: [Double]
      var expectedRunningMax: [Double]
    }
    struct Average: Decodable {
      struct Operation: Decodable {
        var op: String
        var tS: Double
        var value: Double?
        var expected: Double?
      }
      var windowS: Double
      var granularityS: Double
      var operations: [Operation]
    }
    struct Coefficients: Decodable {
      struct Case: Decodable {
        var buckets: Int
        var expected: Double
      }
      var cases: [Case]
    }
    struct Weighted: Decodable {
      var windowS: Double
      var valuesNewestLast: [Double]
      var expectedRound3: Double
    }
    struct Samples: Decodable {
      var cases: [[Int]]
    }
    var maxWindow: [Maximum]
    var bucketAverage: Average
    var weightedCoefficient: Coefficients
    var weightedAverageResize: Weighted
    var metricSampleSize: Samples
  }

  @Test(.enabled(if: Vectors.has("scaling/knative_windows.json"), "\(Vectors.missing)"))
  func `windows, operation by operation`() throws {
    let recording = try Vectors.decodeSnakeCase(Windows.self, from: "scaling/knative_windows.json")
    #expect(recording.maxWindow.count >= 15)
    for item in recording.maxWindow {
      var window = RunningMax(length: item.buckets)
      var seen: [Double] = []
      for (index, value) in zip(item.indexes, item.values) {
        window.record(value, at: index)
        seen.append(try #require(window.current))
      }
      #expect(seen == item.expectedRunningMax, "\(item.name)")
    }

    let average = recording.bucketAverage
    var window = ConcurrencyWindow(
      length: Duration(seconds: average.windowS),
      granularity: Duration(seconds: average.granularityS))
    var compared = 0
    for (place, operation) in average.operations.enumerated() {
      let time = Instant(seconds: operation.tS)
      if let value = operation.value { window.record(value, at: time) }
      if let expected = operation.expected {
        compared += 1
        #expect(window.average(at: time) == expected, "operation \(place)")
      }
    }
    #expect(average.operations.count == 26)
    #expect(compared == average.operations.count { $0.op == "avg" })

    #expect(recording.weightedCoefficient.cases.count >= 4)
    for item in recording.weightedCoefficient.cases {
      // Five decimals are given.
      let smoothing = ConcurrencyWindow.smoothing(buckets: item.buckets)
      #expect(abs(smoothing - item.expected) < 0.5e-5)
    }
    let weighted = recording.weightedAverageResize
    var decaying = ConcurrencyWindow(length: Duration(seconds: weighted.windowS))
    for (second, value) in weighted.valuesNewestLast.enumerated() {
      decaying.record(value, at: Instant(seconds: Double(second)))
    }
    let last = Instant(seconds: Double(weighted.valuesNewestLast.count - 1))
    let mean = decaying.weightedAverage(at: last)
    #expect((mean * 1000).rounded() / 1000 == weighted.expectedRound3)

    #expect(recording.metricSampleSize.cases.count >= 7)
    for item in recording.metricSampleSize.cases {
      #expect(ScrapeSample.size(of: item[0]) == item[1])
    }
  }

  @Test func `a young window reads no less than there was`() {
    var window = ConcurrencyWindow(length: .seconds(60))
    window.fill(12, at: Instant(seconds: 0))
    #expect(window.average(at: Instant(seconds: 0)) == 12)
    window.fill(6, at: Instant(seconds: 2))
    // Buckets of seconds 0, 1 and 2: the reading stands for the time since the last.
    #expect(window.average(at: Instant(seconds: 2)) == 8)
    window.fill(6, at: Instant(seconds: 500))
    #expect(window.average(at: Instant(seconds: 500)) == 6)
  }

  @Test func `averages are the plain mean of the buckets`() {
    var random = RandomStream(seed: 4, purpose: "test", name: "buckets")
    var window = ConcurrencyWindow(length: .seconds(7))
    var values: [Double] = []
    for second in 0..<200 {
      let value = Double(random.index(below: 50))
      values.append(value)
      window.fill(value, at: Instant(seconds: Double(second)))
      let last = values.suffix(7)
      let mean = (last.reduce(0, +) / Double(last.count) * 1e6).rounded(.down) / 1e6
      #expect(window.average(at: Instant(seconds: Double(second))) == mean)
    }
  }

  // MARK: - To zero

  private struct Gates: Decodable {
    struct Case: Decodable {
      struct Expected: Decodable {
        var replicas: Int
        var apply: Bool
      }
      var name: String
      var startReplicas: Int
      var scaleTo: Int
      var activeForS: Double?
      var inactiveForS: Double?
      var proxyForS: Double?
      var podRetentionS: Double?
      var activatorInPath: Bool?
      var minScale: Int?
      var maxScale: Int?
      var reachable: Bool?
      var initialScale: Int?
      var initialized: Bool?
      var expected: Expected
    }
    var cases: [Case]
  }

  @Test(.enabled(if: Vectors.has("scaling/knative_scale_to_zero.json"), "\(Vectors.missing)"))
  func `the last pod goes when it may`() throws {
    let recording = try Vectors.decodeSnakeCase(
      Gates.self, from: "scaling/knative_scale_to_zero.json")
    #expect(recording.cases.count >= 20)
    for item in recording.cases {
      var gate = ScaleToZero(
        stableWindow: .seconds(300), grace: .seconds(60),
        retention: Duration(seconds: item.podRetentionS ?? 0))
      gate.isReachable = item.reachable ?? true
      let activity: ScaleToZero.Activity =
        if let age = item.inactiveForS { .inactive(Duration(seconds: age)) } else {
          .active(Duration(seconds: item.activeForS ?? 0))
        }
      let outcome = gate.decide(
        item.scaleTo, of: item.startReplicas, activity, fewest: item.minScale ?? 0,
        most: item.maxScale ?? 0,
        floor: item.initialized == false ? item.initialScale ?? 0 : 0,
        proxied: Duration(seconds: item.proxyForS ?? 0),
        isBehindActivator: item.activatorInPath ?? true)
      #expect(outcome.replicas == item.expected.replicas, "\(item.name)")
      #expect(outcome.applies == item.expected.apply, "\(item.name)")
    }
  }

  // MARK: - The policy

  private func check(_ seconds: Double, servers: Int, active: Int) -> Observation {
    Observation(
      time: Instant(seconds: seconds), elapsed: .seconds(2), arrivals: 0,
      servers: (0..<servers).map { Observation.Server(id: ServerID($0), active: active) })
  }

  @Test func `a burst is met in seconds and given back after a minute`() {
    var kpa = Kpa()
    kpa.total = 10
    var count = 1
    var sizes: [Int] = []
    for tick in 1...80 {
      let active = tick <= 5 ? 3 : tick <= 10 ? 60 : 0
      let decision = kpa.decide(
        check(Double(2 * tick), servers: count, active: active / count), within: 0...50)
      count = max(1, decision.after)
      sizes.append(decision.after)
    }
    #expect(sizes[0] == 1)
    #expect(sizes[5] > 1)
    // Never fewer while it panics, then by halves.
    let top = sizes.max()
    #expect(sizes[10..<35].allSatisfy { $0 == top })
    #expect(sizes.last == 0)
  }

  @Test func `the last server waits for its grace`() {
    var kpa = Kpa()
    _ = kpa.set("target-burst-capacity", to: .number(0))
    var went: Double?
    for tick in 0...100 where went == nil {
      let decision = kpa.decide(check(Double(2 * tick), servers: 1, active: 0), within: 0...5)
      if decision.after == 0 { went = Double(2 * tick) }
    }
    // 60 s active, then 30 s behind the activator.
    #expect(went == 90)
  }

  /// Source: knative/serving, kpa/scaler.go, applyBounds, and an initial scale from 2 on.
  @Test func `the most wins over the fewest, and an initial one over nothing`() {
    let gate = ScaleToZero()
    let idle = ScaleToZero.Activity.inactive(.seconds(60))
    #expect(gate.decide(10, of: 1, idle, fewest: 5, most: 3).replicas == 3)
    #expect(gate.decide(1, of: 1, idle, fewest: 5, most: 3).replicas == 5)
    #expect(
      gate.decide(0, of: 1, idle, floor: 1) == ScaleToZero.Outcome(replicas: 0, applies: true))
    #expect(gate.decide(0, of: 1, idle, floor: 2).replicas == 2)
  }

  /// Source: knative/serving, resources/metric.go: 10 % of 32 s are three buckets, not four.
  @Test func `the panic window is a whole number of seconds, the nearest`() {
    var kpa = Kpa()
    _ = kpa.set("stable-window", to: .number(32))
    let windows = [(2.0, 10), (4, 40), (6, 76)].map { seconds, active in
      kpa.decide(check(seconds, servers: 1, active: active), within: 0...50).steps
        .first { $0.slot == "window" }?.result
    }
    // Of the seconds 4, 5 and 6.
    #expect(windows.last??.hasSuffix("panic 64") == true)
  }

  /// It boots for longer than its window, so nothing is wanted any more before it is there.
  ///
  /// Source: knative/serving, kpa.go, computeActiveCondition, and scaler.go, handleScaleToZero.
  @Test func `a fleet that wakes is kept until its first server is ready`() {
    var kpa = Kpa()
    _ = kpa.set("metric", to: .choice("rps"))
    _ = kpa.set("stable-window", to: .number(20))
    var world = World(servers: 1)
    world.scale(Scaler(policy: kpa, bounds: 0...5, boot: .seconds(30)))
    world.run(.minutes(2))
    #expect(world.count(of: .inService) == 0)
    world.send(1, work: .constant(100e6))
    world.run(.seconds(25))
    #expect(world.count(of: .booting) == 1)
    world.run(.minutes(10))
    #expect(world.servers.map(\.completed) == [0, 1])
    #expect(world.count(of: .inService) == 0)
  }

  /// Source: knative/serving, multiscaler.go, Poke: from zero it does not wait for its tick.
  @Test func `a request that finds no server is seen at once, and the ticks stay`() {
    var world = World()
    world.scale(Scaler(policy: Kpa(), bounds: 0...5, boot: .seconds(10)))
    world.run(.milliseconds(4500))
    world.send(1, work: .constant(100e6))
    world.run(.milliseconds(1))
    #expect(world.count(of: .booting) == 1)
    #expect(world.actions.map(\.time) == [.zero + .milliseconds(4500)])
    world.send(1, work: .constant(100e6))
    world.run(.milliseconds(1))
    #expect(world.measurement.lastCheck?.time == .zero + .milliseconds(4500))
    world.run(.seconds(2))
    #expect(world.measurement.lastCheck?.time == .zero + .seconds(6))
  }

  @Test func `a fleet that does not come up is given up`() {
    var kpa = Kpa()
    _ = kpa.set("metric", to: .choice("rps"))
    var world = World()
    world.scale(Scaler(policy: kpa, bounds: 0...5, boot: .hours(1)))
    world.send(1, work: .constant(100e6))
    world.run(.minutes(10))
    #expect(world.count(of: .booting) == 1)
    world.run(.minutes(1))
    #expect(world.count(of: .booting) == 0)
    #expect(world.actions.last?.decision.reason.hasPrefix("TimedOut: ") == true)
  }

  @Test func `whoever gave up waiting is no demand`() {
    var world = World()
    world.scale(Scaler(policy: Kpa(), bounds: 0...5, boot: .minutes(3)))
    world.begin(
      Load(shape: .constant(perSecond: 1), work: .constant(1e8), timeout: .seconds(10)))
    world.run(.milliseconds(1500))
    world.end(load: nil)
    world.run(.seconds(8))
    #expect(world.measurement.lastCheck?.decision.steps.first?.result == "1")
    world.run(.seconds(10))
    #expect(world.measurement.lastCheck?.decision.steps.first?.result == "0")
  }

  /// Source: knative/serving, what autoscaler.go and scaler.go log.
  @Test func `reasons are in Knative's words`() {
    var kpa = Kpa()
    kpa.total = 10
    func reason(_ seconds: Double, servers: Int, active: Int) -> String {
      kpa.decide(check(seconds, servers: servers, active: active), within: 0...50).reason
    }
    #expect(reason(2, servers: 1, active: 3) == "stable mode: 3 at once at 7 a server")
    #expect(reason(4, servers: 1, active: 60) == "PANICKING: 41 at once at 7 a server")
    #expect(reason(6, servers: 6, active: 20) == "panic mode: 72.6 at once at 7 a server")
    #expect(
      reason(20, servers: 9, active: 0)
        == "Skipping pod count decrease: in panic, not fewer than 11")
    var left = ""
    for tick in 11...40 where !left.hasPrefix("Un") {
      left = reason(Double(2 * tick), servers: 9, active: 5)
    }
    #expect(left.hasPrefix("Un-panicking: "))
    var late = Kpa()
    late.total = 10
    _ = late.set("scale-down-delay", to: .number(20))
    _ = late.set("panic-threshold", to: .number(10))
    _ = late.decide(check(2, servers: 1, active: 13), within: 0...50)
    #expect(
      late.decide(check(16, servers: 2, active: 0), within: 0...50).reason
        == "Delaying scale to 1: 2 wanted in the delay")
    var slow = Kpa()
    slow.total = 10
    _ = slow.set("max-scale-up-rate", to: .number(2))
    #expect(
      slow.decide(check(2, servers: 1, active: 60), within: 0...50).reason
        == "MaxScaleUp: 9 servers wanted, the rates say 2")
    var idle = Kpa()
    let reasons = (0...60).map { tick in
      idle.decide(check(Double(2 * tick), servers: 1, active: 0), within: 0...5).reason
    }
    #expect(reasons.contains("NoTraffic: idle, marked inactive"))
    #expect(reasons.contains("NoTraffic: idle, inactive for 30s"))
    var waking = Kpa()
    _ = waking.set("activation-scale", to: .number(3))
    #expect(
      waking.decide(check(2, servers: 1, active: 3), within: 0...50).reason
        == "activation scale: 1 server wanted, 3 to begin with")
  }
}
