import Lessons
import Testing

@Suite struct LogbookTests {
  private static let text = """
    # What you did in the lessons of nepho: one line each; a line you delete is forgotten.
    page desks two 0123abcd done tries 0 hints 0
    answer desks two 1 a wrong
    page desks goal 89abcdef shown tries 3 hints 2
    at desks goal 89abcdef 2 shown
    typed desks spawn  2
    typed desks define balancer x =\\n  least \\\\ active
    at order start 00000000 1 ahead

    """

  @Test func readsWhatItWrites() {
    let (logbook, damaged) = Logbook.read(Self.text)
    #expect(damaged == [])
    #expect(logbook.text == Self.text)
    #expect(
      logbook.place(in: "desks")?.own == [
        "spawn  2", "define balancer x =\n  least \\ active",
      ])
    #expect(logbook.page("goal", of: "desks")?.hints == 2)
  }

  @Test(arguments: [
    "page desks", "page desks two 0123abcd great tries 0 hints 0", "what is this",
    "page desks two 0123abcd done tries -1 hints 0", "answer desks nowhere 1 a right",
    "answer desks two 0 a right", "at desks goal 89abcdef -1 shown", "at desks goal 89abcdef 2 now",
    "typed nobody spawn 1", "page desks two 0123abcd open tries 0 hints 0",
  ])
  func putsDamagedLinesAside(line: String) {
    let (logbook, damaged) = Logbook.read(Self.text + line + "\n")
    #expect(damaged == [9])
    #expect(logbook.unreadable == [line])
    #expect(logbook.text == Self.text + "# unreadable: \(line)\n")
    let (again, none) = Logbook.read(logbook.text)
    #expect(none == [])
    #expect(again == logbook)
  }

  @Test func mergesWhatIsFurther() {
    var mine = Logbook.read(Self.text).logbook
    let other = Logbook.read(
      """
      page desks two 0123abcd skipped tries 9 hints 0
      page desks goal 89abcdef done tries 1 hints 0
      page order start 00000000 done tries 0 hints 0
      at desks two 0123abcd 0 shown
      at other start 00000000 0 shown
      """
    ).logbook
    mine.merge(other)
    #expect(mine.pages.map(\.outcome.rawValue) == ["done", "done", "done"])
    #expect(mine.pages.map(\.tries) == [0, 1, 0])
    #expect(mine.place(in: "desks")?.page == "goal")
    #expect(mine.place(in: "other") != nil)
    let once = mine
    mine.merge(other)
    #expect(mine == once)
  }

  @Test func forgets() {
    var logbook = Logbook.read(Self.text + "noise\n").logbook
    logbook.forget("desks")
    #expect(logbook.pages.isEmpty)
    #expect(logbook.places.map(\.lesson) == ["order"])
    logbook.forget(nil)
    #expect(logbook == Logbook())
  }

  @Test func reportsDamageAndKeepsIt() {
    let shelf = Specimens.shelf
    shelf["progress.txt"] = "nonsense\n"
    var talk = Talk(shelf)
    #expect(
      talk.say("learn 01")[1]
        == "line 1 of progress.txt could not be read and was put aside")
    #expect(shelf["progress.txt"]?.contains("# unreadable: nonsense\n") == true)
  }

  @Test func travels() {
    let shelf = Specimens.shelf
    var talk = Talk(shelf)
    talk.say(["learn 01", "", "", "", "b", ""])
    #expect(talk.say("progress export p.txt") == ["2 pages written to p.txt"])
    #expect(talk.say("progress reset") == ["2 pages forgotten"])
    #expect(talk.room?.logbook.pages == [])
    #expect(talk.say("progress import p.txt") == ["2 pages taken in from p.txt"])
    #expect(
      talk.say("progress") == ["01  One queue or two  1/3 pages", "kept in progress.txt"])
    #expect(talk.say("progress reset 1") == ["2 pages of desks forgotten"])
    #expect(talk.say("progress") == ["no lesson was begun", "kept in progress.txt"])
  }
}
