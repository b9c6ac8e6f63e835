import Cloud
import Simulation
import Testing

@Suite("vpa")
struct VpaTests {
  private func observation(
    minute: Int, servers: Int = 4, cpu: Int = 4, busy: Double, memory: Double = 0, size: Int = 0,
    failures: Int = 0
  ) -> Observation {
    Observation(
      time: Instant(seconds: 60 * Double(minute)), elapsed: .seconds(60), arrivals: 0,
      servers: (0..<servers).map {
        Observation.Server(
          id: ServerID($0), cpu: cpu, busy: Level(busy), memory: Level(memory), memorySize: size,
          memoryFailures: failures)
      })
  }

  @Test func `it changes no count`() {
    var vpa = Vpa()
    let decision = vpa.decide(observation(minute: 1, busy: 0.5), within: 1...10)
    #expect(decision.after == 4)
    #expect(decision.size != nil)
  }

  /// 0.1 of four slots is 0.4 cores: one slot is enough once the history is trusted.
  @Test func `too large a server is changed when the bounds have closed in`() throws {
    var vpa = Vpa()
    let early = try #require(vpa.decide(observation(minute: 1, busy: 0.1), within: 1...9).size)
    #expect(early.target.cpu == 1)
    #expect(early.upper.cpu > 1000)
    #expect(early.servers.isEmpty)
    var late = early
    for minute in 2...600 {
      late = try #require(
        vpa.decide(observation(minute: minute, busy: 0.1), within: 1...9).size)
    }
    #expect(late.target.cpu == 1)
    #expect(late.upper.cpu == 2)
    // Half of four at a time, those rented first.
    #expect(late.servers == [ServerID(0), ServerID(1)])
  }

  @Test func `it only recommends when it is off`() throws {
    var vpa = Vpa()
    _ = vpa.set("mode", to: .choice("off"))
    for minute in 1...600 { _ = vpa.decide(observation(minute: minute, busy: 0.1), within: 1...9) }
    let size = try #require(
      vpa.decide(observation(minute: 601, busy: 0.1), within: 1...9).size)
    #expect(size.mode == .off)
    #expect(size.servers.isEmpty)
  }

  @Test func `running out of memory soon after the start calls for more`() throws {
    var vpa = Vpa()
    let size = 1 << 30
    let decision = vpa.decide(
      observation(minute: 1, cpu: 1, busy: 0.5, memory: 0.99, size: size, failures: 3),
      within: 1...9)
    let wanted = try #require(decision.size)
    // 1.2 times what there is, the end of its bucket, and 15 %.
    #expect(Double(wanted.target.memory) >= 1.2 * 1.15 * Double(size))
    #expect(Double(wanted.target.memory) <= 1.2 * 1.15 * 1.05 * Double(size))
    #expect(wanted.servers.count == 2)
  }

  /// Source: 24 h × log₂(1 ÷ 0.9) and 24 h × log₂ 10.
  @Test func `p90 follows a step upward in hours and downward in days`() {
    func hours(from: Double, to: Double, until isThere: (Double) -> Bool) -> Double {
      var histogram = DecayingHistogram(.cores, halfLife: .hours(24))
      let step = 60 * 24 * 60
      for minute in 0..<step {
        histogram.add(from, weight: 0.1, at: Instant(seconds: 60 * Double(minute)))
      }
      var minute = step
      while !isThere(histogram.percentile(0.9)), minute < 2 * step {
        histogram.add(to, weight: 0.1, at: Instant(seconds: 60 * Double(minute)))
        minute += 1
      }
      return Double(minute - step) / 60
    }
    #expect((3.6...3.7).contains(hours(from: 1, to: 2) { $0 > 2 }))
    #expect((79.6...79.8).contains(hours(from: 2, to: 1) { $0 < 2 }))
  }

  /// Source: kubernetes/autoscaler, histogram_options.go: 176 buckets each.
  @Test func `the buckets of production`() {
    #expect(BucketLayout.cores.count == 176)
    #expect(BucketLayout.bytes.count == 176)
  }

  /// Source: kubernetes/autoscaler, container_test.go, TestRecordOOMDontRunAway.
  @Test func `memory that runs out again does not run away`() {
    var history = UsageHistory()
    var peaks = MemoryPeaks()
    let megabyte = 1 << 20
    for (second, asked) in [1000, 999, 999].enumerated() {
      peaks.ranOut(of: asked * megabyte, at: Instant(seconds: Double(second)), to: &history)
    }
    #expect(peaks.peak == 1200 * megabyte)
  }

  /// The fewest are of those there are, those that boot among them.
  ///
  /// Source: kubernetes/autoscaler, `pods_restriction_factory.go`, GetCreatorMaps.
  @Test func `those that boot count towards the fewest`() {
    var budget = EvictionBudget()
    (budget.minReplicas, budget.tolerance) = (3, 0.9)
    #expect(budget.evictions(configured: 5, running: 2) == 1)
    #expect(budget.evictions(configured: 2, running: 2) == 0)
  }

  /// Source: kubernetes/autoscaler, `update_priority_calculator.go`: from the pod's start time.
  @Test func `a server is as old as it is, not as long as it is watched`() {
    func changes(launched: Double) -> Int {
      var vpa = Vpa()
      var changes = 0
      for minute in 1...3 {
        let servers = (0..<2).map {
          Observation.Server(
            id: ServerID($0), launched: Instant(seconds: launched), cpu: 4, busy: Level(0.1))
        }
        let decision = vpa.decide(
          Observation(
            time: Instant(seconds: 50_000 + 60 * Double(minute)), elapsed: .seconds(60),
            arrivals: 0, servers: servers), within: 1...9)
        changes += decision.size?.servers.count ?? 0
      }
      return changes
    }
    #expect(changes(launched: 0) > 0)
    #expect(changes(launched: 49_990) == 0)
  }

  @Test(arguments: [(10, 10, 5), (3, 3, 1), (2, 2, 1), (2, 1, 0), (1, 1, 0), (4, 3, 1)])
  func `at most half is touched at a time`(_ configured: Int, _ running: Int, _ most: Int) {
    #expect(EvictionBudget().evictions(configured: configured, running: running) == most)
  }

  @Test func `a histogram keeps its shape when its reference moves`() {
    var histogram = DecayingHistogram(
      BucketLayout(.linear(width: 1), upTo: 10, epsilon: 1e-15), halfLife: .seconds(3600))
    histogram.add(2, weight: 4, at: .zero)
    histogram.add(5, weight: 1, at: .zero)
    histogram.add(5, weight: 1, at: Instant(seconds: 3600 * 101))
    #expect(histogram.percentile(0.5) == 6)
    #expect(histogram.weights[2] == 0x1p-99)
  }

  /// Source: kubernetes/autoscaler, conditions of the recommender, events and log of the updater.
  @Test func `reasons are in the words of its parts`() {
    var vpa = Vpa()
    let early = vpa.decide(observation(minute: 1, busy: 0.1), within: 1...9)
    #expect(
      early.reason
        == "RecommendationProvided: 1 cpu a server, none to change: "
        + "4 short-lived, request within recommended range")
    for minute in 2...599 {
      _ = vpa.decide(observation(minute: minute, busy: 0.1), within: 1...9)
    }
    let late = vpa.decide(observation(minute: 600, busy: 0.1), within: 1...9)
    #expect(
      late.reason
        == "InPlaceResizedByVPA: 1 cpu a server, 2 to change: 4 outside recommended range")
    #expect(late.steps.map(\.result).contains("4 accepted"))
    var off = Vpa()
    _ = off.set("mode", to: .choice("off"))
    #expect(
      off.decide(observation(minute: 1, busy: 0.1), within: 1...9).reason
        == "RecommendationProvided: 1 cpu a server, none to change")
  }

  @Test(arguments: [
    (true, 0.5, 0.0, nil, UpdateRule.Verdict.outside), (false, 0.5, 13, nil, .longLived),
    (false, 0.05, 13, nil, .tooLow), (false, 0.5, 1, nil, .shortLived),
    (false, 0.5, 1, 60, .quickOOM), (false, 0, 1, 60, .unchanged),
    (false, 0.5, 1, 6000, .shortLived),
  ])
  func `the updater says what it makes of a server`(
    _ isOutside: Bool, _ difference: Double, _ hours: Double, _ ranOutAfter: Double?,
    _ verdict: UpdateRule.Verdict
  ) {
    let priority = UpdatePriority(isOutside: isOutside, grows: false, difference: difference)
    let (age, ranOut) = (Duration(seconds: hours * 3600), ranOutAfter.map { Duration(seconds: $0) })
    #expect(UpdateRule().verdict(priority, age: age, ranOutAfter: ranOut) == verdict)
    #expect(UpdateRule().accepts(priority, age: age, ranOutAfter: ranOut) == verdict.isAccepted)
  }
}
