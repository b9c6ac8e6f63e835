import Cloud
import Display
import Notebook
import Simulation
import Testing

/// How `step` tells events, and what it leads to.
struct StepTests {
  @Test func tellsAFewEvents() {
    let said = """
      cloud> spawn 2
      s1..s2 in service: 1 cpu, 1GiB, $0.04 per hour
      cloud> send 3 --together --paused
      request  arrival  server  why                    wait  service  latency
      ─────────────────────────────────────────────────────────────────────────────
      r1            0s  s1      the next of 2 in turn     –        –        –  open
      r2            0s  s2      the next of 2 in turn     –        –        –  open
      r3            0s  s1      the next of 2 in turn     –        –        –  open
      cloud> step
      100ms  r1 is answered by s1 after 100ms, which begins r3
      cloud> step 100
      100ms  r2 is answered by s2 after 100ms
      200ms  r3 is answered by s1 after 200ms
      cloud> step
             ^~~~
      error: nothing is left that could happen
      note: send requests: send 3 --paused
      cloud> step 1s
      nothing happened until 1.2s
      """
    #expect(Talk.transcript(said) == said)
  }

  @Test func tellsMachinesAndScalers() {
    let said = """
      cloud> spawn 2 --queue 0
      s1..s2 in service: 1 cpu, 1GiB, queue 0, $0.04 per hour
      cloud> spawn 1 --boot 1s
      s3 booting for 1s: 1 cpu, 1GiB, $0.04 per hour
      cloud> load constant 3/s --timeout 250ms --retries 1 --work 300ms
      main: constant 3/s, work 300ms, timeout 250ms, 1 retry; 45% of 2 slots
      cloud> scale demand --target 1/s --every 1s --max 2 --drain 100ms
      main: demand --target 1/s --window 30s --tolerance 10% --stabilization 60s,
      every 1s, 1..2 servers, boot 30s, drain 100ms
      cloud> step 2s
      333ms  r1 arrives and goes to s1, which is idle
      583ms  the client of r1 gives up waiting for s1 and sends it again
      583ms  r1.2 arrives and goes to s2, which is idle
      633ms  s1 finishes r1, for which nobody waits any more
      667ms  r2 arrives and goes to s1, which is idle
      833ms  the client of r1.2 gives up waiting for s2
      883ms  s2 finishes r1.2, for which nobody waits any more
      917ms  the client of r2 gives up waiting for s1 and sends it again
      917ms  r2.2 arrives and goes to s2, which is idle
      967ms  s1 finishes r2, for which nobody waits any more
         1s  s3 comes into service
         1s  scaler main checks and removes 1 server
         1s  r3 arrives and goes to s1, which is idle
      1.17s  the client of r2.2 gives up waiting for s2
      1.22s  s2 finishes r2.2, for which nobody waits any more
      1.25s  the client of r3 gives up waiting for s1 and sends it again
      1.25s  r3.2 arrives and goes to s2, which is idle
       1.3s  s1 finishes r3, for which nobody waits any more
      1.33s  r4 arrives and goes to s1, which is idle
       1.5s  the client of r3.2 gives up waiting for s2
      1.55s  s2 finishes r3.2, for which nobody waits any more
      1.58s  the client of r4 gives up waiting for s1 and sends it again
      1.58s  r4.2 arrives and goes to s2, which is idle
      1.63s  s1 finishes r4, for which nobody waits any more
      1.67s  r5 arrives and goes to s1, which is idle
      1.83s  the client of r4.2 gives up waiting for s2
      1.88s  s2 finishes r4.2, for which nobody waits any more
      1.92s  the client of r5 gives up waiting for s1 and sends it again
      1.92s  r5.2 arrives and goes to s2, which is idle
      1.97s  s1 finishes r5, for which nobody waits any more
         2s  scaler main checks and changes nothing
         2s  r6 arrives and goes to s1, which is idle
      """
    #expect(Talk.transcript(said) == said)
  }

  @Test func explainsMistakes() {
    let said = """
      cloud> spawn 1
      s1 in service: 1 cpu, 1GiB, $0.04 per hour
      cloud> step 0
                  ^
      error: amount must be a whole number 1 to 100000, or a duration such as 20ms
      try: step 1
      cloud> step 5 5
                    ^
      error: step takes 1 value; nothing is expected here
      try: step 5
      cloud> step 1x
                  ^~
      error: amount must be a whole number 1 to 100000, or a duration such as 20ms
      try: step 1
      cloud> step -3
                  ^~
      error: amount must be a whole number 1 to 100000, or a duration such as 20ms
      try: step 3
      cloud> step 100001
                  ^~~~~~
      error: amount must be a whole number 1 to 100000, or a duration such as 20ms
      try: step 100000
      cloud> step 99999999999999999h
                  ^~~~~~~~~~~~~~~~~~
      error: amount must be a whole number 1 to 100000, or a duration such as 20ms
      try: step 100000
      """
    #expect(Talk.transcript(said) == said)
  }

  @Test func givesEveryKey() {
    #expect(
      Talk.result(after: ["spawn 1", "send --paused"], of: "step 2")
        == #"""
        {"events":[{"time":0.1,"says":"r1 is answered by s1 after 100ms"}]}
        """#)
  }

  private static let third = RequestID(number: 3)

  @Test(arguments: [
    (
      Event.What.arrived(third, on: ServerID(1), behind: 0),
      "r3 arrives and goes to s2, which is idle"
    ),
    (
      .arrived(RequestID(number: 3, attempt: 2), on: ServerID(1), behind: 2),
      "r3.2 arrives and goes to s2, which has 2 requests already"
    ),
    (.refused(third, .noServer, by: nil, again: false), "r3 is turned away: no server in service"),
    (
      .refused(third, .queueFull, by: ServerID(0), again: true),
      "r3 is turned away by s1: its queue was full; it is sent again"
    ),
    (
      .refused(third, .memoryFull, by: ServerID(0), again: false),
      "r3 is turned away by s1: too little memory"
    ),
    (
      .wasted(third, on: ServerID(0), next: RequestID(number: 4)),
      "s1 finishes r3, for which nobody waits any more, and begins r4"
    ),
    (.timedOut(third, on: ServerID(0), again: false), "the client of r3 gives up waiting for s1"),
    (.booted(ServerID(2)), "s3 comes into service"),
    (.left(ServerID(2), cut: 0), "s3 is given back"),
    (.left(ServerID(2), cut: 2), "s3 is given back; 2 requests cut off"),
    (.checked(policy: "main", change: 0), "scaler main checks and changes nothing"),
    (.checked(policy: "main", change: 1), "scaler main checks and adds 1 server"),
    (.checked(policy: "main", change: -2), "scaler main checks and removes 2 servers"),
  ])
  func tellsEachEvent(what: Event.What, words: String) {
    #expect(EventWords.line(what).plain == words)
  }

  @Test func saysWhenItStopsBeforeTheTime() {
    var talk = Talk()
    talk.say(all: ["spawn 1", "load constant 1000/s"])
    #expect(talk.say("step 10h").last == "stopped after 100_000 events")
    #expect(talk.session.world.position == 100_000)
  }
}
