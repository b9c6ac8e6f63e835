import Lessons
import Notebook
import Testing

/// Hints and solutions.
@Suite struct HelpTests {
  private func atGoal() -> Talk {
    var talk = Talk(Specimens.shelf)
    talk.say(["learn 01", "goto 3"])
    return talk
  }

  @Test func hintsComeInTiersThatFitTheState() {
    var talk = atGoal()
    #expect(talk.say("hint") == ["One desk is gone: how many are left?"])
    #expect(
      talk.say("hint") == [
        "One desk is gone: how many are left?", "once more for the next hint",
      ])
    #expect(talk.say("hint") == ["spawn rents desks."])
    talk.say("check")
    #expect(talk.say("hint") == ["Type spawn 2."])
    talk.say("check")
    #expect(talk.say("hint") == ["there are no more hints for this; solution shows one way"])
    #expect(talk.page("goal")?.hints == 3)
  }

  @Test func skipsHintsThatDoNotFit() {
    var talk = atGoal()
    talk.say("spawn 1")
    #expect(talk.say("hint") == ["spawn rents desks."])
  }

  @Test func aSolutionIsShownAndNoted() {
    var talk = atGoal()
    #expect(
      talk.say("solution") == [
        "    spawn 2", "Two more, since one is gone.",
        "solution run runs it from where the task begins",
      ])
    #expect(talk.page("goal")?.outcome == .shown)
    talk.say("spawn 2")
    #expect(talk.page("goal")?.outcome == .shown)
  }

  @Test func aSolutionRunsFromWhereTheTaskBegins() {
    var talk = atGoal()
    talk.say("spawn 1")
    #expect(
      talk.say("solution run") == [
        "your own world is kept: switch mine leads to it", "spawn 2",
        "s3..s4 in service: 1 cpu, 1GiB, $0.04 per hour", "✓ goal reached",
        "solution shows another way and why; Enter goes on",
      ])
    #expect(talk.page("goal")?.outcome == .shown)
    talk.say("undo")
    #expect(talk.session.cells.last?.input == "spawn 1")
  }

  @Test func aSolutionToAChoiceIsNoAnswer() {
    var talk = Talk(Specimens.shelf)
    talk.say(["learn 01", "", "", ""])
    #expect(talk.say("solution") == ["it is b) neither", "Turns are taken.", "Enter goes on"])
    #expect(talk.page("two")?.answers.map { "\($0.letters) \($0.verdict)" } == ["- skipped"])
  }

  @Test(arguments: [
    ("check", "error: there is no task here"), ("hint", "error: this page has no hints"),
    ("solution", "error: this page has no task"), ("solution run", "error: there is no task here"),
    ("answer a", "error: no question is open"), ("goto 9", "error: there is no page 9"),
    ("goto nowhere", "error: there is no page nowhere"),
    ("learn 77", "error: there is no lesson 77"),
    ("learn no/file.md", "error: no/file.md cannot be read"),
    ("progress import nothing", "error: nothing cannot be read"),
    ("progress reset 99", "error: there is no lesson 99"),
  ])
  func mistakes(line: String, error: String) {
    var talk = Talk(Specimens.shelf)
    talk.say("learn 01")
    #expect(talk.say(line).first == error)
    #expect(talk.say("learn").last == "Enter runs: spawn 2")
  }

  @Test func listsLessonsAndPages() {
    var talk = Talk(Specimens.shelf)
    #expect(
      talk.say("lessons") == [
        "    lesson            minutes  progress", "───────────────────────────────────────",
        "01  One queue or two        5",
        "02  In order", "learn 01 begins the first",
      ])
    talk.say(["learn 01", "", "", "", "b"])
    #expect(
      talk.say("pages") == [
        "1  Two desks          you are here  begun", "2  Predict, then run", "3  Your turn",
      ])
    talk.say("")
    #expect(talk.say("lessons")[2] == "01  One queue or two        5  1/3 pages")
  }

  @Test func everyExampleCanBeTyped() {
    #expect(Talk(Specimens.shelf).session.grammar.flaws == [])
  }
}
