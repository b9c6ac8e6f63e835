import Cloud
import Notebook
import Testing

/// What holds for every session, whatever is typed.
struct SessionLawTests {
  private static let lines = [
    "spawn 2", "load poisson 20/s --work exp(90ms)", "run 5s", "send 3 --rate 30/s", "fork calm",
    "balance two-choices", "run 3s --warmup 1s --as rr", "step 20", "back 7", "switch calm",
    "run --requests 40", "scale demand --target 5/s --boot 300ms", "run --again", "load off",
    "seed 7", "slow s1 --factor 3", "send 2 --hold", "switch main", "run --events 33",
  ]

  @Test func undoTakesBackEveryCellAndRedoDoesItAgain() {
    var talk = Talk()
    var digests = [talk.digest]
    for line in Self.lines {
      talk.say(line)
      digests.append(talk.digest)
    }
    #expect(talk.inputs == Self.lines)
    for count in Self.lines.indices.reversed() {
      talk.say("undo")
      #expect(talk.digest == digests[count])
      #expect(talk.inputs == Array(Self.lines[..<count]))
    }
    #expect(talk.say("undo") == ["       ^~~~", "error: there is nothing to undo"])
    #expect(talk.session.state.runs.isEmpty && talk.session.state.forks.isEmpty)
    for count in Self.lines.indices {
      talk.say("redo")
      #expect(talk.digest == digests[count + 1])
    }
    #expect(talk.say("redo") == ["       ^~~~", "error: there is nothing to redo"])
    #expect(talk.inputs == Self.lines)
  }

  @Test func aNewCellForgetsWhatWasUndone() {
    var talk = Talk()
    talk.say(all: ["spawn 2", "undo", "spawn 1"])
    #expect(talk.say("redo") == ["       ^~~~", "error: there is nothing to redo"])
    #expect(talk.inputs == ["spawn 1"])
  }

  @Test func worldsDoNotTouchEachOther() {
    var talk = Talk()
    talk.say(all: ["spawn 1", "load constant 5/s", "fork calm"])
    let before = talk.digest
    talk.say("run 10s")
    let after = talk.digest
    #expect(talk.say("switch calm") == ["now in calm, at 0s, with 1 server in service"])
    #expect(talk.digest == before)
    talk.say(all: ["run 10s"])
    #expect(talk.digest == after)
    talk.say("switch main")
    #expect(talk.digest == after)
    #expect(talk.session.state.worldName == "main")
  }

  @Test(arguments: [1, 7, 65_536])
  func chunksOfAnySizeAnswerTheSame(events: Int) {
    var whole = Talk()
    var parts = Talk()
    for line in Self.lines + [
      "run --until queue > 3 or time > 1m", "run --until latency.p99 > 110ms or time > 2m",
      "send 20 --together --work exp(1s)",
    ] {
      let said = whole.say(line)
      #expect(parts.say(line, inChunksOf: events) == said, "\(line)")
      #expect(parts.digest == whole.digest, "\(line)")
    }
    #expect(parts.session.cells.map(\.output) == whole.session.cells.map(\.output))
  }

  @Test(arguments: [
    "run 1h", "run 1h --as long", "run 1h --warmup 30m --as long", "run 10h --warmup 1s  # night",
    "run --requests 1000000", "run --until queue > 100000", "run --again",
    "run --again --warmup 2s --as more", "run 1h \\\n --as long", "run --events 1000000",
    "send 1000 --rate 50/s", "send 1000  # one by one", "send 90 --together --work exp(1s)",
    "send 500 --events 100000",
  ])
  func whatWasStoppedReplaysToTheSamePlace(line: String) throws {
    for (chunks, events) in [(0, 1), (1, 1), (1, 2), (7, 3), (3, 100)] {
      var talk = Talk()
      talk.say(all: ["spawn 2", "load poisson 10/s", "run 60s --warmup 20s"])
      let position = talk.session.world.position
      guard talk.stop(line, after: chunks, of: events) != nil else {
        Issue.record("\(line) was over")
        continue
      }
      let input = try #require(talk.inputs.last)
      #expect(input.contains(" --events "))
      #expect(input.hasSuffix("stopped"))
      let replayed = talk.replayed
      #expect(replayed.digest == talk.digest, "\(input)")
      #expect(replayed.session.time == talk.session.time)
      #expect(replayed.session.state.runs.map(\.name) == talk.session.state.runs.map(\.name))
      if !line.contains("again"), !line.contains("warmup") {
        #expect(talk.session.world.position == position + chunks * events)
      }
      var later = replayed
      #expect(later.say("run 9s") == talk.say("run 9s"))
    }
  }

  @Test func writesDownWhatWasStopped() {
    var talk = Talk()
    talk.say(all: ["spawn 2", "load constant 10/s"])
    _ = talk.stop("run 1h --warmup 10s --as long", after: 2, of: 50)
    #expect(
      talk.inputs.last
        == "run --events 100 --warmup 10s --as long  # run 1h --warmup 10s --as long, stopped")
    _ = talk.stop("send 100 --rate 7/s # slowly", after: 1, of: 10)
    #expect(talk.inputs.last == "send 100 --rate 7/s --events 10  # stopped")
  }

  @Test func keepsEverythingThatWasTyped() {
    var talk = Talk()
    talk.say(all: ["spawn 2", "spwan", "", "  ", "undo", "send 2"])
    #expect(talk.session.history == ["spawn 2", "spwan", "undo", "send 2"])
  }

  @Test func keepsTheLatestStateEvenIfItIsLarge() {
    var talk = Talk()
    talk.say(all: ["spawn 100000", "spawn 100000", "spawn 100000", "spawn 100000"])
    for _ in 0..<12 { talk.say("spawn 100000 --cpu 2") }
    let digest = talk.digest
    talk.say("run 1ms")
    talk.say("undo")
    #expect(talk.digest == digest)
  }

  @Test func theTableHasNoFlaws() {
    let specs = Commands.all.map { $0.spec }
    #expect(Grammar(specs).flaws == [])
    let groups = [
      "fleet", "traffic", "policy", "time", "seeing", "experiment", "learning", "notebook",
    ]
    for spec in specs {
      #expect(!spec.summary.isEmpty && spec.summary.hasSuffix("."), "\(spec.name)")
      #expect(!spec.examples.isEmpty, "\(spec.name)")
      #expect(groups.contains(spec.group), "\(spec.name)")
    }
  }
}
