import LineEditor
import TestSupport
import Testing

#if canImport(Darwin)
import Darwin
#else
import Glibc
#endif

/// Everything that reads; one at a time, since a process gets each signal once.
@Suite(.serialized) struct ReadingTests {
  private static let up = "\u{1b}[A"
  private static let down = "\u{1b}[B"
  private static let left = "\u{1b}[D"
  private static let wordLeft = "\u{1b}[1;5D"

  @Test(arguments: [
    ("spawn 5\r", "spawn 5"),
    ("\r", ""),
    ("  \r", "  "),
    ("a\n", "a"),
    ("bc\u{1b}[Ha\r", "abc"),
    ("bc\u{1b}[1~a\u{1b}[4~d\r", "abcd"),
    ("bc\u{1b}OHa\u{1b}OFd\r", "abcd"),
    ("bc\u{1}a\u{5}d\r", "abcd"),
    ("abx\u{7f}c\r", "abc"),
    ("xab\u{1b}[H\u{1b}[3~\r", "ab"),
    ("axb\(left)\(left)\u{4}\r", "ab"),
    ("a b\(wordLeft)x\r", "a xb"),
    ("a b\(wordLeft)\(wordLeft)x\u{1b}[1;5Cy\r", "xay b"),
    ("a b\u{1b}bx\r", "a xb"),
    ("a-1 (b) 日本\u{1b}b\u{1b}bx\u{1b}fy\r", "a-1 (xby) 日本"),
    ("ab\u{2}\u{2}\u{2}x\u{6}\u{6}\u{6}y\r", "xaby"),
    ("a b\u{17}c\r", "a c"),
    ("abc\u{15}d\r", "d"),
    ("ab\u{1b}[15~\u{1b}[5~\u{1b}[[A\u{1b}[1;2A\u{1b}OPc\r", "abc"),
    ("日本x\u{7f}\u{7f}語\r", "日語"),
    ("é â ÿ œ 🙂\r", "é â ÿ œ 🙂"),
    ("e\u{301}\r", "e\u{301}"),
    ("a\u{85}b\r", "a\u{FFFD}b"),
    ("(\ra\r)\r", "(\na\n)"),
    ("(\r  a\rb)\r", "(\n  a\nb)"),
    ("a\u{1b}\rb\r", "a\nb"),
    ("(\rbc\rde)\(up)\(up)x\r", "(x\nbc\nde)"),
    ("(\rbc\rde)\(up)x\u{5}y\r", "(\nbcxy\nde)"),
    ("(\rbc\rde)\(up)\(up)\(down)\(down)x\r", "(\nbc\ndxe)"),
    ("(\rbc)\u{1}a\r", "(\nabc)"),
    ("spawn\u{1b}[C\r", "spawn 5 --cpu 2"),
    ("spawn\u{1b}[F\r", "spawn 5 --cpu 2"),
    ("spawn\u{5}\r", "spawn 5 --cpu 2"),
    ("spawn\u{6}\r", "spawn 5 --cpu 2"),
    ("spawn\(left)\u{5}x\r", "spawnx"),
    ("spawn\r", "spawn"),
    ("sp\t5\r", "spawn 5"),
    ("sp 5\(left)\(left)\t6\r", "spawn 65"),
    ("ser\t2\r", "server-2"),
    ("le\t1\r", "lessons/1"),
    ("x\ty\r", "xy"),
    ("日\t本\r", "日本"),
  ])
  func keysMakeACell(keys: String, cell: String) throws {
    let typist = try Typist()
    #expect(typist.begins())
    typist.type(keys)
    #expect(typist.line() == .cell(cell))
  }

  // MARK: Ends

  @Test func controlDEndsAnEmptyCellOnly() throws {
    let typist = try Typist()
    #expect(typist.begins())
    typist.type("ab\u{4}\u{1}\u{4}\r")
    #expect(typist.line() == .cell("b"))
    #expect(typist.begins())
    typist.type("\u{4}")
    #expect(typist.line() == .end)
    #expect(typist.sees { !$0.marksPastes && $0.cursor == (2, 0) })
  }

  @Test func controlCGivesACellUp() throws {
    let typist = try Typist()
    #expect(typist.begins())
    typist.type("(\rabc")
    #expect(typist.sees("cloud> (", "abc"))
    kill(getpid(), SIGINT)
    #expect(typist.line() == .cancelled)
    #expect(typist.sees("cloud> (", "abc", "cloud>"))
    #expect(!Interrupts.taken())
    #expect(typist.begins())
    typist.type("b\r")
    #expect(typist.line() == .cell("b"))
  }

  @Test func controlCStopsARunningCellAndNothingElse() throws {
    let typist = try Typist { _, line, _ in
      guard line == .cell("run") else { return }
      while !Interrupts.taken() {}
    }
    #expect(typist.begins())
    typist.type("run\r")
    #expect(typist.line() == .cell("run"))
    kill(getpid(), SIGINT)
    #expect(typist.begins())
    typist.type("next\r")
    #expect(typist.line() == .cell("next"))
  }

  @Test func controlCIsNotLostInASequence() throws {
    let typist = try Typist()
    for keys in ["\u{1b}", "\u{16}", "\u{12}a"] {
      #expect(typist.begins())
      typist.type("ab" + keys)
      #expect(
        typist.sees {
          $0.lines.last?.hasSuffix("b") == true || $0.lines.last?.hasSuffix("a") == true
        })
      kill(getpid(), SIGINT)
      #expect(typist.line() == .cancelled)
    }
  }

  /// Whatever is typed at whatever width, what is pasted then comes in.
  @Test(arguments: 0..<40) func anyKeysAreServed(seed: UInt64) throws {
    let words = [
      "a", "b ", "(", ")", "日", "e\u{301}", "🙂", "\t", "\r", "\u{1b}[A", "\u{1b}[B", "\u{1b}[C",
      "\u{1b}[D", "\u{1b}[H", "\u{1b}[F", "\u{7f}", "\u{b}", "\u{19}", "\u{14}", "\u{1f}", "\u{17}",
      "\u{1b}b", "\u{1b}d", "\u{1b}u", "\u{1b}\r", "\u{12}", "\u{7}", "\u{c}", "\u{16}", "\u{1}",
      "\u{1b}[200~x\ry日\u{1b}[201~", "spawn", "\u{1b}", "\u{1b}[3~", "\u{0}", "\u{1f}", "\u{85}",
    ]
    let folder = try TemporaryFolder()
    try folder.write(seed % 3 == 0 ? "bind -v\n" : "", to: "editrc")
    let typist = try Typist(
      columns: 18 + Int(seed), rows: 5 + Int(seed % 7), settings: folder.path("editrc"))
    #expect(typist.begins())
    var state = seed
    for _ in 0..<400 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      typist.type(words[Int(state >> 33) % words.count])
    }
    let closing = String(repeating: ")", count: 400)
    typist.type("\u{7}")
    typist.paste(closing)
    typist.type("\r")
    while let line = typist.line() {
      // In scalars: a mark may have been at the cursor.
      guard case .cell(let cell) = line else { continue }
      if cell.unicodeScalars.count(where: { $0 == ")" }) >= closing.count { return }
    }
    Issue.record("nothing came of the paste")
  }

  @Test func aLostTerminalIsTheEnd() throws {
    let (master, slave) = try Typist.openTerminal()
    setenv("TERM", "xterm", 1)
    let editor = EditLine(name: "nepho", language: Language(), input: slave, output: slave)
    close(master)
    #expect(editor?.next(prompt: Prompt("> ")) == .end)
    close(slave)
  }

  // MARK: The terminal

  @Test(arguments: [
    ("TERM", "dumb"), ("TERM", ""), ("TERM", "no-such-terminal"), ("EDITRC", "off"),
  ])
  func aTerminalThatCannotEditIsRefused(name: String, value: String) throws {
    let folder = try TemporaryFolder()
    try folder.write("edit off\n", to: "off")
    let (master, slave) = try Typist.openTerminal()
    setenv("TERM", "xterm", 1)
    setenv(name, value == "off" ? folder.path("off") : value, 1)
    #expect(EditLine(name: "nepho", language: Language(), input: slave, output: slave) == nil)
    setenv("TERM", "xterm", 1)
    setenv("EDITRC", "/dev/null", 1)
    #expect(EditLine(name: "nepho", language: Language(), input: slave, output: slave) != nil)
    var ends: [Int32] = [-1, -1]
    pipe(&ends)
    #expect(EditLine(name: "nepho", language: Language(), input: ends[0], output: slave) == nil)
    #expect(EditLine(name: "nepho", language: Language(), input: slave, output: ends[1]) == nil)
    for end in ends + [master, slave] { close(end) }
  }

  @Test func theCellIsDrawnAnewAfterAStop() throws {
    let typist = try Typist()
    #expect(typist.begins())
    typist.type("abc")
    #expect(typist.sees { $0.lines == ["cloud> abc"] && $0.isPainted })
    typist.scribble("\r[1]+ Stopped\r\n$ fg\r\n")
    #expect(typist.sees("[1]+ Stopped", "$ fg"))
    kill(getpid(), SIGCONT)
    #expect(typist.sees("cloud> abc"))
    typist.type("d\r")
    #expect(typist.line() == .cell("abcd"))
  }

  @Test func theCellIsDrawnAnewInAnotherWidth() throws {
    let typist = try Typist(columns: 20)
    #expect(typist.begins())
    typist.type("0123456789012345678")
    #expect(typist.sees("cloud> 0123456789012", "345678"))
    typist.resize(columns: 40, rows: 12)
    // The model does not wrap anew as terminals do, so the cursor is still a row too low.
    #expect(typist.sees("cloud> 0123456789012345678"))
    typist.type("\u{1}a\r")
    #expect(typist.line() == .cell("a0123456789012345678"))
  }

  @Test func whatIsTypedWhileACellRunsIsShownByTheNextPrompt() throws {
    let typist = try Typist { editor, line, terminal in
      guard line == .cell("run") else { return }
      editor.withEchoOff {
        _ = write(terminal, "runs\r\n", 6)
        var waiting = pollfd(fd: terminal, events: Int16(POLLIN), revents: 0)
        poll(&waiting, 1, 10_000)
      }
    }
    #expect(typist.begins())
    typist.type("run\r")
    #expect(typist.line() == .cell("run"))
    #expect(typist.sees("runs"))
    typist.type("next\nlast")
    #expect(typist.line() == .cell("next"))
    #expect(typist.sees("cloud> run", "runs", "cloud> next", "cloud> last"))
  }

  @Test func controlLClearsTheScreen() throws {
    let typist = try Typist()
    #expect(typist.begins())
    typist.type("a\r")
    #expect(typist.sees("cloud> a", "cloud>"))
    typist.type("bc\u{c}")
    #expect(typist.sees { $0.lines == ["cloud> bc"] && $0.cursor == (0, 9) })
  }

  @Test func viKeysWork() throws {
    let folder = try TemporaryFolder()
    try folder.write("bind -v\n", to: "editrc")
    let typist = try Typist(settings: folder.path("editrc"))
    for (keys, cell) in [
      ("abc\u{1b}x\r", "ab"), ("(\rbc)\u{1b}hhkx\r", "\nbc)"), ("ac\u{1b}ib\r", "abc"),
      ("\u{1b}k\r", "abc"), ("sp\t\r", "spawn "), ("a\u{1b}[Db\r", "ba"),
      ("\u{1b}\r", ""), ("spawn\u{1b}0i\u{1b}[F\u{1b}[C!\r", "spawn 5 --cpu 2!"),
    ] {
      #expect(typist.begins())
      typist.type(keys)
      #expect(typist.line() == .cell(cell))
    }
  }
}
