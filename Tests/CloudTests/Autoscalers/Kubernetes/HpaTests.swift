import Cloud
import Simulation
import Testing

/// The policy, and telling cases of its rule that need no recording.
@Suite("hpa")
struct HpaTests {
  private func observation(
    at seconds: Double, every period: Double = 15, ready: Int, booting: Int = 0, busy: Double = 0,
    memory: Double = 0, arrivals: Int = 0
  ) -> Observation {
    Observation(
      time: Instant(seconds: seconds), elapsed: Duration(seconds: period), arrivals: arrivals,
      servers: (0..<(ready + booting)).map {
        Observation.Server(
          id: ServerID($0), ready: $0 < ready, arrivals: $0 < ready ? arrivals / max(1, ready) : 0,
          busy: Level(busy), memory: Level(memory))
      })
  }

  /// Pods that ask for 1000 milli-cores each and use so many.
  private func proposal(_ usage: [Int], target: Int, pods: Int? = nil) throws -> ReplicaProposal {
    let now = Instant(seconds: 1000)
    let long = Instant(nanoseconds: .min)
    let readings = usage.enumerated().map {
      PodReading(pod: "\($0)", containers: [$1], time: now, window: .seconds(60))
    }
    let count = pods ?? usage.count
    return try ReplicaCalculator().utilization(
      target: target, of: .cpu,
      pods: (0..<count).map {
        Pod(
          name: "\($0)", start: long, readiness: Pod.Readiness(isReady: true, since: long),
          requests: [1000])
      }, readings: readings, replicas: count, at: now)
  }

  /// Source: kubernetes, replica_calculator_test.go, TestReplicaCalcScaleUp.
  @Test func `three pods at 50% with a target of 30% become five`() throws {
    let proposal = try proposal([300, 500, 700], target: 30)
    #expect(proposal.replicas == 5)
    #expect(proposal.utilization == 50)
    #expect(proposal.reading == 500)
  }

  /// Source: the integer division of metrics/utilization.go: 33.9 % reads 33, and 33 ÷ 30 is 1.1.
  @Test func `a whole percent hides almost one`() throws {
    #expect(try proposal([339, 339, 339], target: 30).hold == .tolerance)
    #expect(try proposal([340, 340, 340], target: 30).replicas == 4)
  }

  /// Source: doubles as they are; exact arithmetic would say 7.
  @Test func `the ceiling is taken without an epsilon`() throws {
    let proposal = try proposal(Array(repeating: 140, count: 25), target: 50)
    #expect(proposal.replicas == 8)
  }

  /// Source: kubernetes, TestReplicaCalcMissingMetricsNoChangeLt and …Eq.
  @Test(arguments: [(600, ReplicaProposal.Hold.tolerance), (1000, .tolerance)])
  func `a pod that tells nothing counts as busy on the way down`(
    _ usage: Int, _ hold: ReplicaProposal.Hold
  ) throws {
    let proposal = try proposal([usage], target: 100, pods: 2)
    #expect(proposal.replicas == 2)
    #expect(usage == 600 ? proposal.ratio == 0.8 : proposal.hold == hold)
  }

  /// Source: kubernetes, calcPlainMetricReplicas: neither `< 1` nor `> 1` fills anything in.
  @Test func `exactly at its target a mean fills nothing in`() throws {
    let now = Instant(seconds: 1000)
    let long = Instant(nanoseconds: .min)
    let pods = (0..<4).map {
      Pod(name: "\($0)", start: long, readiness: Pod.Readiness(isReady: true, since: long))
    }
    let readings = (0..<2).map {
      PodReading(pod: "\($0)", containers: [1000], time: now, window: .seconds(60))
    }
    let proposal = try ReplicaCalculator().average(
      target: 1000, of: nil, pods: pods, readings: readings, replicas: 4, at: now)
    #expect(proposal.replicas == 4)
    #expect(proposal.hold == .tolerance)
  }

  /// Source: kubernetes, groupPods: younger than the initialization, and no whole window since.
  @Test func `servers that boot at the first look are as young as any`() {
    var hpa = Hpa()
    _ = hpa.set("down-window", to: .number(0))
    #expect(hpa.decide(observation(at: 15, ready: 0, booting: 4), within: 1...20).after == 4)
    let fresh = hpa.decide(observation(at: 30, ready: 4, busy: 0), within: 1...20)
    #expect(fresh.after == 4)
    #expect(
      fresh.reason
        == "FailedComputeMetricsReplicas: did not receive metrics for targeted pods (pods might be unready)"
    )
    #expect(hpa.decide(observation(at: 45, ready: 4, busy: 0), within: 1...20).after == 1)
  }

  /// Source: kubernetes, convertDesiredReplicasWithBehaviorRate: `maximum > limit`, else the bound.
  @Test func `where a bound is as tight as the rate, the bound is the reason`() {
    var up = Hpa()
    _ = up.set("target", to: .number(0.1))
    let most = up.decide(observation(at: 15, ready: 5, busy: 1), within: 1...10)
    #expect(most.after == 10)
    #expect(most.reason == "TooManyReplicas: 50 servers wanted, at most 10 allowed")
    var down = Hpa()
    for (name, value) in [("down-window", 0.0), ("down-pods", 6), ("down-percent", 0)] {
      _ = down.set(name, to: .number(value))
    }
    let fewest = down.decide(observation(at: 15, ready: 8, busy: 0.08), within: 2...20)
    #expect(fewest.after == 2)
    #expect(fewest.reason == "TooFewReplicas: 1 server wanted, at least 2 asked for")
  }

  /// Source: kubernetes' default policies.
  @Test func `growth goes 1, 5, 10, 20, 40, 80`() {
    var hpa = Hpa()
    _ = hpa.set("target", to: .number(0.01))
    _ = hpa.set("cpu-initialization", to: .number(0))
    var sizes: [Int] = []
    var count = 1
    for check in 1...6 {
      let decision = hpa.decide(
        observation(at: 15 * Double(check), ready: count, busy: 1), within: 1...100)
      count = decision.after
      sizes.append(count)
    }
    #expect(sizes == [5, 10, 20, 40, 80, 100])
  }

  /// Source: kubernetes, calculateScaleUpLimit: max(2n, 4).
  @Test func `without a behavior growth goes 1, 4, 8, 16`() {
    var hpa = Hpa()
    _ = hpa.set("target", to: .number(0.01))
    _ = hpa.set("behavior", to: .choice("none"))
    _ = hpa.set("cpu-initialization", to: .number(0))
    var count = 1
    var sizes: [Int] = []
    for check in 1...3 {
      count =
        hpa.decide(observation(at: 15 * Double(check), ready: count, busy: 1), within: 1...100)
        .after
      sizes.append(count)
    }
    #expect(sizes == [4, 8, 16])
  }

  @Test func `reasons have Kubernetes' names`() {
    var hpa = Hpa()
    let held = hpa.decide(observation(at: 15, ready: 5, busy: 0.82), within: 1...10)
    #expect(
      held.reason == "ReadyForNewScale: cpu 82% against 80%, 1.02 is within the tolerance")
    let stabilized = hpa.decide(observation(at: 62, ready: 5, busy: 0.4), within: 1...10)
    #expect(stabilized.after == 5)
    #expect(stabilized.reason == "ScaleDownStabilized: max recommendation 5 from 47s ago")
    let more = hpa.decide(observation(at: 77, ready: 5, busy: 1), within: 1...10)
    #expect(more.after == 7)
    #expect(more.reason == "DesiredWithinRange: cpu 100% against 80%")
    var large = Hpa()
    let most = large.decide(observation(at: 15, ready: 10, busy: 1), within: 1...10)
    #expect(most.reason == "TooManyReplicas: 13 servers wanted, at most 10 allowed")
    var fast = Hpa()
    _ = fast.set("target", to: .number(0.01))
    let limited = fast.decide(observation(at: 15, ready: 1, busy: 1), within: 1...1000)
    #expect(limited.reason == "ScaleUpLimit: 100 servers wanted, at most 5 now")
  }

  @Test func `servers that boot or have just begun count as idle on the way up`() {
    var hpa = Hpa()
    #expect(hpa.decide(observation(at: 15, ready: 3, busy: 1), within: 1...20).after == 4)
    // One boots: 3 of 4 at 100 % are 75 %, within the tolerance of 80 %.
    #expect(
      hpa.decide(observation(at: 30, ready: 3, booting: 1, busy: 1), within: 1...20).after == 4)
    // It has just begun: its reading does not cover a whole window yet.
    #expect(hpa.decide(observation(at: 45, ready: 4, busy: 1), within: 1...20).after == 4)
    #expect(hpa.decide(observation(at: 60, ready: 4, busy: 1), within: 1...20).after == 5)
  }

  @Test func `of several metrics the one that wants most counts`() {
    var hpa = Hpa()
    _ = hpa.set("rate", to: .number(20))
    let decision = hpa.decide(
      observation(at: 15, ready: 3, busy: 0.8, arrivals: 1440), within: 1...20)
    #expect(decision.after == 5)
    #expect(decision.reason == "DesiredWithinRange: rate 32/s against 20/s")
    #expect(decision.steps[0].rule == "cpu 80%, rate 32/s")
  }

  @Test func `a target is a whole percent`() {
    var hpa = Hpa()
    _ = hpa.set("target", to: .number(0.335))
    #expect(
      hpa.decide(observation(at: 15, ready: 2, busy: 0.5), within: 1...9).reason
        == "DesiredWithinRange: cpu 50% against 34%")
  }

  /// Source: kubernetes, computeReplicasForMetrics: `replicas == 0 ||` the larger one.
  @Test func `of metrics that want nothing the last one counts`() throws {
    let none = try proposal([0, 0], target: 80)
    var control = HorizontalControl(HorizontalControl.Behavior(), log: RecommendationLog())
    let outcome = control.reconcile(
      2, [.success(none), .success(none)], within: 1...9, at: Instant(seconds: 1000))
    #expect(outcome.way == .metric(1))
  }

  @Test func `a metric that fails allows growth and no shrinking`() throws {
    let low = try proposal([100, 100], target: 80)
    let high = try proposal([1000, 1000], target: 80)
    var control = HorizontalControl(HorizontalControl.Behavior(), log: RecommendationLog())
    let now = Instant(seconds: 1000)
    let failed = Result<ReplicaProposal, ReplicaFailure>.failure(.noneReady)
    #expect(
      control.reconcile(2, [failed, .success(high)], within: 1...9, at: now).replicas == 3)
    #expect(
      control.reconcile(2, [.success(low), failed], within: 1...9, at: now).way
        == .failed(.noneReady))
    #expect(control.reconcile(2, [failed], within: 1...9, at: now).replicas == 2)
  }

  @Test func `shrinking by one a minute`() {
    var hpa = Hpa()
    for (name, value) in [
      ("down-pods", 1.0), ("down-percent", 0), ("down-period", 60), ("down-window", 0),
    ] {
      _ = hpa.set(name, to: .number(value))
    }
    var count = 5
    var sizes: [Int] = []
    for check in 1...9 {
      count =
        hpa.decide(observation(at: 15 * Double(check), ready: count, busy: 0.1), within: 1...10)
        .after
      sizes.append(count)
    }
    #expect(sizes == [4, 4, 4, 4, 3, 3, 3, 3, 2])
  }

  @Test func `a fleet without a server is brought back by its bounds alone`() {
    var hpa = Hpa()
    let back = hpa.decide(observation(at: 15, ready: 0), within: 1...5)
    #expect(back.after == 1)
    #expect(back.reason == "TooFewReplicas: 0 servers wanted, at least 1 asked for")
    #expect(hpa.decide(observation(at: 30, ready: 0), within: 0...5).after == 0)
  }

  /// The plan's separate slots and the source's one clamp agree.
  @Test(arguments: ["policies", "none"])
  func `the steps end where the reconciliation does`(_ behavior: String) {
    var random = RandomStream(seed: 5, purpose: "test", name: behavior)
    var hpa = Hpa()
    _ = hpa.set("behavior", to: .choice(behavior))
    var count = 4
    for check in 1...400 {
      let low = 1 + random.index(below: 3)
      let bounds = low...(low + random.index(below: 30))
      let now = observation(
        at: 15 * Double(check), ready: count, booting: random.index(below: 3),
        busy: random.uniform())
      let decision = hpa.decide(now, within: bounds)
      #expect(bounds.contains(decision.after))
      #expect(decision.steps.last?.result == "\(decision.after)")
      count = max(1, decision.after)
    }
  }
}
