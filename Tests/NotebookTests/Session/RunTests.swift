import Notebook
import Testing

/// What `run` measures and says.
struct RunTests {
  @Test func showsTheCard() {
    var talk = Talk()
    talk.say(all: ["spawn 2", "load constant 10/s"])
    #expect(
      talk.say("run 60s") == [
      ])
  }

  @Test func givesEveryKey() {
    var talk = Talk()
    talk.say(all: ["spawn 1", "load constant 1/s"])
    #expect(talk.result(of: "run 2s") == "")
  }

  @Test func measuresAfterTheWarmUp() {
    var talk = Talk()
    talk.say(all: ["spawn 2", "load constant 10/s"])
    #expect(talk.say("run 60s --warmup 20s --as steady") == [])
    #expect(talk.session.time == 60)
  }

  @Test func countsRequestsFromTheEndOfTheWarmUp() {
    var talk = Talk()
    talk.say(all: ["spawn 2", "load constant 10/s"])
    #expect(talk.say("run --requests 100") == [])
    #expect(talk.say("run --requests 100 --warmup 1s") == [])
    #expect(talk.say("run --events 7") == [])
    #expect(talk.say("run --events 0") == [])
  }

  @Test func repeatsTheLastRunUnderOtherPolicies() {
    var talk = Talk()
    talk.say(all: ["spawn 3", "load poisson 20/s --work exp(100ms)"])
    let first = talk.say("run 60s --as first")
    let digest = talk.digest
    #expect(talk.say("run --again --as second").dropFirst() == first.dropFirst())
    #expect(talk.digest == digest)
    talk.say("balance two-choices")
    #expect(talk.say("run --again --as other") == [])
    #expect(talk.session.time == 60)
    #expect(talk.say("run 10s --again") == [])
    talk.say("balance round-robin")
    #expect(talk.say("run 60s --again").dropFirst() == first.dropFirst())
  }

  @Test func repeatsTheWarmUpToo() {
    var talk = Talk()
    talk.say(all: ["spawn 3", "load poisson 20/s --work exp(100ms)"])
    let first = talk.say("run 60s --warmup 10s")
    #expect(talk.say("run --again").dropFirst() == first.dropFirst())
    #expect(talk.say("run --again --warmup 20s").dropFirst() != first.dropFirst())
  }

  @Test(arguments: [
    ("run", []),
    ("run --warmup 1s", []),
    ("run 60", []),
    ("run 1s --warmup 1s", []),
    ("run --again", []),
    ("run 1s --as round-robin", []),
    ("run 1s --as sample", []),
    ("run 1s --as calm", []),
    ("run 1s --as main", []),
    ("run 1s --as last", []),
    ("run 1s --as s1", []),
    ("run 1s --requests 5", []),
    ("run 4000000000s", []),
    ("run 99999999999999999999h", []),
    ("run --requests 5", []),
    ("run --events 5", []),
    ("run -1s", []),
  ])
  func explainsMistakes(line: String, shown: [String]) {
    var talk = Talk()
    talk.say("fork calm")
    let before = talk.digest
    #expect(talk.say(line) == shown)
    #expect(talk.digest == before)
    #expect(talk.inputs == ["fork calm"])
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
