import Cloud
import Lessons
import Notebook
import Testing

/// Whatever one does beside a lesson, the lesson goes on from where it was.
@Suite struct FreePlayTests {
  @Test func keepsTheLearnersWorldAndGoesOn() {
    var talk = Talk(Specimens.shelf)
    talk.say(["learn 01", "", "spawn 7", "run 1s"])
    #expect(talk.servers == 9)
    let lines = talk.say("")
    #expect(lines.contains("your own world is kept: switch mine leads to it"))
    #expect(talk.servers == 2)
    #expect(talk.session.cells.map(\.input) == ["spawn 2", "send 3"])
    talk.say("switch mine")
    #expect(talk.servers == 9)
    talk.say("learn")
    #expect(talk.servers == 2)
  }

  @Test func lookingIsNoDetour() {
    var talk = Talk(Specimens.shelf)
    talk.say(["learn 01", "", "lessons", "pages", "spwan"])
    #expect(!talk.say("").contains { $0.hasPrefix("your own world") })
  }

  @Test func takesTheLessonsCommandTypedByHand() {
    var talk = Talk(Specimens.shelf)
    talk.say("learn 01")
    #expect(talk.say("spawn 2").last == "Enter runs: send 3")
    talk.say("spawn 1")
    #expect(talk.say("send 3").last != "Nobody waited: 0s on average.")
    #expect(talk.servers == 3)
    #expect(talk.say("learn").last == "Enter runs: send 3")
    #expect(talk.servers == 2)
  }

  @Test func undoIsADetourToo() {
    var talk = Talk(Specimens.shelf)
    talk.say(["learn 01", "", "undo"])
    #expect(talk.servers == 0)
    talk.say("")
    #expect(talk.session.world.arrived == 3)
    #expect(talk.servers == 2)
  }

  @Test func aFailedLessonCommandStays() {
    let file = "# A\n\n```cloud\ncloud> stop s9\nstopped\ncloud> spawn 1\n```\n"
    var talk = Talk(Shelf(["lessons/01-a.md": file]))
    talk.say("learn 1")
    #expect(talk.say("").first?.hasPrefix("error: ") == true)
    #expect(talk.say("").first?.hasPrefix("error: ") == true)
  }

  @Test func enterMeansNothingWithoutALesson() {
    var talk = Talk(Specimens.shelf)
    #expect(talk.say("") == [])
    #expect(
      talk.say("next") == [
        "error: no lesson is open", "lessons lists them; learn 01 opens the first",
      ])
    #expect(talk.say("a").first?.hasPrefix("error: ") == true)
  }

  @Test func isKeptWhenALessonOpens() {
    var talk = Talk(Specimens.shelf)
    talk.say("spawn 4")
    #expect(talk.say("learn 01")[1] == "your own world is kept: switch mine leads to it")
    talk.say("undo")
    #expect(talk.servers == 4)
  }

  @Test func canBeStopped() {
    var talk = Talk(Specimens.shelf)
    talk.say("learn 01")
    guard case .working = talk.session.apply("goto 3", on: talk.shelf) else {
      Issue.record("goto was done at once")
      return
    }
    guard case .done(let effects) = talk.session.interrupt() else { return }
    #expect(effects.count == 1)
    #expect(talk.session.cells.isEmpty)
    #expect(talk.say("learn").last == "Enter runs: spawn 2")
  }

  @Test(arguments: [1, 7, 65_536])
  func arrivesAtTheSamePlaceInChunksOfAnySize(events: Int) {
    var talk = Talk(Specimens.shelf)
    talk.say("learn 01")
    var turn = talk.session.apply("goto 3", on: talk.shelf)
    while case .working = turn { turn = talk.session.resume(events: events) }
    #expect(talk.session.cells.map(\.input) == ["spawn 2", "send 3", "send 10", "kill s2"])
    #expect(talk.session.world.arrived == 13)
  }
}
