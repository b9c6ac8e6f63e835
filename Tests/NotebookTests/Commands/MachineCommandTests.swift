import Cloud
import Notebook
import Testing

/// Machines that boot, warm up, are taken back, and break, as one types them.
@Suite("machine commands")
struct MachineCommandTests {
  private func talk(_ lines: String...) -> FleetTalk {
    var talk = FleetTalk()
    talk.session = Session(commands: Commands.all)
    for line in lines { _ = talk.say(line) }
    return talk
  }

  private func transcript(_ text: String) -> String {
    var talk = talk()
    return text.split(separator: "\n").filter { $0.hasPrefix("cloud> ") }.map { line in
      (["\(line)"] + talk.say(String(line.dropFirst(7)))).joined(separator: "\n")
    }.joined(separator: "\n")
  }

  @Test(arguments: transcripts)
  func `a transcript comes out as written`(text: String) {
    #expect(transcript(text) == text)
  }

  private static let transcripts = [
    """
    cloud> spawn 2 --boot exp(45s)
    s1..s2 booting for exp(45s): 1 cpu, 1GiB, $0.04 per hour
    cloud> spawn 1 --warming 30s --cold 3
    s3 warming: 1 cpu, 1GiB, warming for 30s and 3 times slower, $0.04 per hour
    cloud> spawn 2 --spot --lifetime exp(20h)
    s4..s5 in service: 1 cpu, 1GiB, spot with 120s notice, taken back after
    exp(20h), $0.012 per hour
    """,
    """
    cloud> spawn 3
    s1..s3 in service: 1 cpu, 1GiB, $0.04 per hour
    cloud> fault
    no fault goes on or is to come
    cloud> fault crash s2 --in 5m --for 30s
    f1: crash s2, begins at 300s, over at 330s
    cloud> fault crash all --mtbf 1h --mttr 5m
    f2: crash all --mtbf exp(1h) --mttr 300s, goes on
    cloud> fault slow s3 --factor 4 --for 2m
    s3 4 times slower; f3: slow s3 --factor 4, over at 120s
    cloud> fault errors s1 --share 50% --after 20ms
    s1 answers 50% with errors
    cloud> fault spot --share 40% --in 10m
    f5: spot --share 40%, begins at 10m
    cloud> fault
    f1: crash s2, begins at 300s, over at 330s
    f2: crash all --mtbf exp(1h) --mttr 300s, goes on
    f3: slow s3 --factor 4, over at 120s
    f5: spot --share 40%, begins at 10m
    cloud> fault off f3
    f3 off
    cloud> fault off
    f1, f2 and f5 off
    """,
    """
    cloud> spawn 2 --zone a
    s1..s2 in service: 1 cpu, 1GiB, zone a, $0.04 per hour
    cloud> fault zone a --for 10m
    s1..s2 crashed: their zone is out; f1: zone a, over at 10m; no server is in
    service
    cloud> spawn 1 --zone a
    s3 down until its zone is back: 1 cpu, 1GiB, zone a, $0.04 per hour
    """,
    """
    cloud> spawn 2
    s1..s2 in service: 1 cpu, 1GiB, $0.04 per hour
    cloud> fault s2 --errors 100%
    s2: 100% of the requests answered with an error
    cloud> fault s1 s2 --errors 10% --after 50ms
    s1..s2: 10% of the requests answered with an error
    cloud> fault all --errors 0%
    s1..s2 without errors
    """,
    """
    cloud> spawn
    s1 in service: 1 cpu, 1GiB, $0.04 per hour
    cloud> scale demand --boot lognormal(60s, 0.5) --warming 30s --spot 50% --replace --warm-pool 2
    main: demand --target 20/s --window 30s --tolerance 10% --stabilization 60s,
    every 15s, 1..1000 servers, boot lognormal(60s, 0.5), warming 30s, 50% spot,
    replaces after 300s, warm pool of 2, boot 5s
    """,
  ]

  @Test(arguments: [
    ("fault crsh s1", "crash"), ("fault off f9", "f9"), ("fault crash s9", "s9"),
    ("fault s1", "crash"), ("fault crash", "which servers"), ("fault zone", "zone"),
    ("fault slow s1", "factor"), ("fault crash s1 --errors 10%", "--errors"),
    ("fault crash s1 --mttr 5m", "mttr"), ("fault spot s1 --share 40%", "nothing"),
    ("fault crash s1 --in 5", "5"), ("fault crash s1 --mtbf 0s", "failure"),
    ("spawn --cold 3", "--cold goes with --warming"),
    ("spawn --notice 1m", "--notice goes with --spot"),
    ("scale demand --grace 10s", "--grace goes with --replace"),
    ("scale demand --pool-boot 10s", "--pool-boot goes with --warm-pool"),
    ("spawn --boot exp(20)", "20"),
  ])
  func `a mistake is named and changes nothing`(_ line: String, _ word: String) {
    var talk = talk("spawn 2")
    let before = talk.session.world.digest
    let said = talk.say(line).joined(separator: "\n")
    #expect(said.contains("error: "))
    #expect(said.contains(word))
    #expect(talk.session.world.digest == before)
  }

  @Test func `show servers tells warming, pooled and noticed apart`() {
    var talk = talk(
      "spawn 2 --warming 30s", "scale demand --warm-pool 1 --boot 10s", "run 20s")
    let shown = talk.say("show servers").joined(separator: "\n")
    #expect(shown.contains("warming"))
    #expect(shown.contains("in the pool"))
    let json = talk.result(of: "show servers")
    #expect(json.contains(#""state":"warming""#))
    #expect(json.contains(#""state":"pooled""#))
    #expect(json.contains(#""spot":false"#))
  }

  @Test func `step tells of faults`() {
    var talk = talk("spawn 2", "fault crash s2 --in 5s --for 5s")
    let said = [talk.say("step"), talk.say("step")].joined().joined(separator: "\n")
    #expect(said.contains("fault f1 begins: s2 crashed"))
    #expect(said.contains("fault f1 is over"))
  }

  @Test func `undo, fork and back bring faults back`() {
    var talk = talk("spawn 2", "fault crash s1 --in 5s")
    #expect(talk.session.world.faults.count == 1)
    _ = talk.say("undo")
    #expect(talk.session.world.faults.isEmpty)
    _ = talk.say("redo")
    _ = talk.say("run 10s")
    #expect(talk.session.world.servers[0].state == .crashed)
    _ = talk.say("back 10s")
    #expect(talk.session.world.servers[0].state == .inService)
    #expect(talk.session.world.faults.count == 1)
  }

  @Test func `tab completes verbs, servers and names of faults`() {
    let talk = talk("spawn 2", "fault crash s1 --in 5s")
    func words(_ line: String) -> [String] {
      talk.session.grammar.complete(line, at: line.count).candidates.map(\.text)
    }
    #expect(words("fault ").contains("crash"))
    #expect(words("fault ").contains("s1"))
    #expect(words("fault crash ").contains("s2"))
    #expect(words("fault crash s1 --").contains("--mtbf"))
    #expect(words("fault off ").contains("f1"))
    #expect(!words("fault off ").contains("s1"))
  }

  @Test func `every spelling keeps its meaning`() {
    func errors(_ line: String) -> [Double] {
      var talk = talk("spawn 2")
      _ = talk.say(line)
      return talk.session.world.servers.map(\.errors)
    }
    #expect(errors("fault s2 --errors 10%") == [0, 0.1])
    #expect(errors("fault errors s2 --share 10%") == [0, 0.1])
    #expect(errors("fault s2 errors --share 10%") == [0, 0.1])
  }
}
