import Cloud
import Lessons
import Notebook
import Testing

/// What was done is kept after every command, and one goes on from there.
@Suite struct ResumeTests {
  /// The same shelf before another session, as after a crash.
  private func again(_ talk: Talk) -> Talk { Talk(talk.shelf) }

  @Test func goesOnAfterACrash() {
    var talk = Talk(Specimens.shelf)
    talk.say(["learn 01", "", "", "", "b", "", "a"])
    talk = again(talk)
    #expect(
      talk.say("learn") == [
        "01  One queue or two  5 minutes", "Predict, then run  page 2/3", "Enter runs: send 10",
      ])
    #expect(talk.session.cells.map(\.input) == ["spawn 2", "send 3"])
    #expect(talk.say("").contains("✓ as you expected: a) none"))
    #expect(talk.page("two")?.outcome == .done)
  }

  /// What undo takes back was run before the crash, or before something else was tried.
  @Test(arguments: [true, false])
  func takesBackWhatTheLessonDid(crashes: Bool) {
    var talk = Talk(Specimens.shelf)
    talk.shelf["lessons/02-back.md"] = """
      ---
      title: Back
      seed: 1
      ---
      # Back

      ```cloud
      cloud> spawn 2
      cloud> send 3
      cloud> undo
      cloud> kill s2
      ```
      """
    talk = again(talk)
    talk.say(["learn 02", "", ""])
    if crashes {
      talk = again(talk)
      talk.say("learn")
    } else {
      talk.say(["kill s1", "spawn 5"])
    }
    #expect(talk.say("").contains("undone: send 3; now at 0s"))
    #expect(talk.servers == 2)
    talk.say("")
    #expect(talk.session.cells.map(\.input) == ["spawn 2", "kill s2"])
  }

  @Test func bringsBackWhatWasTypedAtATask() {
    var talk = Talk(Specimens.shelf)
    talk.say(["learn 01", "goto 3", "spawn 1", "check"])
    talk = again(talk)
    talk.say("learn 01")
    #expect(talk.session.cells.map(\.input).suffix(2) == ["kill s2", "spawn 1"])
    #expect(talk.page("goal")?.tries == 1)
    #expect(talk.say("spawn 1").contains("✓ goal reached"))
    talk = again(talk)
    talk.say("learn 01")
    #expect(!talk.say("spawn 1").contains("✓ goal reached"))
  }

  @Test func saysWhenThePageHasChanged() {
    var talk = Talk(Specimens.shelf)
    talk.say(["learn 01", "", ""])
    talk.shelf["lessons/01-one-queue.md"] = Specimens.desks.replacing("spawn 2", with: "spawn 3")
    talk = again(talk)
    #expect(
      talk.say("learn").prefix(2) == [
        "01  One queue or two  5 minutes", "this page has changed since; you are at its beginning",
      ])
    #expect(talk.session.cells.isEmpty)
  }

  @Test func proseMayChange() {
    var talk = Talk(Specimens.shelf)
    talk.say(["learn 01", ""])
    talk.shelf["lessons/01-one-queue.md"] = Specimens.desks.replacing(
      "Rent *two*", with: "Take two")
    talk = again(talk)
    #expect(talk.say("learn").last == "Enter runs: send 3")
    #expect(talk.servers == 2)
  }

  @Test func saysWhenAPageIsGone() {
    var talk = Talk(Specimens.shelf)
    talk.say(["learn 01", "goto guess"])
    talk.shelf["lessons/01-one-queue.md"] = Specimens.desks.replacing("id: guess", with: "id: ask")
    talk = again(talk)
    #expect(
      talk.say("learn").prefix(2).last == "the page guess is gone; you are at the first page")
  }

  @Test func saysWhenWhatWasTypedNoLongerRuns() {
    var talk = Talk(Specimens.shelf)
    talk.say(["learn 01", "goto 3", "spawn 2", "kill s4"])
    let text = talk.shelf["progress.txt"] ?? ""
    talk.shelf["progress.txt"] = text.replacing("spawn 2", with: "spawn 1")
    talk = again(talk)
    #expect(talk.say("learn").contains { $0.hasPrefix("what you typed here does not run any") })
    #expect(talk.session.cells.last?.input == "kill s2")
  }

  @Test func keepsAReadableFile() {
    var talk = Talk(Specimens.shelf)
    talk.say(["learn 01", "", "", "", "a", "", "b", "", "", "", "check", "spawn 1", "hint"])
    let lines = (talk.shelf["progress.txt"] ?? "").split(separator: "\n").map { line in
      line.split(separator: " ").map { $0.count == 8 && Int($0, radix: 16) != nil ? "HASH" : $0 }
        .joined(separator: " ")
    }
    #expect(
      lines == [
        "# What you did in the lessons of nepho: one line each; a line you delete is forgotten.",
        "page desks two HASH done tries 0 hints 0", "answer desks two 1 a wrong",
        "page desks guess HASH done tries 0 hints 0", "answer desks guess 1 b wrong",
        "page desks goal HASH open tries 1 hints 2", "at desks goal HASH 2 shown",
        "typed desks spawn 1",
      ])
  }

  @Test func doesNotTouchTheFileForNothing() {
    var talk = Talk(Specimens.shelf)
    talk.say(["spawn 1", "lessons"])
    #expect(talk.shelf["progress.txt"] == nil)
  }

  @Test func opensAFile() {
    let shelf = Specimens.shelf
    shelf["elsewhere/mine.md"] = "# Mine\n\nHello.\n\n```cloud\ncloud> spawn 1\n```\n"
    var talk = Talk(shelf)
    #expect(
      talk.say("learn elsewhere/mine.md") == [
        "Mine", "Mine  page 1/1", "Hello.", "Enter runs: spawn 1",
      ])
  }
}

extension String {
  /// The text with each occurrence of a piece exchanged.
  func replacing(_ old: String, with new: String) -> String {
    var rest = self[...]
    var text = ""
    while let range = rest.firstRange(of: old) {
      text += rest[..<range.lowerBound] + new
      rest = rest[range.upperBound...]
    }
    return text + rest
  }
}
