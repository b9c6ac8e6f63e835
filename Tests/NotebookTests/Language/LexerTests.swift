import Notebook
import Testing

struct LexerTests {
  @Test(arguments: [
    ("", []),
    ("  \t ", []),
    ("spawn 5  --cpu 2", ["spawn", "5", "--cpu", "2"]),
    ("spawn\u{A0}5", ["spawn", "5"]),
    ("a # b \"c", ["a"]),
    ("#a", []),
    ("a#b", ["a#b"]),
    ("mix(99%: 10ms, 1%: 1s) x", ["mix(99%: 10ms, 1%: 1s)", "x"]),
    ("f([a b] c) d", ["f([a b] c)", "d"]),
    ("save \"my file.md\"", ["save", "my file.md"]),
    (#""say \"hi\" \\ ok""#, [#"say "hi" \ ok"#]),
    ("--file=\"a b\" c", ["--file=a b", "c"]),
    ("a \\\n b", ["a", "b"]),
    ("a\\\nb", ["a", "b"]),
    ("a \\ b", ["a", "\\", "b"]),
    ("mix(1 # one\n2)", ["mix(1  2)"]),
  ])
  func `splits a line into words`(line: String, words: [String]) {
    #expect(Lexer(line).words.map(\.text) == words)
  }

  @Test func `counts columns in Characters`() {
    let words = Lexer("日本 👩‍👩‍👧 --é=\"x y\" z").words
    #expect(words.map(\.range) == [0..<2, 3..<4, 5..<14, 15..<16])
    #expect(words.map(\.isQuoted) == [false, false, false, false])
    #expect(Lexer("\"a\"").words.first?.isQuoted == true)
  }

  @Test(arguments: [
    ("spawn 5", true), ("", true), ("a \\", false), ("f(", false), ("f([)", false), ("f(]", false),
    ("f(1,\n 2)", true), ("f(\\", false), ("a \"b", true), ("a # (", true), ("f())", true),
    ("f(\"a", false),
  ])
  func `knows whether a cell goes on`(cell: String, isComplete: Bool) {
    #expect(Lexer.isComplete(cell) == isComplete)
  }

  @Test func `splits a cell into commands`() {
    let cell =
      "spawn 2\r\n\n# only a comment\nsend --work exp(\n  100ms) \\\n  --together\nrun 1m \\"
    #expect(
      Lexer.commands(in: cell)
        == ["spawn 2", "send --work exp(\n  100ms) \\\n  --together", "run 1m \\"])
  }
}
