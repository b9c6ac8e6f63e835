import Cloud
import Notebook
import Testing

/// What the commands of loads and policies answer.
struct PolicyCommandTests {
  @Test(arguments: transcripts)
  func `a transcript comes out as written`(transcript: String) {
    #expect(FleetTalk.talk(transcript) == transcript)
  }

  /// Every line of a list fits into 80 columns as it stands; nothing is cut off its end.
  @Test(arguments: ["balance", "scale", "health", "limit"])
  func `a list says all it has to say in one line each`(command: String) {
    var talk = FleetTalk()
    talk.session = Session(commands: Commands.all)
    let lines = talk.say(command)
    #expect(lines.count > 2)
    #expect(lines.filter { $0.contains("…") || $0.count > 80 } == [])
  }

  private static let transcripts = [
    """
    cloud> load
    no load is at work; begin one: load poisson 50/s
    cloud> load poisson 50/s
    main: poisson 50/s, work 100ms; no server is in service
    cloud> spawn 3 --cpu 2
    s1..s3 in service: 2 cpu, 1GiB, $0.08 per hour
    cloud> load poisson 50/s --work exp(100ms)
    main: poisson 50/s, work exp(100ms); 83% of 6 slots
    cloud> load constant 3000/m --key zipf(1000, 1.1) --memory 1MiB --timeout 1s --retries 2 --as b
    b: constant 50/s, work 100ms, key zipf(1000, 1.1), memory 1MiB, timeout 1s, 2
    retries; 83% of 6 slots
    cloud> load
    main: poisson 50/s, work exp(100ms); 83% of 6 slots
    b: constant 50/s, work 100ms, key zipf(1000, 1.1), memory 1MiB, timeout 1s, 2
    retries; 83% of 6 slots
    together 167% of the capacity
    cloud> load off b
    b ended
    cloud> load off
    main ended
    cloud> load off
    no load was at work
    """,
    """
    cloud> spawn 4 --speed 2
    s1..s4 in service: 1 cpu, speed 2, 1GiB, $0.04 per hour
    cloud> load sale 20/s --peak 200/s
    main: sale 20/s, peak 200/s, at 60s, rise 60s, half-life 120s, work 100ms; 25%
    of 4 slots, 250% at the peak
    cloud> load trace monday.csv
    main: trace monday.csv, 240 requests in 240s, work 100ms; 1.3% of 4 slots
    cloud> load trace monday.csv --factor 0.1 --as tenth
    tenth: trace monday.csv, 24 requests in 240s, work 100ms; 0.13% of 4 slots
    cloud> load trace counts.csv --every 10s --work mix(99%: 10ms, 1%: 1s)
    main: trace counts.csv, 60 requests in 30s, work mix(99%: 10ms, 1%: 1s); 0.5% of
    4 slots
    """,
    """
    cloud> spawn 4
    s1..s4 in service: 1 cpu, 1GiB, $0.04 per hour
    cloud> load ramp 10/s --to 100/s
    main: ramp 10/s, to 100/s, over 10m, work 100ms; 25% of 4 slots, 250% at the
    peak
    cloud> load wave 20/s --peak 80/s --every 24h --as day
    day: wave 20/s, peak 80/s, every 24h, sine, work 100ms; 50% of 4 slots, 200% at
    the peak
    cloud> load spike 20/s --peak 0/s --at 10m --for 20m --as outage
    outage: spike 20/s, peak 0/s, at 10m, for 20m, work 100ms; 50% of 4 slots
    cloud> load bursts 2/s --peak 30/s --as tide
    tide: bursts 2/s, peak 30/s, quiet 50s, burst 10s, work 100ms; 17% of 4 slots,
    75% at the peak
    """,
    """
    cloud> balance two-choices --d 3
    requests are spread by two-choices --d 3 --draws distinct
    cloud> balance weighted
    requests are spread by weighted --by weight
    cloud> balance round-robin
    requests are spread by round-robin
    """,
    """
    cloud> scale demand --target 25/s --max 20 --every 10s --drain 5s
    main: demand --target 25/s --window 30s --tolerance 10% --stabilization 60s,
    every 10s, 1..20 servers, boot 30s, drain 5s
    cloud> scale sample --as b
    b: sample --threshold 100 --trigger each-check --cooldown 300s, every 1s,
    1..1000 servers, boot 30s
    cloud> scale off b
    b off: main goes on
    cloud> scale off
    main off: the fleet stays as it is
    cloud> scale off
    no scaler was at work
    """,
    """
    cloud> spawn 2
    s1..s2 in service: 1 cpu, 1GiB, $0.04 per hour
    cloud> bill
    per second, at least 60s a start: $0.00 so far, $0.08 per hour now
    cloud> bill hourly
    hourly, every started hour: $0.00 so far, $0.08 per hour now
    cloud> bill per-second --minimum 0s
    per second, no minimum: $0.00 so far, $0.08 per hour now
    cloud> bill owned 40 --price $0.10
    owned, 40 machines at $0.10 per hour, used or not: $0.00 so far, $4.00 per hour
    now
    """,
  ]

  @Test func `balance alone lists the algorithms and marks the present one`() {
    var talk = FleetTalk()
    _ = talk.say("balance least-connections")
    let lines = talk.say("balance")
    #expect(lines.first == "requests are spread by least-connections")
    #expect(
      lines.filter { $0.hasPrefix("* ") } == [
        "* least-connections    the server with the fewest requests for its weight"
      ])
    #expect(lines.contains("  round-robin          one after another, in declared order"))
  }

  @Test func `scale alone lists the policies and what is at work`() {
    var talk = FleetTalk()
    let listed = talk.say("scale")
    #expect(listed.first == "no scaler is at work")
    let names = listed.dropFirst().compactMap { $0.split(separator: " ").first.map(String.init) }
    #expect(names == Autoscalers.all.map { $0.name })
    _ = talk.say("scale demand")
    #expect(talk.say("scale").contains { $0.hasPrefix("* demand ") })
  }

  @Test(arguments: [
    (
      "load poisson 5/s --work uniform(50ms, 150ms) --key uniform(10)",
      #"{"load":{"name":"main","shape":"poisson","rate":5.0,"#
        + #""work":{"distribution":"uniform","mean":0.1,"low":0.05,"high":0.15},"#
        + #""key":{"distribution":"uniform","keys":10},"memory":null,"timeout":null,"#
        + #""retries":0,"offered":0.25}}"#
    ),
    ("load", #"{"loads":[],"offered":0.0}"#),
    ("load off", #"{"ended":[],"inFlight":0}"#),
    (
      "balance two-choices --d 3",
      #"{"balancer":"two-choices","parameters":{"d":3,"draws":"distinct"},"#
        + #""stale":null,"balancers":1}"#
    ),
    (
      "scale demand --drain 5s",
      #"{"scaler":{"name":"main","policy":"demand","parameters":{"target":20.0,"window":30.0,"#
        + #""tolerance":0.1,"stabilization":60.0},"every":15.0,"min":1,"max":1000,"boot":30.0,"#
        + #""drain":5.0,"wanted":null}}"#
    ),
    ("scale off", #"{"ended":[]}"#),
    ("bill", #"{"rule":"per-second","minimum":60.0,"total":0.0,"hourly":0.08}"#),
    ("bill owned 3", #"{"rule":"owned","machines":3,"price":0.04,"total":0.0,"hourly":0.12}"#),
    ("bill hourly", #"{"rule":"hourly","total":0.0,"hourly":0.08}"#),
    (
      "bill reserved 1 --price $0.03",
      #"{"rule":"reserved","servers":1,"price":0.03,"total":0.0,"hourly":0.07}"#
    ),
    (
      "bill per-request --price $1 --step 100ms",
      #"{"rule":"per-request","price":1.0,"memoryPrice":1.66667e-05,"step":0.1,"#
        + #""total":0.0,"hourly":0.0}"#
    ),
  ])
  func `the result has stable keys`(line: String, json: String) {
    var talk = FleetTalk()
    _ = talk.say("spawn 2")
    #expect(talk.result(of: line) == json)
  }

  @Test func `every algorithm and policy can be named with the parameters it shows`() {
    var talk = FleetTalk()
    for word in ["random", "round-robin", "weighted", "weighted-random", "two-choices"] {
      let first = talk.say("balance \(word)")
      let typed = first.first?.split(separator: " ").dropFirst(4).joined(separator: " ") ?? ""
      #expect(talk.say("balance \(typed)") == first)
    }
    for word in ["sample", "demand", "resource"] {
      let first = talk.say("scale \(word)")
      let all = first.joined(separator: " ").dropFirst(6).split(separator: ",").first ?? ""
      let typed = all.split(separator: " (").first ?? ""
      #expect(talk.say("scale \(typed)") == first)
    }
  }

  @Test func `the grammar has no flaws`() {
    #expect(FleetTalk().session.grammar.flaws == [])
  }
}
