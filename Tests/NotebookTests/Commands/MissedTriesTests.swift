import Notebook
import Testing

/// What is told of requests that were sent more than once, and of names that come again.
struct MissedTriesTests {
  @Test(arguments: transcripts)
  func `a transcript comes out as written`(transcript: String) {
    #expect(Talk.transcript(transcript) == transcript)
  }

  private static let transcripts = [
    """
    cloud> spawn 3
    s1..s3 in service: 1 cpu, 1GiB, $0.04 per hour
    cloud> slow s2 --factor 20
    s2 20 times slower
    cloud> load poisson 15/s --work exp(100ms) --timeout 1s --retries 2 --backoff 100ms
    main: poisson 15/s, work exp(100ms), timeout 1s, 2 retries, backoff 100ms, full
    jitter; 73% of 3 slots
    cloud> run 3s --as slow
    slow: 3s, round-robin, seed 1
      requests  35 completed, 17 sent again, 20 in flight
      latency   mean 566ms, p50 215ms, p95 2.29s, p99 2.5s, max 2.5s
      wait      mean 146ms, p50 27.4ms, p95 608ms, p99 897ms, max 897ms
      servers   3 in service, 81.2% busy, 11.7/s completed
      cost      $0.002, $0.12 per hour at the end
    cloud> why r5
    r5.2 went to s1: round-robin, in slow
      arrived   at 260ms
      try 1     on s2: its client gave up at 1.26s
      again     at 1.32s, s1 was free
      began     at once
      finished  at 1.41s: latency 1.15s = 1.06s before + 88.2ms service
      tries     2
    """,
    """
    cloud> spawn 3 --queue 2
    s1..s3 in service: 1 cpu, 1GiB, queue 2, $0.04 per hour
    cloud> load poisson 40/s --work exp(100ms) --retries 2 --backoff 200ms
    main: poisson 40/s, work exp(100ms), 2 retries, backoff 200ms, full jitter; 133%
    of 3 slots
    cloud> run 3s --as full
    full: 3s, round-robin, seed 1
      requests  94 completed, 24 refused, 119 sent again, 20 in flight
      latency   mean 280ms, p50 257ms, p95 706ms, p99 1.24s, max 1.24s
      wait      mean 134ms, p50 90.4ms, p95 375ms, p99 1.01s, max 1.01s
      servers   3 in service, 94.9% busy, 31.3/s completed
      cost      $0.002, $0.12 per hour at the end
    cloud> why r138
    r138 is to be sent again: round-robin, in full
      eligible  3 servers in service
      looked at the next of 3 in turn, nothing drawn
      arrived   at 2.99s
      try 1     s2 turned it away at 2.99s: its queue was full
      ended     not yet
    """,
    """
    cloud> spawn 1 --cpu 4
    s1 in service: 4 cpu, 1GiB, $0.16 per hour
    cloud> reset
    an empty world at 0s, seed 1
    cloud> spawn 2
    s1..s2 in service: 1 cpu, 1GiB, $0.04 per hour
    cloud> why s1
    s1: in service, 1 cpu, 1GiB, $0.04 per hour
      rented    0s  by spawn 2
      now       0 in service, 0 waiting
    cloud> load constant 10/s
    main: constant 10/s, work 100ms; 50% of 2 slots
    cloud> run 60s --as before
    before: 60s, round-robin, seed 1
      requests  599 completed, 1 in flight
      latency   mean 100ms, p50 100ms, p95 100ms, p99 100ms, max 100ms
      wait      mean 0s, p50 0s, p95 0s, p99 0s, max 0s
      servers   2 in service, 49.9% busy, 9.98/s completed
      cost      $0.0013, $0.08 per hour at the end
    cloud> scale hpa --target 20% --as calm
    calm: hpa --target 20% (else its defaults), every 15s, 1..1000 servers, boot 30s
    cloud> scale hpa --target 80% --as keen
    keen: hpa --target 80% (else its defaults), every 15s, 1..1000 servers, boot 30s
    cloud> run 60s --as both
    both: 60s, round-robin, seed 1
      requests  600 completed, 1 in flight
      latency   mean 100ms, p50 100ms, p95 100ms, p99 100ms, max 100ms
      wait      mean 0s, p50 0s, p95 0s, p99 0s, max 0s
      servers   5 in service, 36.4% busy, 10/s completed, scaled 1 time
      cost      $0.0033, $0.20 per hour at the end
    cloud> show decisions
        time  servers  policy     because
    ─────────────────────────────────────────────────────────────────────
    t1   75s    2 → 5  calm: hpa  DesiredWithinRange: cpu 50% against 20%
    why t1 shows every slot of a decision
    """,
  ]

  @Test("the decisions of what was compared can be seen")
  func decisions() {
    var talk = Talk()
    _ = talk.say("spawn 2")
    _ = talk.say("load constant 30/s")
    _ = talk.say("compare hpa(min=2) oracle --for 2m")
    let said = talk.say("show decisions --of hpa-min2")
    #expect(said.contains { $0.hasPrefix("t1   15s    2 → ") })
    #expect(said.last == "why t1 --of hpa-min2 shows every slot of a decision")
    #expect(talk.say("why t1 --of hpa-min2").first?.hasPrefix("t1 at 15s: hpa, 2 → ") == true)
    _ = talk.say("run 1s --as quiet")
    #expect(
      talk.say("show decisions --of quiet") == ["no autoscaler changed anything in quiet"])
  }

  /// Of 18 that the second run answered one came in the first.
  @Test("what is told under a table is told of as many as the run answered")
  func sums() {
    var talk = Talk()
    for line in ["spawn 1", "load poisson 8/s", "run 2s", "run 2s"] { _ = talk.say(line) }
    #expect(talk.say("show requests").last?.hasPrefix("18 completed: mean 303ms") == true)
  }

  @Test("by the request every share is one of the time that there was")
  func byTheRequest() {
    var talk = Talk()
    for line in ["spawn 4", "load constant 20/s", "run 15m", "bill per-request"] {
      _ = talk.say(line)
    }
    func shares() -> [String] {
      talk.say("show cost").filter { $0.contains("%") }.prefix(2).map { $0 }
    }
    let before = shares()
    #expect(before.first?.hasPrefix("busy ") == true)
    #expect(before.first?.hasSuffix(" 50%") == true)
    _ = talk.say("run 1m")
    #expect(shares().first?.hasSuffix(" 50%") == true)
  }
}
