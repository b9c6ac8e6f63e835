import Notebook
import Testing

/// What `send` follows and shows.
struct SendTests {
  /// The lines after some others.
  private func shown(_ lines: String...) -> [String] {
    var talk = Talk()
    return talk.say(all: lines)
  }

  @Test func waitsForEachRequest() {
    #expect(shown("spawn 2", "send 3") == [])
    #expect(shown("spawn 2", "send") == [])
  }

  @Test func overlapsAtARate() {
    #expect(shown("spawn 2", "send 4 --rate 20/s") == [])
  }

  @Test func sendsTogether() {
    #expect(shown("spawn 2", "send 4 --together --work 50ms") == [])
  }

  @Test func pausesTime() {
    #expect(shown("spawn 2", "send 3 --paused") == [])
  }

  @Test func holdsUntilFinished() {
    var talk = Talk()
    talk.say("spawn 1")
    #expect(talk.say("send 2 --hold") == [])
    #expect(talk.say("finish r1") == [])
    #expect(talk.say("run 1s") == [])
    #expect(talk.say("finish r2") == [])
    #expect(talk.say("finish r2") == [])
  }

  @Test func showsWhatWasRefused() {
    #expect(shown("send 2") == [])
    #expect(shown("spawn 1 --queue 1", "send 3 --together") == [])
    #expect(shown("spawn 1 --memory 1MiB", "send 1 --memory 2MiB") == [])
  }

  @Test func showsWhatIsCutOff() {
    #expect(
      shown("spawn 1", "scale demand --target 1/s --max 3 --drain 1s", "send 2 --together --work 1h")
        == [])
  }

  @Test func foldsTheTableButNotTheResult() {
    var talk = Talk()
    talk.say("spawn 1")
    let lines = talk.say("send 100 --rate 5/s")
    #expect(lines.count < 25)
    #expect(talk.session.cells.last?.output?.result.text.split(separator: "{").count == 102)
  }

  @Test func givesEveryKey() {
    var talk = Talk()
    #expect(talk.result(of: "send") == "")
    talk.say("spawn 1")
    #expect(talk.result(of: "send") == "")
    #expect(talk.result(of: "send --paused") == "")
  }

  @Test(arguments: [
    ("send 0", []),
    ("send 3 --rate 5/s --together", []),
    ("send 3 --rate 5", []),
    ("send 3 --work -1ms", []),
    ("send three", []),
    ("send 3 --wrok 5ms", []),
    ("send 3 --key zipf", []),
    ("send 99999999999999999999", []),
  ])
  func explainsMistakes(line: String, shown: [String]) {
    var talk = Talk()
    talk.say("spawn 1")
    let before = talk.digest
    #expect(talk.say(line) == shown)
    #expect(talk.digest == before)
    #expect(talk.inputs == ["spawn 1"])
  }

  @Test func mixesWithALoad() {
    #expect(shown("spawn 2", "load constant 10/s --work 150ms", "send 2") == [])
  }
}
