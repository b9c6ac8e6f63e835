import Notebook
import Testing

/// What `send` follows and shows.
struct SendTests {
  @Test func waitsForEachRequest() {
    let said = """
      cloud> spawn 2
      s1..s2 in service: 1 cpu, 1GiB, $0.04 per hour
      cloud> send 3
      request  arrival  server  why                    wait  service  latency
      ───────────────────────────────────────────────────────────────────────
      r1            0s  s1      the next of 2 in turn    0s    100ms    100ms
      r2         100ms  s2      the next of 2 in turn    0s    100ms    100ms
      r3         200ms  s1      the next of 2 in turn    0s    100ms    100ms
      3 completed: mean 100ms, p50 100ms, p95 100ms, p99 100ms, max 100ms
      cloud> send
      request  arrival  server  why                    wait  service  latency
      ───────────────────────────────────────────────────────────────────────
      r4         300ms  s2      the next of 2 in turn    0s    100ms    100ms
      """
    #expect(Talk.transcript(said) == said)
  }

  @Test func overlapsAtARate() {
    let said = """
      cloud> spawn 2
      s1..s2 in service: 1 cpu, 1GiB, $0.04 per hour
      cloud> send 4 --rate 20/s
      request  arrival  server  why                    wait  service  latency
      ───────────────────────────────────────────────────────────────────────
      r1            0s  s1      the next of 2 in turn    0s    100ms    100ms
      r2          50ms  s2      the next of 2 in turn    0s    100ms    100ms
      r3         100ms  s1      the next of 2 in turn    0s    100ms    100ms
      r4         150ms  s2      the next of 2 in turn    0s    100ms    100ms
      4 completed: mean 100ms, p50 100ms, p95 100ms, p99 100ms, max 100ms
      """
    #expect(Talk.transcript(said) == said)
  }

  @Test func sendsTogether() {
    let said = """
      cloud> spawn 2
      s1..s2 in service: 1 cpu, 1GiB, $0.04 per hour
      cloud> send 4 --together --work 50ms
      request  arrival  server  why                    wait  service  latency
      ───────────────────────────────────────────────────────────────────────
      r1            0s  s1      the next of 2 in turn    0s     50ms     50ms
      r2            0s  s2      the next of 2 in turn    0s     50ms     50ms
      r3            0s  s1      the next of 2 in turn  50ms     50ms    100ms
      r4            0s  s2      the next of 2 in turn  50ms     50ms    100ms
      4 completed: mean 75ms, p50 50ms, p95 100ms, p99 100ms, max 100ms
      """
    #expect(Talk.transcript(said) == said)
  }

  @Test func pausesTime() {
    let said = """
      cloud> spawn 2
      s1..s2 in service: 1 cpu, 1GiB, $0.04 per hour
      cloud> send 3 --paused
      request  arrival  server  why                    wait  service  latency
      ─────────────────────────────────────────────────────────────────────────────
      r1            0s  s1      the next of 2 in turn     –        –        –  open
      r2            0s  s2      the next of 2 in turn     –        –        –  open
      r3            0s  s1      the next of 2 in turn     –        –        –  open
      """
    #expect(Talk.transcript(said) == said)
  }

  @Test func holdsUntilFinished() {
    let said = """
      cloud> spawn 1
      s1 in service: 1 cpu, 1GiB, $0.04 per hour
      cloud> send 2 --hold
      request  arrival  server  why                    wait  service  latency
      ─────────────────────────────────────────────────────────────────────────────
      r1            0s  s1      the next of 1 in turn     –        –        –  open
      r2            0s  s1      the next of 1 in turn     –        –        –  open
      cloud> finish r1
      r1 answered by s1 after 0s
      cloud> run 1s
      run2: 1s, round-robin, seed 1
        requests  0 completed, 1 in flight
        servers   1 in service, 100% busy, 0/s completed
        cost      $0.00067, $0.04 per hour at the end
      cloud> finish r2
      r2 answered by s1 after 1s
      cloud> finish r2
                    ^~
      error: r2 is not held open
      note: requests are held by: send 3 --hold
      """
    #expect(Talk.transcript(said) == said)
  }

  @Test func showsWhatWasRefused() {
    let said = """
      cloud> send 2
      request  arrival  server  why                   wait  service  latency
      ───────────────────────────────────────────────────────────────────────────────
      r1            0s  –       no server in service     –        –        –  refused
      r2            0s  –       no server in service     –        –        –  refused
      cloud> spawn 1 --queue 1
      s1 in service: 1 cpu, 1GiB, queue 1, $0.04 per hour
      cloud> send 3 --together
      request  arrival  server  why                  wait  service  latency
      ────────────────────────────────────────────────────────────────────────────────
      r3            0s  s1      the next of 1 in …     0s    100ms    100ms  completed
      r4            0s  s1      the next of 1 in …  100ms    100ms    200ms  completed
      r5            0s  s1      its queue was full      –        –        –  refused
      2 completed: mean 150ms, p50 100ms, p95 200ms, p99 200ms, max 200ms
      cloud> spawn 1 --memory 1MiB
      s2 in service: 1 cpu, 1MiB, $0.04 per hour
      cloud> stop s1
      s1 gone
      cloud> send 1 --memory 2MiB
      request  arrival  server  why                wait  service  latency
      ────────────────────────────────────────────────────────────────────────────
      r6         200ms  s2      too little memory     –        –        –  refused
      """
    #expect(Talk.transcript(said) == said)
  }

  @Test func showsWhatIsCutOff() {
    let said = """
      cloud> spawn 2
      s1..s2 in service: 1 cpu, 1GiB, $0.04 per hour
      cloud> scale demand --target 1/s --max 1 --every 1s --drain 1s
      main: demand --target 1/s --window 30s --tolerance 10% --stabilization 60s,
      every 1s, 1..1 servers, boot 30s, drain 1s
      cloud> send 2 --together --work 5s
      request  arrival  server  why                  wait  service  latency
      ────────────────────────────────────────────────────────────────────────────────
      r1            0s  s1      the next of 2 in t…    0s       5s       5s  completed
      r2            0s  s2      the next of 2 in t…     –        –        –  failed
      1 completed: mean 5s, p50 5s, p95 5s, p99 5s, max 5s
      """
    #expect(Talk.transcript(said) == said)
  }

  @Test func stopsAfterEvents() {
    let said = """
      cloud> spawn 1
      s1 in service: 1 cpu, 1GiB, $0.04 per hour
      cloud> send 5 --rate 50/s --events 6
      request  arrival  server  why                  wait  service  latency
      ────────────────────────────────────────────────────────────────────────────────
      r1            0s  s1      the next of 1 in t…    0s    100ms    100ms  completed
      r2          20ms  s1      the next of 1 in t…     –        –        –  open
      r3          40ms  s1      the next of 1 in t…     –        –        –  open
      r4          60ms  s1      the next of 1 in t…     –        –        –  open
      r5          80ms  s1      the next of 1 in t…     –        –        –  open
      1 completed: mean 100ms, p50 100ms, p95 100ms, p99 100ms, max 100ms
      stopped after 100ms: 5 of 5 requests arrived, 1 over
      cloud> run 1s
      run2: 1s, round-robin, seed 1
        requests  4 completed
        latency   mean 300ms, p50 260ms, p95 420ms, p99 420ms, max 420ms
        wait      mean 200ms, p50 160ms, p95 320ms, p99 320ms, max 320ms
        servers   1 in service, 40% busy, 4/s completed
        cost      $0.00, $0.04 per hour at the end
      """
    #expect(Talk.transcript(said) == said)
  }

  @Test func mixesWithALoad() {
    let said = """
      cloud> spawn 2
      s1..s2 in service: 1 cpu, 1GiB, $0.04 per hour
      cloud> load constant 10/s --work 150ms
      main: constant 10/s, work 150ms; 75% of 2 slots
      cloud> send 2
      request  arrival  server  why                    wait  service  latency
      ───────────────────────────────────────────────────────────────────────
      r1            0s  s1      the next of 2 in turn    0s    100ms    100ms
      r3         100ms  s1      the next of 2 in turn    0s    100ms    100ms
      2 completed: mean 100ms, p50 100ms, p95 100ms, p99 100ms, max 100ms
      """
    #expect(Talk.transcript(said) == said)
  }

  @Test func explainsMistakes() {
    let said = """
      cloud> spawn 1
      s1 in service: 1 cpu, 1GiB, $0.04 per hour
      cloud> send 0
                  ^
      error: count must be a whole number 1 to 10000000, not 0
      try: send 1
      cloud> send 3 --rate 5/s --together
                               ^~~~~~~~~~
      error: send takes --rate or --together, not both
      try: send 3 --rate 5/s
      cloud> send 3 --rate 5
                            ^
      error: --rate needs a unit: /s, /m or /h
      try: send 3 --rate 5/s
      cloud> send 3 --work -1ms
                           ^~
      error: --work can't be negative
      try: send 3 --work 1ms
      cloud> send three
                  ^~~~~
      error: count must be a whole number 1 to 10000000
      try: send 3
      cloud> send 3 --wrok 5ms
                    ^~~~~~
      error: send has no option --wrok
      try: send 3 --work 5ms
      cloud> send 3 --key zipf
                          ^~~~
      error: zipf needs its values in brackets, as in zipf(1000, 1.1)
      try: send 3 --key zipf(1000, 1.1)
      cloud> send 99999999999999999999
                  ^~~~~~~~~~~~~~~~~~~~
      error: count is too large: it must be a whole number 1 to 10000000
      """
    #expect(Talk.transcript(said) == said)
  }

  @Test func givesEveryKey() {
    #expect(
      Talk.result(after: [], of: "send")
        == #"""
        {"requests":[{"id":"r1","arrival":0.0,"server":null,"start":null,"finish":0.0,"latency":null,"status":"refused"}]}
        """#)
    #expect(
      Talk.result(after: ["spawn 1"], of: "send 2")
        == #"""
        {"requests":[{"id":"r1","arrival":0.0,"server":"s1","start":0.0,"finish":0.1,"latency":0.1,"status":"completed"},{"id":"r2","arrival":0.1,"server":"s1","start":0.1,"finish":0.2,"latency":0.1,"status":"completed"}]}
        """#)
    #expect(
      Talk.result(after: ["spawn 1"], of: "send --paused")
        == #"""
        {"requests":[{"id":"r1","arrival":0.0,"server":"s1","start":null,"finish":null,"latency":null,"status":"open"}]}
        """#)
  }

  @Test func foldsTheTableButNotTheResult() {
    var talk = Talk()
    talk.say("spawn 1")
    let lines = talk.say("send 100 --rate 5/s")
    #expect(lines.count < 25)
    #expect(talk.session.cells.last?.output?.result.text.split(separator: "{").count == 101)
  }
}
