import Display
import Lessons
import Notebook
import Testing

/// The test of tests: a good lesson passes, and each way of being wrong is found.
@Suite struct LessonTestTests {
  private func test(_ text: String, known: [String]? = nil) -> LessonTest {
    LessonTest(
      Array(text.utf8), path: "a.md", commands: Commands.all, known: known, on: Shelf())
  }

  @Test(arguments: [Specimens.desks, Specimens.order, LessonTemplate.text(slug: "mine")])
  func goodLessonsPass(text: String) {
    let test = test(text)
    #expect(test.problems == [])
    #expect(test.updated == text)
  }

  @Test func countsWhatItLookedAt() {
    let test = test(Specimens.desks)
    #expect(test.commands == 8)
    #expect(test.checks == 4)
    #expect(
      test.blocks().flatMap { $0.lines(on: .notebook) }.map(\.plain) == [
        "a.md: ok, 8 commands, 4 checks"
      ])
  }

  struct Spoiled: Sendable, CustomTestStringConvertible {
    let old: String
    let new: String
    let found: String

    var testDescription: String { "\(old) -> \(new)" }
  }

  static let spoiled = [
    Spoiled(
      old: "s1..s2 in service: 1 cpu", new: "s1..s2 in service: 2 cpu",
      found: "17: spawn 2 prints something else"),
    Spoiled(
      old: "`0s`<!--", new: "`1s`<!--", found: "23: wait.mean is 0s, the prose says 1s"),
    Spoiled(
      old: "wait.mean", new: "wait.men", found: "23: wait.men: nothing is called 'wait.men'"),
    Spoiled(
      old: "when failed > 0", new: "when failed >= 0",
      found: "36: one option has to hold after the next cell, but the options a, b all hold "
        + "(failed is 0)"),
    Spoiled(
      old: "when failed == 0", new: "when failed == 1",
      found: "36: one option has to hold after the next cell, but no option holds (failed is 0)"),
    Spoiled(
      old: "expect servers >= 3", new: "expect servers >= 1",
      found: "60: the untouched beginning passes the check, which it must not"),
    Spoiled(
      old: "expect servers >= 3", new: "expect servers >= 4",
      found: "64: this answer has to pass the check, which says: there are 3 desks, and it takes "
        + "three"),
    Spoiled(
      old: " else there are {servers} desks, and it takes three", new: "",
      found: "61: the check needs words for when it does not hold: else …"),
    Spoiled(old: "{servers} desks", new: "{sorvers} desks", found: "61: "),
    Spoiled(
      old: "reject one is not enough\ncloud> spawn 1", new: "reject two\ncloud> spawn 2",
      found: "76: this answer passes the check, which it must not"),
    Spoiled(old: "```cloud reject", new: "```cloud skip", found: "60: the task has no reject"),
    Spoiled(
      old: "```cloud solution", new: "```cloud accept", found: "60: the task has no solution"),
    Spoiled(
      old: "```cloud check", new: "```cloud skip", found: "64: there is no check on this page"),
    Spoiled(old: "kill s2", new: "kill s9", found: "57: kill s9 fails: there is no server s9"),
    Spoiled(
      old: "hint when servers", new: "hint when sorvers",
      found: "81: sorvers == 1: nothing is called"),
    Spoiled(old: "minutes: 5", new: "needs: nobody", found: "4: there is no lesson nobody"),
    Spoiled(
      old: "id: guess", new: "id: two", found: "33: the page on line 11 has the id `two` too"),
    Spoiled(
      old: "```note", new: "```cloud\ncloud> spawn 1\n...\n```\n\n```note",
      found: "93: a cell after the task; begin a new page before it with ##"),
  ]

  @Test(arguments: spoiled)
  func findsWhatIsWrong(case spoiled: Spoiled) {
    let text = Specimens.desks.replacing(spoiled.old, with: spoiled.new)
    #expect(text != Specimens.desks)
    let found = test(text, known: ["desks"]).problems.map { "\($0.line): \($0.message)" }
    #expect(found.contains { $0.hasPrefix(spoiled.found) }, "\(found)")
  }

  @Test func updatesOutputsAndValuesOnly() {
    let text = Specimens.desks
      .replacing("s1..s2 in service: 1 cpu", with: "old").replacing("`0s`<!--", with: "`9s`<!--")
      .replacing("s3..s4 in service: 1 cpu, 1GiB, $0.04 per hour", with: "old\nlines")
    let test = test(text)
    #expect(test.problems.count == 3)
    #expect(test.updated == Specimens.desks)
  }

  @Test func showsADiff() {
    let test = test("# A\n\n```cloud\ncloud> spawn 1\nno\n```\n")
    #expect(
      test.blocks().flatMap { $0.lines(on: .notebook) }.map(\.plain) == [
        "a.md:4: spawn 1 prints something else", "- no",
        "+ s1 in service: 1 cpu, 1GiB, $0.04 per hour", "a.md: 1 problem, 1 command, 0 checks",
      ])
  }

  @Test func testsWhatASessionSaves() {
    var session = Session(commands: Commands.all, seed: 9)
    for line in ["spawn 2", "load poisson 5/s --work exp(100ms)", "run 60s", "send 2"] {
      _ = session.applyWholly(line, on: Shelf())
    }
    let text = NotebookWriter.text(of: session.notebook)
    #expect(session.cells.count == 4)
    #expect(test(text).problems == [])
  }

  @Test func comparesMistakes() {
    let text = """
      ```cloud
      cloud> spwan 3
             ^~~~~
      ...
      try: spawn 3
      ```

      """
    #expect(test(text).problems == [])
    #expect(test(text.replacing("try: spawn 3", with: "try: spawn 4")).problems.count == 1)
  }

  @Test func anUpdateIsNoFailure() {
    let test = test("# A\n\n```cloud\ncloud> spawn 1\nno\n```\n")
    #expect(!test.isPassed)
    #expect(test.isPassedOnceUpdated)
    #expect(
      test.blocks(updating: true).flatMap { $0.lines(on: .notebook) }.map(\.plain).last
        == "a.md: ok, 1 rewritten, 1 command, 0 checks")
  }

  /// What does not hold must not become what is expected.
  @Test(arguments: ["", "holds: servers is 2\n"])
  func anUpdateMendsNoBrokenPromise(_ expected: String) {
    let text = "```cloud\ncloud> spawn 1\n...\ncloud> expect servers == 2\n\(expected)```\n"
    let test = test(text)
    #expect(test.problems.map(\.line) == [4])
    #expect(!test.isPassedOnceUpdated)
    #expect(test.updated == text)
  }

  @Test func anUpdateRewritesAMistakeThatIsShown() {
    let text = """
      ```cloud
      cloud> spawn 1
      ...
      cloud> expect servers == 2
             ^~~~~~~~~~~~
      error: servers is 0, not 2
      ```

      """
    let test = test(text)
    #expect(test.isPassedOnceUpdated)
    #expect(test.updated.contains("error: servers is 1, not 2: 1 too little"))
  }
}
