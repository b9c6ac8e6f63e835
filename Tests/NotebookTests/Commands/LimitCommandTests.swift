import Cloud
import Notebook
import Testing

/// What `limit` answers.
struct LimitCommandTests {
  @Test(arguments: transcripts)
  func `a transcript comes out as written`(transcript: String) {
    #expect(Talk.transcript(transcript) == transcript)
  }

  private static let transcripts = [
    """
    cloud> limit rate 5/s
    at work: rate 5/s --burst 10 --per client
    cloud> limit breaker --max-requests 40
    at work: rate 5/s --burst 10 --per client, and breaker --max-requests 40
    --max-pending 1024
    cloud> limit off rate
    rate off: at work: breaker --max-requests 40 --max-pending 1024
    cloud> limit retry-budget --percent 10%
    at work: breaker --max-requests 40 --max-pending 1024, and retry-budget
    --percent 10% --min-per-second 10 --ttl 10s
    cloud> limit retry-throttle
    at work: breaker --max-requests 40 --max-pending 1024, and retry-throttle
    --max-tokens 10 --token-ratio 0.1
    cloud> limit off
    breaker and retry-throttle off: no limit is at work
    cloud> limit off
    no limit was at work
    """,
    """
    cloud> spawn 2
    s1..s2 in service: 1 cpu, 1GiB, $0.04 per hour
    cloud> load constant 10/s --priority 2
    main: constant 10/s, work 100ms, priority 2; 50% of 2 slots
    cloud> limit rate 5/s --burst 1 --per all
    at work: rate 5/s --burst 1 --per all
    cloud> run 60s --as halved
    halved: 60s, round-robin, seed 1
      requests  300 completed, 300 limited
      latency   mean 100ms, p50 100ms, p95 100ms, p99 100ms, max 100ms
      wait      mean 0s, p50 0s, p95 0s, p99 0s, max 0s
      servers   2 in service, 25% busy, 5/s completed
      cost      $0.0013, $0.08 per hour at the end
    cloud> expect halved.limited == 300
    holds: halved.limited is 300
    """,
  ]

  @Test(arguments: [
    ("limit", #"{"limits":[],"kinds":["#),
    (
      "limit rate 5/s",
      #"{"limits":[{"name":"rate","parameters":{"rate":5.0,"burst":10,"per":"client"}}]}"#
    ),
    ("limit off", #"{"ended":[]}"#),
  ])
  func `the result has stable keys`(line: String, json: String) {
    #expect(Talk.result(after: [], of: line).hasPrefix(json))
  }

  @Test func `clients may wait before they send again`() {
    var talk = Talk()
    #expect(
      talk.say("load poisson 5/s --retries 2 --backoff 100ms --jitter none") == [
        "main: poisson 5/s, work 100ms, 2 retries, backoff 100ms, no jitter; no server is",
        "in service",
      ])
    #expect(
      talk.result(of: "load poisson 5/s --retries 2 --backoff 100ms").contains(
        #""retries":2,"backoff":0.1,"jitter":"full","#))
    #expect(talk.say("load poisson 5/s --backoff 1s").contains("error: a back-off is for retries"))
  }

  @Test func `the card counts who was limited under a key`() {
    let json = Talk.result(
      after: ["spawn 1", "load constant 10/s", "limit rate 1/s --burst 1"], of: "run 10s")
    #expect(json.contains(#""inFlight":0,"limited":90,"hedged":0}"#))
  }

  @Test func `every limit is listed and can be typed as it is shown`() {
    for limit in Limits.all {
      var talk = Talk()
      let leading = ["rate": "5/s", "most": "5"]
      let typed = limit.leading.flatMap { leading[$0] }.map { "\(limit.name) \($0)" } ?? limit.name
      let shown = talk.say("limit \(typed)")
      let again = shown.joined(separator: " ").dropFirst("at work: ".count)
      #expect(talk.say("limit \(again)") == shown)
      #expect(talk.say("limit").contains { $0.hasPrefix("* \(limit.name) ") })
      #expect(talk.say("help \(limit.name)").first?.hasPrefix("\(limit.name): ") == true)
    }
  }

  @Test func `a request that was limited says why`() {
    var talk = Talk()
    talk.say(all: ["spawn 1", "limit rate 1/s --burst 1"])
    let table = talk.say("send 2 --together")
    #expect(table.contains { $0.contains("over its rate") && $0.contains("limited") })
    let life = talk.say("why r2")
    #expect(life.last == "  ended     at 0s: limited, over its rate")
    #expect(!life.contains { $0.contains("chosen") })
  }

  @Test(arguments: [
    ("limit speed", "no limit is called 'speed'"),
    ("limit rate", "limit rate needs rate: a rate such as 50/s"),
    ("limit rate 5", "rate needs a unit: /s, /m or /h"),
    ("limit off speed", "no kind is called 'speed'"),
    ("limit rate 5/s --per server", "--per takes client or all, not 'server'"),
    (
      "limit breaker --max-requests 0",
      "--max-requests must be a whole number 1 to 1000000000, not 0"
    ),
    (
      "limit retry-budget --percent 2000%",
      "--percent must be between 0% and 1000%, not 2000%"
    ),
  ])
  func `a mistake has a place and a way out`(line: String, says: String) {
    var talk = Talk()
    let lines = talk.say(line)
    #expect(lines.first?.contains("^") == true)
    #expect(lines.dropFirst().first == "error: \(says)")
    #expect(
      lines.last.map { $0.hasPrefix("try: ") || $0.hasPrefix("note: ") || $0.hasPrefix("and off") }
        == true)
    #expect(talk.session.world.limits.isEmpty)
  }
}
