import Cloud
import Simulation
import TestSupport
import Testing

/// The rules of Amazon's user guides, with their numbers.
@Suite("Amazon's autoscaling")
struct AmazonTests {
  // MARK: - Adjustments and steps

  /// Source: EC2 Auto Scaling user guide: 12.7 → 12, 0.67 → 1, −0.58 → −1, −6.67 → −6.
  @Test(arguments: [(12.7, 12), (0.67, 1), (-0.58, -1), (-6.67, -6), (0, 0), (1, 1), (-1, -1)])
  func `per cent round towards zero, but to one`(_ raw: Double, _ change: Int) {
    #expect(Adjustment.rounded(raw) == change)
  }

  /// Source: the same, "PercentChangeInCapacity" 25 of 4 with a minimum of 2.
  @Test func `a share means at least its magnitude`() {
    #expect(Adjustment(.percent, 25, minimumMagnitude: 2).capacity(from: 4) == 6)
    #expect(Adjustment(.percent, -25, minimumMagnitude: 2).capacity(from: 4) == 2)
    #expect(Adjustment(.change, -9).capacity(from: 4) == 0)
    #expect(Adjustment(.exact, 5).capacity(from: 3) == 5)
  }

  private struct Steps: Decodable {
    struct Step: Decodable {
      var lower: Double?
      var upper: Double?
      var adjustment: Double
    }
    struct Walk: Decodable {
      struct Case: Decodable {
        var metric: Double
        var capacityBefore: Int
        var capacityAfter: Int
      }
      var steps: [Case]
    }
    struct Bounds: Decodable {
      struct Case: Decodable {
        var metric: Double
        var threshold: Double
        var policy: String
        var expectedAdjustment: Double
      }
      var cases: [Case]
    }
    struct Rounding: Decodable {
      struct Case: Decodable {
        var raw: Double
        var expected: Int
      }
      var cases: [Case]
    }
    struct Types: Decodable {
      struct Case: Decodable {
        var type: String
        var current: Int
        var adjustment: Double
        var minAdjustmentMagnitude: Int?
        var min: Int?
        var max: Int?
        var expected: Int
      }
      var cases: [Case]
    }
    struct Several: Decodable {
      struct Policy: Decodable {
        var change: Double?
        var percent: Double?
      }
      var name: String
      var current: Int?
      var policies: [Policy]?
      var policiesDesired: [Int]?
      var expectedChange: Int?
      var expectedDesired: Int?
    }
    struct Cooldown: Decodable {
      var firstAdjustment: Double
      var secondAdjustment: Double
      var expectedExtra: Int
    }
    struct Defaults: Decodable {
      var simpleCooldownS: Double
    }
    var threshold: Double
    var scaleOutSteps: [Step]
    var scaleInSteps: [Step]
    var walkthrough: Walk
    var boundRule: Bounds
    var percentRounding: Rounding
    var adjustmentTypes: Types
    var multiplePolicies: [Several]
    var cooldownAccounting: Cooldown
    var defaults: Defaults

    func policy(_ threshold: Double, out: Bool) -> StepPolicy {
      let steps = (out ? scaleOutSteps : scaleInSteps).map {
        StepAdjustment(from: $0.lower, to: $0.upper, $0.adjustment)
      }
      return StepPolicy(threshold: threshold, isUpward: out, .percent, steps)
    }
  }

  @Test(.enabled(if: Vectors.has("scaling/aws_step_scaling.json"), "\(Vectors.missing)"))
  func `steps, as the guide walks them`() throws {
    let recording = try Vectors.decodeSnakeCase(Steps.self, from: "scaling/aws_step_scaling.json")
    #expect(recording.walkthrough.steps.count >= 5)
    for item in recording.walkthrough.steps {
      let policy = recording.policy(
        recording.threshold, out: item.metric >= recording.threshold)
      let adjustment = try #require(policy.adjustment(for: item.metric))
      #expect(adjustment.capacity(from: item.capacityBefore) == item.capacityAfter)
    }
    #expect(recording.boundRule.cases.count >= 8)
    for item in recording.boundRule.cases {
      let policy = recording.policy(item.threshold, out: item.policy == "out")
      let adjustment = try #require(policy.adjustment(for: item.metric))
      #expect(adjustment.amount == item.expectedAdjustment, "\(item.metric)")
    }
    #expect(recording.percentRounding.cases.count >= 4)
    for item in recording.percentRounding.cases {
      #expect(Adjustment.rounded(item.raw) == item.expected)
    }
    #expect(recording.adjustmentTypes.cases.count >= 6)
    let kinds: [String: Adjustment.Kind] = [
      "ChangeInCapacity": .change, "ExactCapacity": .exact, "PercentChangeInCapacity": .percent,
    ]
    for item in recording.adjustmentTypes.cases {
      let adjustment = Adjustment(
        try #require(kinds[item.type]), item.adjustment,
        minimumMagnitude: item.minAdjustmentMagnitude ?? 0)
      let capacity = adjustment.capacity(from: item.current)
      #expect(min(max(capacity, item.min ?? 0), item.max ?? .max) == item.expected)
    }
    #expect(recording.multiplePolicies.count >= 3)
    for item in recording.multiplePolicies {
      let current = item.current ?? 10
      let capacities =
        item.policiesDesired
        ?? (item.policies ?? []).map { policy in
          let adjustment =
            policy.change.map { Adjustment(.change, $0) }
            ?? Adjustment(.percent, policy.percent ?? 0)
          return adjustment.capacity(from: current)
        }
      let largest = try #require(TargetTracking.largest(capacities))
      if let desired = item.expectedDesired { #expect(largest == desired, "\(item.name)") }
      if let change = item.expectedChange { #expect(largest - current == change, "\(item.name)") }
    }
    let cooldown = recording.cooldownAccounting
    let first = Adjustment(.change, cooldown.firstAdjustment).capacity(from: 10)
    let second = StepScaling.capacity(
      Adjustment(.change, cooldown.secondAdjustment), present: first, warm: 10, isUpward: true)
    #expect(second - first == cooldown.expectedExtra)
    #expect(SimpleScaling().value(of: "cooldown") == .number(recording.defaults.simpleCooldownS))
  }

  // MARK: - Target tracking, forecasts

  @Test func `any may add, all must agree to give back`() {
    #expect(TargetTracking.combined([.out, .in]) == .out)
    #expect(TargetTracking.combined([.in, .none]) == .none)
    #expect(TargetTracking.combined([.in, .in]) == .in)
    #expect(TargetTracking.combined([]) == .none)
  }

  private struct Tracking: Decodable {
    struct Case: Decodable {
      var name: String
      var current: Int?
      var metricTotal: Double?
      var targetPerInstance: Double?
      var expectedCapacity: Int?
      var rawChange: Double?
      var expectedChange: Int?
    }
    struct Combination: Decodable {
      struct Case: Decodable {
        var name: String
        var ready: [[String]]
        var expected: String
      }
      var cases: [Case]
    }
    struct Alarms: Decodable {
      struct Twin: Decodable {
        var highPeriods: Int
        var lowPeriods: Int
        var periodS: Double
        var lowFraction: Double?
      }
      var ecs: Twin
    }
    struct Predicted: Decodable {
      struct Case: Decodable {
        var name: String
        var predicted: Int
        var max: Int
        var bufferPct: Double?
        var behaviour: String
        var expectedEffectiveMax: Int
      }
      var cases: [Case]
    }
    struct Pool: Decodable {
      var desired: Int
      var max: Int
      var maxPrepared: Int?
      var expectedPool: Int
    }
    var targetTracking: [Case]
    var policyCombination: Combination
    var alarms: Alarms
    var predictive: Predicted
    var warmPool: [Pool]
  }

  @Test(
    .enabled(if: Vectors.has("scaling/aws_target_tracking_predictive.json"), "\(Vectors.missing)"))
  func `every worked number of the guide`() throws {
    let recording = try Vectors.decodeSnakeCase(
      Tracking.self, from: "scaling/aws_target_tracking_predictive.json")
    #expect(recording.targetTracking.count >= 3)
    for item in recording.targetTracking {
      if let raw = item.rawChange {
        #expect(TargetTracking.rounded(raw) == item.expectedChange, "\(item.name)")
      } else {
        let current = try #require(item.current)
        let metric = try #require(item.metricTotal) / Double(current)
        let target = try #require(item.targetPerInstance)
        let capacity = TargetTracking.capacity(current, metric: metric, target: target)
        #expect(capacity == item.expectedCapacity, "\(item.name)")
      }
    }
    #expect(recording.policyCombination.cases.count >= 3)
    for item in recording.policyCombination.cases {
      for votes in item.ready {
        let votes = try votes.map { try #require(TargetTracking.Vote(rawValue: $0)) }
        #expect(TargetTracking.combined(votes).rawValue == item.expected, "\(item.name)")
      }
    }
    let (tracking, ecs) = (TargetTracking(), recording.alarms.ecs)
    #expect(tracking.value(of: "out-datapoints") == .number(Double(ecs.highPeriods)))
    #expect(tracking.value(of: "in-datapoints") == .number(Double(ecs.lowPeriods)))
    #expect(tracking.value(of: "alarm-period") == .number(ecs.periodS))
    #expect(tracking.value(of: "in-share") == ecs.lowFraction.map { .number($0) })
    #expect(recording.predictive.cases.count >= 3)
    for item in recording.predictive.cases {
      let behaviour: MaxCapacity =
        item.behaviour == "HonorMaxCapacity"
        ? .honor : .increase(bufferPercent: try #require(item.bufferPct))
      let most = behaviour.effective(most: item.max, predicted: item.predicted)
      #expect(most == item.expectedEffectiveMax, "\(item.name)")
    }
    #expect(recording.warmPool.count >= 2)
    for item in recording.warmPool {
      let size = WarmPool(maxPrepared: item.maxPrepared).size(
        desired: item.desired, most: item.max)
      #expect(size == item.expectedPool)
    }
  }

  // MARK: - Alarms

  @Test func `so many of the last datapoints set an alarm off`() {
    var alarm = Alarm(.above, 50, evaluationPeriods: 3, datapointsToAlarm: 2)
    #expect(alarm.state == .insufficient)
    var states: [Alarm.State] = []
    for point in [60.0, 40, 51, 50, 50, 70] {
      alarm.add(point)
      states.append(alarm.state)
    }
    #expect(states == [.insufficient, .ok, .alarm, .ok, .ok, .ok])
    alarm.add(70)
    #expect(alarm.state == .alarm)
  }

  @Test func `a datapoint is the mean of a period, by time`() {
    var alarm = Alarm(.above, 50, evaluationPeriods: 5)
    alarm.record(10, of: .seconds(45), at: Instant(seconds: 45))
    #expect(alarm.datapoints.isEmpty)
    alarm.record(50, of: .seconds(45), at: Instant(seconds: 90))
    // 45 s at 10 and 15 s at 50.
    #expect(alarm.datapoints == [20])
    alarm.record(80, of: .seconds(30), at: Instant(seconds: 120))
    #expect(alarm.datapoints == [20, 65])
    alarm.record(1, of: .hours(24), at: Instant(seconds: 120 + 86400))
    #expect(alarm.datapoints == [1, 1, 1, 1, 1])
  }

  // MARK: - The policies

  private func check(
    _ seconds: Double, servers: Int, booting: Int = 0, leaving: Int = 0, settled: Double = 0,
    busy: Double
  ) -> Observation {
    Observation(
      time: Instant(seconds: seconds), elapsed: .seconds(60), arrivals: 0,
      servers: (0..<(servers + booting)).map {
        Observation.Server(id: ServerID($0), ready: $0 < servers, busy: Level(busy))
      }, leaving: leaving, settled: Instant(seconds: settled))
  }

  /// One alarm of a minute each way; all servers warm at once.
  private func checks(_ loads: [(busy: Double, servers: Int)], _ settings: [String: Double])
    -> [Int]
  {
    var tracking = TargetTracking()
    let all = settings.merging(
      ["warmup": 0, "out-datapoints": 1, "in-datapoints": 1],
      uniquingKeysWith: { given, _ in given })
    for (name, value) in all.sorted(by: { $0.key < $1.key }) {
      expect(tracking.set(name, to: .number(value)), true)
    }
    return loads.enumerated().map { minute, load in
      let servers = (0..<load.servers).map {
        Observation.Server(id: ServerID($0), busy: Level(load.busy))
      }
      return tracking.decide(
        Observation(
          time: Instant(seconds: 60 * Double(minute + 1)), elapsed: .seconds(60), arrivals: 0,
          servers: servers), within: 1...100
      ).after
    }
  }

  /// Source: Application Auto Scaling user guide, "Define cooldown periods".
  @Test func `after adding only a larger result adds`() {
    let loads = [(0.75, 4), (0.75, 4), (1, 4), (0.6, 8), (0.6, 8)]
    #expect(checks(loads, [:]) == [6, 6, 8, 10, 10])
    #expect(checks(loads, ["out-cooldown": 300]) == [6, 4, 8, 10, 8])
  }

  @Test func `after giving back nothing more is, until something was added`() {
    let loads = [(0.25, 8), (0.25, 4), (0.25, 4), (1, 4), (0.25, 8), (0.25, 4)]
    #expect(checks(loads, [:]) == [4, 2, 2, 8, 4, 2])
    #expect(checks(loads, ["in-cooldown": 150]) == [4, 4, 4, 8, 4, 4])
  }

  @Test func `simple adds one and rests until its cooldown after the boot`() {
    var simple = SimpleScaling()
    var sizes: [Int] = []
    for minute in 1...9 {
      // What is asked for at the first minute boots for 100 s.
      let booting = minute == 2 ? 1 : 0
      let ready = minute <= 2 ? 2 : 3
      let decision = simple.decide(
        check(
          60 * Double(minute), servers: ready, booting: booting, settled: minute > 2 ? 160 : 0,
          busy: 0.9), within: 1...10)
      sizes.append(decision.after)
      #expect((decision.wish == nil) == (decision.after == decision.before))
    }
    #expect(sizes == [3, 3, 3, 3, 3, 3, 3, 4, 3])
  }

  /// Source: EC2 Auto Scaling user guide, "Scaling cooldowns": from the end of the termination,
  /// after its connections have drained.
  @Test func `simple rests from when the last has drained`() {
    var simple = SimpleScaling()
    let sizes = (1...11).map { minute in
      // The one that is given back at the first minute drains for 250 s.
      let isLeaving = minute > 1 && minute < 6
      return simple.decide(
        check(
          60 * Double(minute), servers: minute == 1 ? 4 : 3, leaving: isLeaving ? 1 : 0,
          settled: minute < 6 ? 0 : 310, busy: 0.2), within: 1...10
      ).after
    }
    #expect(sizes == [3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 2])
  }

  /// Source: EC2 Auto Scaling user guide, step scaling: terminating instances count as current
  /// capacity, so that no more are removed than necessary.
  @Test func `those that drain still count on the way down`() {
    func step(leaving: Int, present: Int) -> Int {
      var step = StepScaling()
      let now = check(60, servers: present, leaving: leaving, busy: 0.35)
      return step.decide(now, within: 1...50).after
    }
    #expect(step(leaving: 0, present: 20) == 18)
    #expect(step(leaving: 2, present: 18) == 18)
    #expect(step(leaving: 1, present: 18) == 18)
    #expect(step(leaving: 0, present: 18) == 17)
    func tracking(leaving: Int) -> Int? {
      var tracking = TargetTracking()
      return (1...15).map { minute in
        tracking.decide(
          check(60 * Double(minute), servers: 10, leaving: leaving, busy: 0.4), within: 1...50
        ).after
      }.last
    }
    #expect([0, 1, 3].map(tracking) == [8, 9, 10])
  }

  @Test func `step adds a tenth from 60% and three tenths from 70%`() {
    for (busy, size) in [(0.59, 10), (0.61, 11), (0.69, 11), (0.71, 13), (0.39, 9), (0.29, 7)] {
      var step = StepScaling()
      #expect(step.decide(check(60, servers: 10, busy: busy), within: 1...50).after == size)
    }
  }

  @Test func `the same step twice adds once while servers warm`() {
    var step = StepScaling()
    #expect(step.decide(check(60, servers: 10, busy: 0.8), within: 1...50).after == 13)
    for minute in 2...6 {
      let now = check(60 * Double(minute), servers: 13, busy: 0.8)
      #expect(step.decide(now, within: 1...50).after == 13)
    }
    // In service since 120 s, warm from 420 s on: 13 + 3.
    #expect(step.decide(check(420, servers: 13, busy: 0.8), within: 1...50).after == 16)
  }

  @Test func `target tracking adds after 3 minutes and gives back after 15`() {
    func first(busy: Double) -> (minute: Int, after: Int)? {
      var tracking = TargetTracking()
      for minute in 1...20 {
        let decision = tracking.decide(
          check(60 * Double(minute), servers: 10, busy: busy), within: 1...50)
        if decision.after != 10 { return (minute, decision.after) }
      }
      return nil
    }
    #expect(first(busy: 0.76).map { [$0.minute, $0.after] } == [3, 16])
    #expect(first(busy: 0.31).map { [$0.minute, $0.after] } == [15, 7])
    #expect(first(busy: 0.46) == nil)
  }

  @Test func `target tracking can be kept from giving back`() {
    var tracking = TargetTracking()
    tracking.scaleIn = .off
    for minute in 1...20 {
      let now = check(60 * Double(minute), servers: 10, busy: 0.1)
      #expect(tracking.decide(now, within: 1...50).after == 10)
    }
  }

  // MARK: - Lists and words

  /// Source: EC2 Auto Scaling user guide, a list of three step adjustments.
  @Test(arguments: [
    (0.59, 10), (0.61, 11), (0.79, 11), (0.8, 13), (0.89, 13), (0.9, 20), (1.0, 20),
    (0.4, 9), (0.31, 9), (0.3, 10), (0.2, 10),
  ])
  func `a list of steps has a change for each distance`(_ busy: Double, _ size: Int) {
    var step = StepScaling()
    expect(step.set("out-steps", to: .rows([[0, 10], [0.2, 30], [0.3, 100]])), true)
    expect(step.set("in-steps", to: .rows([[0, 10], [0.1, 0]])), true)
    #expect(step.decide(check(60, servers: 10, busy: busy), within: 1...50).after == size)
  }

  @Test func `a list begins its steps one above the other`() {
    var step = StepScaling()
    expect(step.set("out-steps", to: .rows([[0, 10], [0, 30]])), false)
    expect(step.set("out-steps", to: .rows([])), false)
    expect(step.set("out-steps", to: .rows([[0]])), false)
    expect(step.set("out-steps", to: .rows([[2, 10]])), false)
    #expect(step.value(of: "out-steps") == .rows([[0, 10], [0.1, 30]]))
  }

  /// Nothing is done between the threshold and the first step.
  @Test func `a first step may begin beyond the threshold`() {
    var step = StepScaling()
    expect(step.set("out-steps", to: .rows([[0.1, 50]])), true)
    #expect(step.decide(check(60, servers: 10, busy: 0.65), within: 1...50).after == 10)
    #expect(step.decide(check(120, servers: 10, busy: 0.75), within: 1...50).after == 15)
  }

  /// Source: EC2 Auto Scaling, causes of activities; Application Auto Scaling, NotScaledReason.
  @Test func `reasons are in Amazon's words`() {
    var step = StepScaling()
    #expect(
      step.decide(check(60, servers: 10, busy: 0.8), within: 1...50).reason
        == "cpu-AlarmHigh in state ALARM: 80 >= 60 in 1 of 1: percent 30 of 10 warm")
    var full = StepScaling()
    #expect(
      full.decide(check(60, servers: 10, busy: 0.8), within: 1...10).reason
        == "AlreadyAtMaxCapacity: 13 servers wanted, at most 10 allowed")
    var simple = SimpleScaling()
    #expect(
      simple.decide(check(60, servers: 4, busy: 0.2), within: 1...50).reason
        == "cpu-AlarmLow in state ALARM: 20 <= 30 in 1 of 1")
    var tracking = TargetTracking()
    expect(tracking.set("out-datapoints", to: .number(1)), true)
    #expect(
      tracking.decide(check(60, servers: 4, busy: 0.7), within: 1...50).reason
        == "TargetTracking-cpu-AlarmHigh in state ALARM: cpu 70 > 50 in 1 of 1")
    #expect(
      tracking.decide(check(120, servers: 4, busy: 0.5), within: 1...50).reason
        == "cpu AlarmHigh OK, AlarmLow INSUFFICIENT_DATA")
  }
}
