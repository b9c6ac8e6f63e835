import Cloud
import Notebook
import Simulation
import Testing

/// How `step` tells events, and what it leads to.
struct StepTests {
  private static let answer = Answer(
    id: RequestID(number: 3), server: ServerID(0), arrival: .zero, start: .zero,
    finish: Instant(nanoseconds: 100_000_000))
  private static let again = RequestID(number: 3, attempt: 2)

  @Test(arguments: [
    (Event.What.arrived(RequestID(number: 3), on: ServerID(1), behind: 0), ""),
    (.arrived(RequestID(number: 3), on: ServerID(1), behind: 1), ""),
    (.arrived(again, on: ServerID(1), behind: 2), ""),
    (.refused(RequestID(number: 3), .noServer, by: nil, again: false), ""),
    (.refused(RequestID(number: 3), .queueFull, by: ServerID(0), again: true), ""),
    (.refused(RequestID(number: 3), .memoryFull, by: ServerID(0), again: false), ""),
    (.finished(answer, next: nil), ""),
    (.finished(answer, next: RequestID(number: 4)), ""),
    (.wasted(RequestID(number: 3), on: ServerID(0), next: RequestID(number: 4)), ""),
    (.timedOut(RequestID(number: 3), on: ServerID(0), again: false), ""),
    (.timedOut(RequestID(number: 3), on: ServerID(0), again: true), ""),
    (.booted(ServerID(2)), ""),
    (.left(ServerID(2), cut: 0), ""),
    (.left(ServerID(2), cut: 1), ""),
    (.checked(policy: "main", change: 0), ""),
    (.checked(policy: "main", change: 1), ""),
    (.checked(policy: "main", change: -2), ""),
  ])
  func tellsEachEvent(what: Event.What, words: String) {
    #expect(EventWords.line(Event(time: .zero, what: what)).plain == words)
  }

  @Test func tellsAFewEvents() {
    var talk = Talk()
    talk.say(all: ["spawn 2", "send 3 --together --paused"])
    #expect(talk.say("step") == [])
    #expect(talk.say("step 100") == [])
    #expect(talk.say("step") == [])
    #expect(talk.say("step 1s") == [])
  }

  @Test func givesEveryKey() {
    var talk = Talk()
    talk.say(all: ["spawn 1", "send --paused"])
    #expect(talk.result(of: "step 2") == "")
  }

  @Test func saysWhenItStopsBeforeTheTime() {
    var talk = Talk()
    talk.say(all: ["spawn 1", "load constant 1000/s"])
    let lines = talk.say("step 10h")
    #expect(lines.last == "")
    #expect(talk.session.world.position == 100_000)
  }

  @Test(arguments: ["step 0", "step 5 5", "step 1x", "step -3", "step 100001", "step 99999999999999999h"])
  func explainsMistakes(line: String) {
    var talk = Talk()
    talk.say(all: ["spawn 1", "send 2 --paused"])
    let before = talk.digest
    #expect(talk.say(line).contains { $0.hasPrefix("error: ") })
    #expect(talk.digest == before)
  }
}
