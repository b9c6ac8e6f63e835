import Cloud
import Lessons
import Notebook
import Testing

/// Going through a lesson from its first to its last page.
@Suite struct WalkTests {
  @Test func beginsWithTheFirstCommand() {
    var talk = Talk(Specimens.shelf)
    #expect(
      talk.say("learn 1") == [
        "01  One queue or two  5 minutes", "Two desks  page 1/3",
        "A desk serves one guest at a time.", "Rent two of them.", "Enter runs: spawn 2",
      ])
    #expect(talk.servers == 0)
    #expect(
      talk.say("") == ["s1..s2 in service: 1 cpu, 1GiB, $0.04 per hour", "Enter runs: send 3"])
    #expect(talk.session.seed == 3)
    #expect(talk.session.cells.map(\.input) == ["spawn 2"])
  }

  @Test func goesOnWithNextAsWithEnter() {
    var talk = Talk(Specimens.shelf)
    talk.say(["learn one", "next", "next"])
    #expect(talk.session.world.arrived == 3)
    #expect(
      talk.say("next") == [
        "Nobody waited: 0s on average.", "Which desk is busier?", "  a) the first", "  b) neither",
        "type a letter",
      ])
    #expect(
      talk.say("a") == [
        "✗ not a) the first", "It only began.", "it is b) neither", "Turns are taken.",
        "Enter goes on",
      ])
    #expect(
      talk.say("") == [
        "Predict, then run  page 2/3", "Ten more guests: how many fail?", "  a) none", "  b) some",
        "what do you expect? type a letter; the run will tell",
      ])
  }

  @Test(arguments: [
    (
      "a", ["✓ as you expected: a) none", "  failed is 0", "Nothing breaks here."],
      Logbook.Answer.Verdict.right
    ),
    (
      "b",
      [
        "✗ you expected b) some", "  it is a) none", "  failed is 0",
        "Which desk would have broken?", "Nothing breaks here.",
      ], .wrong
    ),
  ])
  func judgesAPredictionByTheRun(letter: String, lines: [String], verdict: Logbook.Answer.Verdict) {
    var talk = Talk(Specimens.shelf)
    talk.say(["learn desks", "goto guess"])
    #expect(
      talk.say(letter) == ["you expect \(letter); the run will tell", "Enter runs: send 10"])
    #expect(talk.page("guess")?.answers.map(\.verdict) == [.locked])
    #expect(talk.say("").suffix(lines.count + 1) == (lines + ["Enter goes on"])[...])
    #expect(talk.page("guess")?.answers.map(\.verdict) == [verdict])
    #expect(talk.say("") == ["That is all.", "Enter goes on to: Your turn"])
    #expect(talk.page("guess")?.outcome == .done)
    #expect(talk.say("").first == "Your turn  page 3/3")
  }

  @Test func announcesAGoalAndWaits() {
    var talk = Talk(Specimens.shelf)
    talk.say("learn 01")
    #expect(
      talk.say("goto 3") == [
        "Your turn  page 3/3", "Open a third desk.",
        "your turn: check says what is missing, hint helps, solution shows one way",
      ])
    #expect(talk.session.cells.map(\.input) == ["spawn 2", "send 3", "send 10", "kill s2"])
    #expect(talk.say("spawn 1") == ["s3 in service: 1 cpu, 1GiB, $0.04 per hour"])
    #expect(
      talk.say("spawn 1") == [
        "s4 in service: 1 cpu, 1GiB, $0.04 per hour", "✓ goal reached",
        "solution shows another way and why; Enter goes on",
      ])
    #expect(talk.page("goal")?.outcome == .done)
    #expect(talk.say("spawn 1") == ["s5 in service: 1 cpu, 1GiB, $0.04 per hour"])
    #expect(
      talk.say("") == [
        "your own world is kept: switch mine leads to it",
        "that was One queue or two; next comes learn 02 (in-order)",
      ])
    #expect(talk.say("switch mine").isEmpty == false)
    #expect(talk.servers == 5)
  }

  @Test func aNextOnAnUnmetGoalSaysWhatIsMissingAndThenGivesWay() {
    var talk = Talk(Specimens.shelf)
    talk.say(["learn 01", "goto 3"])
    let missing = "✗ there are 1 desks, and it takes three"
    #expect(talk.say("next") == [missing, "press Enter once more to leave it"])
    #expect(talk.page("goal")?.tries == 1)
    #expect(talk.say("check") == [missing, "hint may help"])
    #expect(talk.say("") == [missing, "hint may help", "press Enter once more to leave it"])
    #expect(talk.say("") == ["that was One queue or two; next comes learn 02 (in-order)"])
    #expect(talk.page("goal")?.outcome == .skipped)
  }

  @Test func strictlyNothingIsLeft() {
    var talk = Talk(Specimens.shelf)
    talk.say(["learn 01 --strict", "goto 3", "next", "next"])
    #expect(talk.say("next").first == "✗ there are 1 desks, and it takes three")
    #expect(talk.page("goal")?.outcome == .open)
    talk.say("goto guess")
    #expect(talk.say(["next", "next"]) == ["the question is open: answer it"])
  }

  @Test func asksForAnAnswerOnce() {
    var talk = Talk(Specimens.shelf)
    talk.say(["learn 01", "goto guess"])
    #expect(
      talk.say("") == ["the question is open: answer it", "press Enter once more to leave it"])
    #expect(talk.say("") == ["Enter runs: send 10"])
    #expect(talk.page("guess")?.answers.map { "\($0.letters) \($0.verdict)" } == ["- skipped"])
  }

  @Test func takesAnOrder() {
    var talk = Talk(Specimens.shelf)
    let lines = talk.say("learn 2")
    let options = lines.filter { $0.hasPrefix("  ") }
    #expect(options.map { $0.dropFirst(5) }.sorted() == ["send", "show", "spawn"])
    #expect(talk.servers == 1)
    func letter(_ word: String) -> Character {
      options.first { $0.hasSuffix(word) }?.dropFirst(2).first ?? "-"
    }
    let right = String(["spawn", "send", "show"].map(letter))
    #expect(right != "abc")
    #expect(talk.say(String(right.reversed())) == ["✗ not yet: the first line is another"])
    #expect(talk.say("answer ab").first == "error: an order names each of the 3 letters once")
    #expect(talk.say(right) == ["✓ that is the order", "No desk, no guest.", "Enter goes on"])
    #expect(talk.say("") == ["Enter runs: send 1 --rate 7"])
    #expect(talk.say("").last == "Enter runs: send 1")
  }

  @Test func showsNotesToPresentersOnly() {
    var talk = Talk(Specimens.shelf)
    talk.say("learn 01 --present")
    #expect(talk.say("goto 3").contains("Let them count.") == false)
    var order = Talk(
      Shelf([
        "lessons/01-a.md": "# A\n\n```note\nAsk first.\n```\n\n```cloud\ncloud> spawn 1\n```\n"
      ]))
    #expect(order.say("learn 1 --present").contains("Ask first."))
    #expect(order.say("learn 1").contains("Ask first.") == false)
  }
}
