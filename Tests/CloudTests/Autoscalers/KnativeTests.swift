import Cloud
import Simulation
import TestSupport
import Testing

/// Knative's rules, with its own numbers.
@Suite("Knative's autoscaler")
struct KnativeTests {
  /// Source: knative/serving, `autoscaler_test.go`: with 8 ready and a target of 10.
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
      var target_burst_capacity: Double
      var panic_threshold: Double
      var max_scale_up_rate: Double
      var max_scale_down_rate: Double
      var stable_window_s: Double
      var reachable: Bool
      var activation_scale: Int

      func spec(delay: Double) -> KnativeDecider.Spec {
        var spec = KnativeDecider.Spec()
        spec.target = target
        spec.total = total
        spec.targetBurstCapacity = target_burst_capacity
        spec.panicThreshold = panic_threshold
        spec.maxScaleUpRate = max_scale_up_rate
        spec.maxScaleDownRate = max_scale_down_rate
        spec.stableWindow = Duration(seconds: stable_window_s)
        spec.isReachable = reachable
        spec.activationScale = activation_scale
        spec.scaleDownDelay = Duration(seconds: delay)
        return spec
      }
    }
    struct Step: Decodable {
      var t_s: Double
      var ready_pods: Int
      var stable: Double
      var panic: Double
      var expected_pods: Int
      var expected_excess_burst_capacity: Double?
      /// Absent: not looked at; null: not panicking.
      var panic_since_s: Double??
      var set_reachable: Bool?
      var set_panic_since_s: Double?
      var set_max_panic_pods: Int?
      var set_spec: Spec?

      enum CodingKeys: String, CodingKey {
        case t_s, ready_pods, stable, panic, expected_pods, expected_excess_burst_capacity
        case panic_since_s, set_reachable, set_panic_since_s, set_max_panic_pods, set_spec
      }

      init(from decoder: any Decoder) throws {
        let box = try decoder.container(keyedBy: CodingKeys.self)
        t_s = try box.decode(Double.self, forKey: .t_s)
        ready_pods = try box.decode(Int.self, forKey: .ready_pods)
        stable = try box.decode(Double.self, forKey: .stable)
        panic = try box.decode(Double.self, forKey: .panic)
        expected_pods = try box.decode(Int.self, forKey: .expected_pods)
        expected_excess_burst_capacity = try box.decodeIfPresent(
          Double.self, forKey: .expected_excess_burst_capacity)
        if box.contains(.panic_since_s) {
          panic_since_s = .some(try box.decodeIfPresent(Double.self, forKey: .panic_since_s))
        }
        set_reachable = try box.decodeIfPresent(Bool.self, forKey: .set_reachable)
        set_panic_since_s = try box.decodeIfPresent(Double.self, forKey: .set_panic_since_s)
        set_max_panic_pods = try box.decodeIfPresent(Int.self, forKey: .set_max_panic_pods)
        set_spec = try box.decodeIfPresent(Spec.self, forKey: .set_spec)
      }
    }
    struct Sequence: Decodable {
      var name: String
      var initial_ready_pods: Int
      var scale_down_delay_s: Double
      var spec: Spec
      var steps: [Step]
    }
    var sequences: [Sequence]
  }

  @Test(.enabled(if: Vectors.has("scaling/knative_kpa_sequences.json"), "\(Vectors.missing)"))
  func `tick by tick`() throws {
    let recording = try Vectors.decode(
      Sequences.self, from: "scaling/knative_kpa_sequences.json")
    #expect(recording.sequences.count == 29)
    #expect(recording.sequences.reduce(0) { $0 + $1.steps.count } == 57)
    for sequence in recording.sequences {
      let delay = sequence.scale_down_delay_s
      var decider = KnativeDecider(
        sequence.spec.spec(delay: delay), ready: sequence.initial_ready_pods)
      for step in sequence.steps {
        if let spec = step.set_spec { decider.spec = spec.spec(delay: delay) }
        if let reachable = step.set_reachable { decider.spec.isReachable = reachable }
        if let since = step.set_panic_since_s { decider.panic.since = Instant(seconds: since) }
        if let peak = step.set_max_panic_pods { decider.panic.peak = peak }
        let outcome = decider.decide(
          ready: step.ready_pods, stable: step.stable, panic: step.panic,
          at: Instant(seconds: step.t_s))
        #expect(outcome.pods == step.expected_pods, "\(sequence.name) at \(step.t_s)")
        if let expected = step.expected_excess_burst_capacity {
          // The source's own test allows one more or less.
          #expect(abs(outcome.excessBurstCapacity - expected) <= 1, "\(sequence.name)")
        }
        if let since = step.panic_since_s {
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
        var container_concurrency_target_fraction: Double
        var container_concurrency_target_default: Double
        var rps_target_default: Double
        var target_utilization: Double
      }
      struct Expected: Decodable {
        var target: Double
        var total: Double
      }
      var name: String
      var metric: String
      var container_concurrency: Int
      var target_annotation: Double?
      var target_utilization_annotation_pct: Double?
      var config: Config
      var expected: Expected
    }
    var cases: [Case]
  }

  @Test(.enabled(if: Vectors.has("scaling/knative_target_resolution.json"), "\(Vectors.missing)"))
  func `targets, as resolved`() throws {
    let recording = try Vectors.decode(
      Targets.self, from: "scaling/knative_target_resolution.json")
    #expect(recording.cases.count == 19)
    for item in recording.cases {
      var resolution = TargetResolution()
      resolution.metric = try #require(TargetResolution.Metric(rawValue: item.metric))
      resolution.containerConcurrency = item.container_concurrency
      resolution.annotation = item.target_annotation
      resolution.utilization = item.target_utilization_annotation_pct.map { $0 / 100 }
      resolution.concurrencyShare = item.config.container_concurrency_target_fraction
      resolution.concurrencyDefault = item.config.container_concurrency_target_default
      resolution.rpsDefault = item.config.rps_target_default
      resolution.rpsShare = item.config.target_utilization
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
      var expected_running_max: [Double]
    }
    struct Average: Decodable {
      struct Operation: Decodable {
        var op: String
        var t_s: Double
        var value: Double?
        var expected: Double?
      }
      var window_s: Double
      var granularity_s: Double
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
      var window_s: Double
      var values_newest_last: [Double]
      var expected_round3: Double
    }
    struct Samples: Decodable {
      var cases: [[Int]]
    }
    var max_window: [Maximum]
    var bucket_average: Average
    var weighted_coefficient: Coefficients
    var weighted_average_resize: Weighted
    var metric_sample_size: Samples
  }

  @Test(.enabled(if: Vectors.has("scaling/knative_windows.json"), "\(Vectors.missing)"))
  func `windows, operation by operation`() throws {
    let recording = try Vectors.decode(Windows.self, from: "scaling/knative_windows.json")
    #expect(recording.max_window.count == 15)
    for item in recording.max_window {
      var window = RunningMax(length: item.buckets)
      var seen: [Double] = []
      for (index, value) in zip(item.indexes, item.values) {
        window.record(value, at: index)
        seen.append(try #require(window.current))
      }
      #expect(seen == item.expected_running_max, "\(item.name)")
    }

    let average = recording.bucket_average
    var window = ConcurrencyWindow(
      length: Duration(seconds: average.window_s),
      granularity: Duration(seconds: average.granularity_s))
    var compared = 0
    for (place, operation) in average.operations.enumerated() {
      let time = Instant(seconds: operation.t_s)
      if let value = operation.value { window.record(value, at: time) }
      if let expected = operation.expected {
        compared += 1
        #expect(window.average(at: time) == expected, "operation \(place)")
      }
    }
    #expect(average.operations.count == 24)
    #expect(compared == average.operations.count { $0.op == "avg" })

    #expect(recording.weighted_coefficient.cases.count == 4)
    for item in recording.weighted_coefficient.cases {
      // Five decimals are given.
      let smoothing = ConcurrencyWindow.smoothing(buckets: item.buckets)
      #expect(abs(smoothing - item.expected) < 0.5e-5)
    }
    let weighted = recording.weighted_average_resize
    var decaying = ConcurrencyWindow(length: Duration(seconds: weighted.window_s))
    for (second, value) in weighted.values_newest_last.enumerated() {
      decaying.record(value, at: Instant(seconds: Double(second)))
    }
    let last = Instant(seconds: Double(weighted.values_newest_last.count - 1))
    let mean = decaying.weightedAverage(at: last)
    #expect((mean * 1000).rounded() / 1000 == weighted.expected_round3)

    #expect(recording.metric_sample_size.cases.count == 7)
    for item in recording.metric_sample_size.cases {
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
      var start_replicas: Int
      var scale_to: Int
      var active_for_s: Double?
      var inactive_for_s: Double?
      var proxy_for_s: Double?
      var pod_retention_s: Double?
      var activator_in_path: Bool?
      var min_scale: Int?
      var max_scale: Int?
      var reachable: Bool?
      var initial_scale: Int?
      var initialized: Bool?
      var expected: Expected
    }
    var cases: [Case]
  }

  @Test(.enabled(if: Vectors.has("scaling/knative_scale_to_zero.json"), "\(Vectors.missing)"))
  func `the last pod goes when it may`() throws {
    let recording = try Vectors.decode(Gates.self, from: "scaling/knative_scale_to_zero.json")
    #expect(recording.cases.count == 20)
    for item in recording.cases {
      var gate = ScaleToZero(
        stableWindow: .seconds(300), grace: .seconds(60),
        retention: Duration(seconds: item.pod_retention_s ?? 0))
      gate.isReachable = item.reachable ?? true
      let activity: ScaleToZero.Activity =
        if let age = item.inactive_for_s { .inactive(Duration(seconds: age)) } else {
          .active(Duration(seconds: item.active_for_s ?? 0))
        }
      let outcome = gate.decide(
        item.scale_to, of: item.start_replicas, activity, fewest: item.min_scale ?? 0,
        most: item.max_scale ?? 0,
        floor: item.initialized == false ? item.initial_scale ?? 0 : 0,
        proxied: Duration(seconds: item.proxy_for_s ?? 0),
        isBehindActivator: item.activator_in_path ?? true)
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
}
