import Cloud
import Notebook
import Testing

/// What `save` writes and `open` reads.
struct SaveTests {
  @Test func opensWhereItWasSaved() throws {
    var talk = Talk(seed: 5)
    talk.say(all: [
      "spawn 2", "load poisson 10/s --work exp(100ms)", "run 5s", "oops", "undo", "run 3s",
      "fork calm", "balance random", "step 9", "back 3", "send 2 --rate \\\n 5/s",
    ])
    _ = talk.stop("run 1h", after: 3, of: 9)
    #expect(
      talk.say("save mine.md")
        == ["mine.md: 9 cells; open it again with: open mine.md"])
    let text = try #require(talk.disk.text(at: "mine.md"))
    let (notebook, problems) = NotebookReader.read(Array(text.utf8))
    #expect(problems == [])
    #expect(NotebookWriter.text(of: notebook) == text)
    #expect(notebook.inputs == talk.inputs)
    var other = Talk()
    other.disk.put(text, at: "mine.md")
    let shown = other.say("open mine.md")
    #expect(other.digest == talk.digest)
    #expect(other.session.cells.map(\.output) == talk.session.cells.map(\.output))
    #expect(other.session.firstSeed == 5)
    #expect(shown.last?.hasPrefix("mine.md: 9 cells replayed, now at ") == true)
    #expect(other.session.history == ["open mine.md"])
    other.say("save again.md")
    #expect(other.disk.text(at: "again.md") == text)
  }

  @Test func opensInChunks() {
    var whole = Talk()
    whole.disk.put(
      "```cloud\ncloud> spawn 2\ncloud> load poisson 9/s\ncloud> run 9s\n```\n", at: "a.md")
    var parts = Talk()
    parts.disk.put(whole.disk.text(at: "a.md") ?? "", at: "a.md")
    let shown = whole.say("open a.md")
    #expect(parts.say("open a.md", inChunksOf: 1) == shown)
    #expect(parts.digest == whole.digest)
  }

  @Test func undoBringsTheSessionBefore() {
    var talk = Talk(seed: 3)
    talk.say(all: ["spawn 2", "send 3"])
    let digest = talk.digest
    talk.disk.put("---\nseed: 9\n---\n\n```cloud\ncloud> spawn\n```\n", at: "a.md")
    talk.say("open a.md")
    #expect(talk.session.firstSeed == 9)
    talk.say(all: ["undo", "undo"])
    #expect(talk.digest == digest)
    #expect(talk.session.firstSeed == 3)
    #expect(talk.inputs == ["spawn 2", "send 3"])
  }

  @Test func doesNotReplayWhatOnlyAccompanies() {
    var talk = Talk()
    talk.disk.put(
      "```cloud\ncloud> spawn\ncloud> open a.md\ncloud> save b.md\ncloud> quit\ncloud> spawn\n```\n",
      at: "a.md")
    talk.say("open a.md")
    #expect(talk.inputs == ["spawn", "spawn"])
    #expect(talk.disk.text(at: "b.md") == nil)
    #expect(!talk.session.hasQuit)
  }

  @Test func aMistakeInAFileChangesNothing() {
    var talk = Talk()
    talk.say("spawn 2")
    let digest = talk.digest
    talk.disk.put("```cloud\ncloud> spawn\ncloud> spwan\n```\n", at: "bad.md")
    talk.disk.put("nothing\n", at: "empty.md")
    talk.disk.put("```cloud\ncloud> spawn\n", at: "open.md")
    for (line, words) in [
      ("open bad.md", "error: bad.md: 'spwan': no command is called 'spwan'"),
      ("open empty.md", "error: there is no cell in empty.md"),
      ("open open.md", "error: open.md:1"), ("open none.md", "error: there is no file none.md"),
      ("save /locked/a.md", "error: /locked/a.md cannot be written"),
      ("save", "error: save needs file: a file"),
    ] {
      #expect(talk.say(line).contains { $0.hasPrefix(words) }, "\(line)")
    }
    #expect(talk.digest == digest)
    #expect(talk.inputs == ["spawn 2"])
  }
}
