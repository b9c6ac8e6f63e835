import LineEditor
import TestSupport
import Testing

#if canImport(Darwin)
import Darwin
#else
import Glibc
#endif

extension ReadingTests {
  @Test func thePromptTheWordsAndTheHintHaveTheirLooks() throws {
    let typist = try Typist()
    #expect(typist.begins())
    typist.type("spawn")
    #expect(typist.sees("cloud> spawn 5 --cpu 2"))
    #expect(typist.screen.look(of: "cloud") == "32")
    #expect(typist.screen.look(of: "spawn") == "1")
    #expect(typist.screen.look(of: "5 --") == "2")
    #expect(typist.screen.cursor == (0, 12))
    typist.type("\u{1b}[D")
    #expect(typist.sees("cloud> spawn"))
    typist.type("\u{1b}[C")
    #expect(typist.sees("cloud> spawn 5 --cpu 2"))
    typist.type("\r")
    #expect(typist.line() == .cell("spawn"))
    #expect(typist.sees("cloud> spawn", "cloud>"))
    #expect(typist.screen.look(of: "spawn") == "1")
  }

  @Test func aHintIsCutAtTheMargin() throws {
    let typist = try Typist(columns: 18)
    #expect(typist.begins())
    typist.type("spawn")
    #expect(typist.sees("cloud> spawn 5 --"))
    #expect(typist.screen.cursor == (0, 12))
  }

  @Test(arguments: [
    ("0123456789012", ["cloud> 0123456789012"], 1, 0),
    ("01234567890123", ["cloud> 0123456789012", "3"], 1, 1),
    ("spawn 789012日", ["cloud> spawn 789012", "日"], 1, 2),
    ("spawn 78901日", ["cloud> spawn 78901日"], 1, 0),
    ("0123456789012\u{1b}\ra", ["cloud> 0123456789012", "", "a"], 2, 1),
    ("(\ra\r日", ["cloud> (", "a", "日"], 2, 2),
    ("e\u{301}x", ["cloud> e\u{301}x"], 0, 9),
    ("日本語\u{7f}\u{1b}[D", ["cloud> 日本"], 0, 9),
    ("01234567890123\u{1b}[H", ["cloud> 0123456789012", "3"], 0, 7),
    ("01234567890123\u{7f}\u{7f}", ["cloud> 012345678901"], 0, 19),
    ("a\u{1b}\rb\u{1b}\rc\u{7f}\u{7f}", ["cloud> a", "b"], 1, 1),
  ])
  func aCellIsDrawnAsLibeditBelieves(
    keys: String, rows: [String], row: Int, column: Int
  ) throws {
    let typist = try Typist(columns: 20)
    #expect(typist.begins())
    typist.type(keys)
    #expect(typist.sees { $0.lines == rows && $0.cursor == (row, column) }, "\(typist.screen)")
  }

  @Test(arguments: 3...9) func aCellAsHighAsTheScreenIsMovedThrough(count: Int) throws {
    let typist = try Typist(rows: 5)
    #expect(typist.begins())
    let cell = (1...count).map { "l\($0)" }.joined(separator: "\n")
    typist.paste(cell)
    for key in ["D", "C", "A", "B", "H", "F", "1;5D", "1;5C"] {
      typist.type("\u{1b}[\(key)x\u{7f}")
      typist.type("\u{1b}[\(key)\u{1b}[\(key)")
    }
    typist.type("\u{c}\r")
    #expect(typist.line() == .cell(cell))
  }

  @Test func aCellHigherThanTheScreenIsStillRead() throws {
    let typist = try Typist(rows: 5)
    #expect(typist.begins())
    let cell = (1...12).map { "line \($0)" }.joined(separator: "\n")
    typist.paste(cell)
    #expect(typist.sees("line 10", "line 11", "line 12"))
    typist.type("\u{1b}[A\u{1b}[Bx\u{7f}\r")
    #expect(typist.line() == .cell(cell))
  }

  // MARK: Completion

  @Test func tabListsWithSummaries() throws {
    let typist = try Typist()
    #expect(typist.begins())
    typist.type("x s\t")
    #expect(typist.sees("cloud> x s"))
    typist.type("\t")
    #expect(
      typist.sees(
        "cloud> x s", "spawn     rent servers", "send      send requests", "server-1", "server-2",
        "server-3", "cloud> x s"))
    #expect(typist.screen.look(of: "rent") == "2")
    typist.type("p\t5\r")
    #expect(typist.line() == .cell("x spawn 5"))
  }

  @Test func tabListsUnderACellOfSeveralLines() throws {
    let typist = try Typist()
    #expect(typist.begins())
    typist.type("日\u{1b}\rb\u{1b}\rc\u{1b}[A\u{1b}[A\t\t")
    #expect(
      typist.sees(
        "cloud> 日", "b", "c", "日本  Japan", "日光  Nikko", "cloud> 日", "b", "c"))
    typist.type("本\r")
    #expect(typist.line() == .cell("日本\nb\nc"))
  }

  @Test func tabListsColumns() throws {
    let typist = try Typist()
    #expect(typist.begins())
    typist.type("server-\t")
    #expect(
      typist.sees("cloud> server-", "server-1  server-2  server-3", "cloud> server-"))
  }

  // MARK: Pasting

  @Test(arguments: [
    ("spawn 1", "spawn 1"),
    ("a\r\nb\rc\n\n", "a\nb\nc"),
    ("a\tb\u{1b}[31m", "a  b[31m"),
    ("cloud> spawn 2\r\n2 servers\r\ncloud> send (\r\n  9)\r\nsent\r\n", "spawn 2\nsend (\n  9)"),
    ("日本", "日本"),
  ])
  func aPasteComesInAsACell(pasted: String, cell: String) throws {
    let typist = try Typist()
    #expect(typist.begins())
    #expect(typist.screen.marksPastes)
    typist.paste(pasted)
    typist.type("\r")
    #expect(typist.line() == .cell(cell))
  }

  @Test func aPasteMayBeInterrupted() throws {
    let typist = try Typist()
    #expect(typist.begins())
    typist.type("a")
    #expect(typist.sees("cloud> a"))
    typist.type("\u{1b}[200~b")
    kill(getpid(), SIGINT)
    #expect(typist.line() == .cancelled)
  }

  // MARK: History

  @Test func theHistoryIsKeptAndSearched() throws {
    let folder = try TemporaryFolder()
    let up = "\u{1b}[A"
    let down = "\u{1b}[B"
    do {
      let typist = try Typist(history: folder.path("history"))
      #expect(typist.begins())
      for cell in ["send 1", "spawn (\r2)", "send 2", "run", "run", " "] {
        typist.type(cell + "\r")
      }
      for cell in ["send 1", "spawn (\n2)", "send 2", "run", "run", " "] {
        #expect(typist.line() == .cell(cell))
      }
    }
    #expect(
      History(path: folder.path("history")).entries == ["send 1", "spawn (\n2)", "send 2", "run"])
    let typist = try Typist(history: folder.path("history"))
    for (keys, cell) in [
      (up, "run"), (up + up, "send 2"), (up + up + down, "send 2"),
      ("x" + up, "x"), ("ru" + up + down + "x", "rux"), (up + up + down + down + "x", "x"),
      ("se" + up + up, "send 1"), ("se" + up + up + up + down, "send 2"),
      ("sp" + up + up + up + "x", "spxawn (\n2)"), ("\u{12}d 1\u{5}0", "send 10"),
      ("\u{12}spa\u{7}y", "y"), ("\u{12}spa" + "\u{1b}[D" + "z\u{1b}[F", "zspawn (\n2)"),
    ] {
      #expect(typist.begins())
      typist.type(keys + "\r")
      #expect(typist.line() == .cell(cell), "\(keys.debugDescription)")
    }
  }
}
