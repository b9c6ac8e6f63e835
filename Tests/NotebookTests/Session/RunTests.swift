import Cloud
import Notebook
import Testing

/// What `run` measures and says.
struct RunTests {
  @Test func showsTheCard() {
    let said = """
      cloud> spawn 2
      s1..s2 in service: 1 cpu, 1GiB, $0.04 per hour
      cloud> load constant 10/s
      main: constant 10/s, work 100ms; 50% of 2 slots
      cloud> run 60s
      run1: 60s, round-robin, seed 1
        requests  599 completed, 1 in flight
        latency   mean 100ms, p50 100ms, p95 100ms, p99 100ms, max 100ms
        wait      mean 0s, p50 0s, p95 0s, p99 0s, max 0s
        servers   2 in service, 49.9% busy, 9.98/s completed
        cost      $0.0013, $0.08 per hour at the end
      cloud> run 60s --warmup 20s --as steady
      steady: 40s, round-robin, seed 1
        requests  400 completed, 1 in flight
        latency   mean 100ms, p50 100ms, p95 100ms, p99 100ms, max 100ms
        wait      mean 0s, p50 0s, p95 0s, p99 0s, max 0s
        servers   2 in service, 50% busy, 10/s completed
        cost      $0.00089, $0.08 per hour at the end
      """
    #expect(Talk.transcript(said) == said)
  }

  @Test func endsAfterRequestsOrEvents() {
    let said = """
      cloud> spawn 2
      s1..s2 in service: 1 cpu, 1GiB, $0.04 per hour
      cloud> load constant 10/s
      main: constant 10/s, work 100ms; 50% of 2 slots
      cloud> run --requests 100
      run1: 10.1s, round-robin, seed 1
        requests  100 completed
        latency   mean 100ms, p50 100ms, p95 100ms, p99 100ms, max 100ms
        wait      mean 0s, p50 0s, p95 0s, p99 0s, max 0s
        servers   2 in service, 49.5% busy, 9.9/s completed
        cost      $0.0013, $0.08 per hour at the end
      cloud> run --requests 100 --warmup 1s
      run2: 10s, round-robin, seed 1
        requests  100 completed
        latency   mean 100ms, p50 100ms, p95 100ms, p99 100ms, max 100ms
        wait      mean 0s, p50 0s, p95 0s, p99 0s, max 0s
        servers   2 in service, 50% busy, 10/s completed
        cost      $0.00, $0.08 per hour at the end
      cloud> run --events 7
      run3: 300ms, round-robin, seed 1
        requests  3 completed, 1 in flight
        latency   mean 100ms, p50 100ms, p95 100ms, p99 100ms, max 100ms
        wait      mean 0s, p50 0s, p95 0s, p99 0s, max 0s
        servers   2 in service, 50% busy, 10/s completed
        cost      $0.00, $0.08 per hour at the end
      cloud> run --events 0
      run4: 0s, round-robin, seed 1
        requests  0 completed, 1 in flight
        servers   2 in service, 0/s completed
        cost      $0.00, $0.08 per hour at the end
      cloud> run --until queue > 0 or time > 1m
      run5: 38.7s, round-robin, seed 1
        requests  387 completed
        latency   mean 100ms, p50 100ms, p95 100ms, p99 100ms, max 100ms
        wait      mean 0s, p50 0s, p95 0s, p99 0s, max 0s
        servers   2 in service, 50% busy, 10/s completed
        cost      $0.000022, $0.08 per hour at the end
      """
    #expect(Talk.transcript(said) == said)
  }

  @Test func tellsWhatHappenedToRequests() {
    let said = """
      cloud> spawn 1 --queue 3
      s1 in service: 1 cpu, 1GiB, queue 3, $0.04 per hour
      cloud> load constant 20/s --timeout 250ms --retries 1
      main: constant 20/s, work 100ms, timeout 250ms, 1 retry; 200% of 1 slot
      cloud> run 10s
      run1: 10s, round-robin, seed 1
        requests  4 completed, 194 refused, 194 sent again, 2 in flight
        latency   mean 175ms, p50 150ms, p95 250ms, p99 250ms, max 250ms
        wait      mean 75ms, p50 50ms, p95 150ms, p99 150ms, max 150ms
        servers   1 in service, 99.5% busy, 0.4/s completed
        cost      $0.00067, $0.04 per hour at the end
      """
    #expect(Talk.transcript(said) == said)
  }

  @Test func saysWhatScaled() {
    let said = """
      cloud> spawn 1
      s1 in service: 1 cpu, 1GiB, $0.04 per hour
      cloud> load constant 40/s
      main: constant 40/s, work 100ms; 400% of 1 slot
      cloud> scale demand --target 5/s --boot 2s
      main: demand --target 5/s --window 30s --tolerance 10% --stabilization 60s,
      every 15s, 1..1000 servers, boot 2s
      cloud> run 2m
      run1: 120s, round-robin, seed 1
        requests  4796 completed, 4 in flight
        latency   mean 6.39s, p50 100ms, p95 40.3s, p99 48.9s, max 51s
        wait      mean 6.29s, p50 0s, p95 40.3s, p99 48.9s, max 50.9s
        servers   8 in service, 57% busy, 40/s completed, scaled 1 time
        cost      $0.0095, $0.32 per hour at the end
      """
    #expect(Talk.transcript(said) == said)
  }

  @Test func repeatsTheLastRun() {
    let said = """
      cloud> spawn 3
      s1..s3 in service: 1 cpu, 1GiB, $0.04 per hour
      cloud> load poisson 20/s --work exp(100ms)
      main: poisson 20/s, work exp(100ms); 67% of 3 slots
      cloud> run 60s --warmup 5s --as begin
      begin: 55s, round-robin, seed 1
        requests  1083 completed, 4 in flight
        latency   mean 208ms, p50 141ms, p95 646ms, p99 864ms, max 1.1s
        wait      mean 110ms, p50 463us, p95 533ms, p99 763ms, max 910ms
        servers   3 in service, 64.8% busy, 19.7/s completed
        cost      $0.00, $0.12 per hour at the end
      cloud> balance two-choices
      requests are spread by two-choices --d 2 --draws distinct
      cloud> run --again --as other
      other: 55s, two-choices, seed 1
        requests  1084 completed, 3 in flight
        latency   mean 159ms, p50 121ms, p95 440ms, p99 713ms, max 975ms
        wait      mean 60.3ms, p50 0s, p95 298ms, p99 533ms, max 878ms
        servers   3 in service, 64.9% busy, 19.7/s completed
        cost      $0.00, $0.12 per hour at the end
      cloud> run 10s --again --warmup 1s
      run3: 9s, two-choices, seed 1
        requests  199 completed, 2 in flight
        latency   mean 203ms, p50 128ms, p95 669ms, p99 1.07s, max 1.07s
        wait      mean 108ms, p50 18.6ms, p95 552ms, p99 966ms, max 996ms
        servers   3 in service, 69.8% busy, 22.1/s completed
        cost      $0.00, $0.12 per hour at the end
      cloud> balance round-robin
      requests are spread by round-robin
      cloud> run 60s --again --warmup 5s
      run4: 55s, round-robin, seed 1
        requests  1083 completed, 4 in flight
        latency   mean 208ms, p50 141ms, p95 646ms, p99 864ms, max 1.1s
        wait      mean 110ms, p50 463us, p95 533ms, p99 763ms, max 910ms
        servers   3 in service, 64.8% busy, 19.7/s completed
        cost      $0.00, $0.12 per hour at the end
      """
    #expect(Talk.transcript(said) == said)
  }

  @Test func explainsMistakes() {
    let said = """
      cloud> fork calm
      calm is a copy of main; go there with: switch calm
      cloud> run
             ^~~
      error: run needs a duration, --requests, --events, --until or --again
      try: run 60s
      cloud> run --warmup 1s
             ^~~
      error: run needs a duration, --requests, --events, --until or --again
      try: run 60s --warmup 1s
      cloud> run 60
                   ^
      error: duration needs a unit: us, ms, s, m, h or d
      try: run 60s
      cloud> run 1s --warmup 1s
                             ^~
      error: the warm-up must be shorter than the run
      cloud> run --again
                 ^~~~~~~
      error: there is no run to repeat
      note: run first: run 60s
      cloud> run 1s --as round-robin
                         ^~~~~~~~~~~
      error: 'round-robin' means something else already
      try: run 1s --as run1
      cloud> run 1s --as sample
                         ^~~~~~
      error: 'sample' means something else already
      try: run 1s --as run1
      cloud> run 1s --as calm
                         ^~~~
      error: 'calm' means something else already
      try: run 1s --as run1
      cloud> run 1s --as main
                         ^~~~
      error: 'main' means something else already
      try: run 1s --as run1
      cloud> run 1s --as last
                         ^~~~
      error: 'last' already means something else
      try: run 1s --as my-last
      cloud> run 1s --as s1
                         ^~
      error: 's1' already means something else
      try: run 1s --as my-s1
      cloud> run 1s --requests 5
                    ^~~~~~~~~~~~
      error: run takes a duration or --requests, not both
      try: run 1s
      cloud> run 4000000000s
                 ^~~~~~~~~~~
      error: duration is too large; the most is 36525d
      cloud> run 99999999999999999999h
                 ^~~~~~~~~~~~~~~~~~~~~
      error: duration is too large; the most is 36525d
      cloud> run --requests 5
      error: nothing is left that could happen, so this would never end
      note: give a load first: load poisson 50/s, or run for a time: run 60s
      cloud> run --events 5
      error: nothing is left that could happen, so this would never end
      note: give a load first: load poisson 50/s, or run for a time: run 60s
      cloud> run -1s
                 ^~
      error: duration can't be negative
      try: run 1s
      cloud> run --until servers
                         ^~~~~~~
      error: until needs a condition; 'servers' is a plain number
      try: run --until servers > 0
      cloud> run --until latency.p99 > 5
                                       ^
      error: 'latency.p99' is a duration, and 5 has no unit
      try: run --until latency.p99 > 5ms
      """
    #expect(Talk.transcript(said) == said)
  }

  @Test func givesEveryKey() {
    #expect(
      Talk.result(after: ["spawn 1", "load constant 1/s"], of: "run 2s")
        == #"""
        {"name":"run1","duration":2.0,"balancer":"round-robin","counts":{"arrived":2,"completed":1,"failed":0,"refused":0,"timedOut":0,"retried":0,"inFlight":1,"limited":0,"hedged":0},"latency":{"mean":0.1,"p50":0.1,"p90":0.1,"p95":0.1,"p99":0.1,"p999":0.1,"max":0.1},"wait":{"mean":0.0,"p50":0.0,"p90":0.0,"p95":0.0,"p99":0.0,"p999":0.0,"max":0.0},"throughput":0.5,"utilisation":0.05,"cost":{"total":0.0006666666666666666,"hourly":0.04,"perThousandGood":0.6666666666666666,"owned":2.2222222222222223e-05},"economics":{"objective":1.0,"good":1,"goodput":0.5,"minutesOut":0,"actions":0,"timeToCapacity":null,"underProvisioned":0.0,"overProvisioned":1.8,"billed":60.0,"busy":0.1,"waste":0.9983333333333333,"peak":1,"serverTime":{"booting":0.0,"warming":0.0,"inService":2.0,"draining":0.0,"pooled":0.0}},"servers":[{"id":"s1","state":"in-service","cpu":1,"speed":1.0,"weight":1.0,"picked":2,"completed":1,"active":1,"queued":0,"utilisation":0.05}],"scaling":[]}
        """#)
  }

  @Test func repeatsTheSameWorld() {
    var talk = Talk()
    talk.say(all: ["spawn 3", "load poisson 20/s --work exp(100ms)"])
    let first = talk.say("run 60s --as begin")
    let digest = talk.digest
    #expect(talk.say("run --again --as second").dropFirst() == first.dropFirst())
    #expect(talk.digest == digest)
    #expect(talk.session.time == 60)
  }

  @Test("Servers rented since have no part in a run that is done again, and it says so")
  func saysWhoHadNoPart() {
    var talk = Talk()
    talk.say(all: ["spawn 1", "load constant 1/s", "run 2s"])
    #expect(talk.say("run --again").contains { $0.contains("rented later") } == false)
    talk.say("spawn 5")
    #expect(
      talk.say("run --again").last
        == "5 servers were rented later and had no part; to go on with them, just run")
    talk.say("spawn")
    #expect(
      talk.say("run --again").last
        == "a server was rented later and had no part; to go on with it, just run")
    talk.say("scale demand --target 1/s")
    talk.say("run 10s")
    #expect(talk.say("run --again").contains { $0.contains("rented later") } == false)
  }

  @Test func namesRunsInOrder() {
    var talk = Talk()
    talk.say(all: ["spawn", "fork run2", "run 1s", "run 1s", "run 1s --as mine", "run 1s"])
    #expect(talk.session.state.runs.map(\.name) == ["run1", "run3", "mine", "run4"])
    talk.say("run 2s --as mine")
    #expect(talk.session.state.runs.map(\.name) == ["run1", "run3", "run4", "mine"])
    #expect(talk.session.state.run("last")?.name == "mine")
  }
}
