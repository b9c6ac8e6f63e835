import Notebook
import Testing

struct DiagnosticTests {
  private func wide(_ character: Character) -> Int { character.isASCII ? 1 : 2 }

  @Test func `puts the caret under the cells of the fault`() {
    let diagnostic = Diagnostic("not so", at: 3..<5, suggestion: "do this", help: "see there")
    #expect(
      diagnostic.lines(source: "日本 語x", promptWidth: 7, cells: wide)
        == ["            ^~~", "error: not so", "note: see there", "try: do this"])
  }

  @Test func `marks a gap with a single caret`() {
    #expect(Diagnostic("x", at: 2..<2).lines(source: "ab") == ["  ^", "error: x"])
  }

  @Test func `repeats an earlier line of the cell`() {
    let cell = "run (\n  abc\n)"
    #expect(
      Diagnostic("x", at: 8..<11).lines(source: cell, promptWidth: 7)
        == ["  abc", "  ^~~", "error: x"])
    #expect(
      Diagnostic("x", at: 4..<13).lines(source: cell, promptWidth: 7)
        == ["       run (", "           ^", "error: x"])
  }

  @Test func `names the column that lies past the edge`() {
    let diagnostic = Diagnostic("x", at: 9..<12)
    #expect(diagnostic.lines(source: "0123456789ab", width: 9) == ["error at column 10: x"])
    #expect(
      diagnostic.lines(source: "0123456789ab", width: 11) == ["         ^~", "error: x"])
  }

  @Test func `stands without a place`() {
    #expect(Diagnostic("x").lines(source: "a") == ["error: x"])
    #expect(Diagnostic("x", at: 7..<9).lines(source: "a") == [" ^", "error: x"])
  }
}
