import Display
import Notebook
import Testing

/// Prose on a narrow terminal.
@Suite struct RenderingTests {
  private func lines(_ markdown: String, width: Int = 24) -> [String] {
    ProseBlock.shown(ProseBlock.blocks(of: markdown))
      .flatMap { $0.lines(on: Surface(width: width)) }.map(\.plain)
  }

  @Test func wrapsUnderTheMarksOfLists() {
    let text = """
      # Title

      Some *words* and `code` that go on.

      - one two three four five six
      - b
        1. inner

      > said

      ```
      spawn 1
      ```

      10. ten eleven twelve thirteen
      """
    #expect(
      lines(text) == [
        "Title", "", "Some words and code that", "go on.", "", "• one two three four", "  five six",
        "• b", "  1. inner", "", "  said", "", "    spawn 1", "", "10. ten eleven twelve",
        "    thirteen",
      ])
  }

  @Test func showsTables() {
    let shown = lines("| a | n |\n|---|--:|\n| x | 22 |\n| long | 3 |")
    #expect(
      shown.map { $0.filter { $0 != " " } }.filter { !$0.contains("─") } == ["an", "x22", "long3"])
    #expect(shown.last == "long   3")
  }

  @Test func keepsItemsApartInLooseLists() {
    #expect(lines("- a\n\n- b\n\n  c") == ["• a", "", "• b", "", "  c"])
  }

  @Test func hasStyles() {
    let block = ProseBlock.shown(ProseBlock.blocks(of: "**a** `b` ~~c~~ d")).first
    guard case .lines(let lines)? = block else {
      Issue.record("prose is not lines")
      return
    }
    #expect(lines.first?.spans.map(\.style) == [.strong, .plain, .command, .plain, .dim, .plain])
  }
}
