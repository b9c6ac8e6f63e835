import Cloud
import Simulation
import Testing

@Suite("keda")
struct KedaTests {
  private func check(
    _ keda: inout Keda, at seconds: Double, servers: Int, arrivals: Int = 0, active: Int = 0,
    waiting: Int = 0, within bounds: ClosedRange<Int> = 0...10
  ) -> Decision {
    keda.decide(
      Observation(
        time: Instant(seconds: seconds), elapsed: .seconds(15), arrivals: arrivals,
        servers: (0..<servers).map { Observation.Server(id: ServerID($0), active: active) },
        waiting: waiting), within: bounds)
  }

  /// Source: kedacore/keda, scale_scaledobjects.go: lastActive + cooldown < now, strictly.
  @Test func `it sleeps when it was quiet for longer than the cooldown`() {
    var keda = Keda()
    #expect(check(&keda, at: 30, servers: 1, arrivals: 30).after == 1)
    var time = 60.0
    while time < 330 {
      #expect(check(&keda, at: time, servers: 1).after == 1)
      time += 30
    }
    #expect(check(&keda, at: 330, servers: 1).after == 1)
    let asleep = check(&keda, at: 360, servers: 1)
    #expect(asleep.after == 0)
    #expect(
      asleep.reason == "KEDAScaleTargetDeactivated: no trigger active for more than 300s")
    #expect(check(&keda, at: 390, servers: 0).reason == "ScalerNotActive: rate 0/s")
  }

  /// Source: kedacore/keda, scaleToZeroOrIdle: created + initialCooldown < now.
  @Test func `what was never active sleeps at the first poll`() {
    var keda = Keda()
    let asleep = check(&keda, at: 15, servers: 3)
    #expect(asleep.after == 0)
    #expect(asleep.reason == "KEDAScaleTargetDeactivated: no trigger was ever active")
    var late = Keda()
    _ = late.set("initial-cooldown", to: .number(40))
    #expect([15.0, 45].map { check(&late, at: $0, servers: 3).after } == [3, 0])
  }

  @Test func `a poll wakes it, and only a poll`() {
    var keda = Keda()
    #expect(check(&keda, at: 30, servers: 0).after == 0)
    #expect(check(&keda, at: 45, servers: 0, arrivals: 150).after == 0)
    let awake = check(&keda, at: 60, servers: 0, arrivals: 150)
    #expect(awake.after == 1)
    #expect(awake.reason == "KEDAScaleTargetActivated: rate 10/s")
  }

  @Test func `requests that wait for a server wake it too`() {
    var keda = Keda()
    _ = keda.set("rate", to: .number(0))
    _ = keda.set("queue", to: .number(20))
    #expect(check(&keda, at: 30, servers: 0, waiting: 1).after == 1)
    #expect(check(&keda, at: 45, servers: 2, active: 50, waiting: 5).after == 6)
  }

  @Test func `above one the horizontal autoscaler divides the total`() {
    var keda = Keda()
    let decision = check(&keda, at: 15, servers: 3, arrivals: 1440)
    #expect(decision.after == 5)
    #expect(decision.reason == "DesiredWithinRange: rate 32/s a server against 20/s")
  }

  /// Source: kedacore/keda, scale_scaledobjects.go.
  @Test func `a failing trigger holds, unless there is a fallback`() {
    var activation = KedaActivation(created: .zero)
    let now = Instant(seconds: 1000)
    #expect(activation.replicas(3, isActive: false, hasFailed: true, at: now) == 3)
    activation.fallback = 6
    #expect(activation.replicas(3, isActive: false, hasFailed: true, at: now) == 6)
    #expect(activation.replicas(3, isActive: true, hasFailed: true, at: now) == 3)
    #expect(activation.lastActive == nil)
  }

  /// Source: kedacore/keda, scale_jobs_test.go.
  @Test func `jobs by strategy`() {
    func most(_ strategy: KedaJobStrategy, _ queue: Int, _ running: Int, _ pending: Int) -> Int {
      strategy.plan(queue: queue, running: running, pending: pending, atMost: 5, wanted: 1).most
    }
    #expect(most(.default, 3, 2, 0) == 1)
    #expect(most(.custom(deduction: 1, runningShare: 0.5), 3, 2, 0) == 1)
    #expect(most(.accurate, 3, 3, 3) == 0)
    #expect(most(.accurate, 5, 2, 0) == 3)
    #expect(most(.eager, 4, 1, 1) == 3)
  }

  /// One request in the first half of the polling interval, none in the second.
  @Test func `what comes between two polls wakes it`() {
    var keda = Keda()
    #expect(check(&keda, at: 30, servers: 0).after == 0)
    #expect(check(&keda, at: 45, servers: 0, arrivals: 1).after == 0)
    let awake = check(&keda, at: 60, servers: 0)
    #expect(awake.after == 1)
    #expect(awake.reason == "KEDAScaleTargetActivated: rate 0.03/s")
    // A poll forgets what it has counted.
    #expect(check(&keda, at: 90, servers: 0).after == 0)
  }

  /// Source: kedacore/keda, idleReplicaCount 0 with minReplicaCount 3.
  @Test func `it may have more servers at least while awake than while idle`() {
    var keda = Keda()
    expect(keda.set("active-min", to: .number(3)), true)
    #expect(check(&keda, at: 30, servers: 0).after == 0)
    #expect(check(&keda, at: 60, servers: 0, arrivals: 15).after == 3)
    #expect(check(&keda, at: 75, servers: 3).after == 3)
    #expect(check(&keda, at: 90, servers: 3).after == 3)
    #expect(check(&keda, at: 360, servers: 3).after == 3)
    #expect(check(&keda, at: 390, servers: 3).after == 0)
    var most = Keda()
    expect(most.set("active-min", to: .number(30)), true)
    #expect(check(&most, at: 30, servers: 0, arrivals: 15).after == 10)
  }
}
