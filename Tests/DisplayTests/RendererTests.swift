import Display
import Testing

@Suite struct RendererTests {
  @Test("Colour wraps each styled span and nothing else")
  func color() {
    let text: StyledText = "p99 \("2.51s", .bad) of \("rr", .accent)"
    #expect(
      TerminalRenderer(Surface(color: true)).line(text)
        == "p99 \u{1B}[31m2.51s\u{1B}[0m of \u{1B}[36mrr\u{1B}[0m")
    #expect(TerminalRenderer(Surface()).line(text) == "p99 2.51s of rr")
  }

  @Test("A picture in colour")
  func colorPicture() {
    let bars = Bars(
      "\("load", .title)", bars: [.init("s1", 2, rest: 2, text: "2 + 2")],
      parts: ["busy", "queued"])
    let text = TerminalRenderer(Surface(width: 20, color: true)).text(.bars(bars))
    let expected = """
      [1mload[0m   [36m█[0m [2mbusy[0m
      [33m░[0m [2mqueued[0m
      s1  [36m█████[0m[33m░░░░[0m  2 + 2

      """
    #expect(text.split(separator: "\u{1B}").joined() == expected)
  }

  @Test("Without colour no style leaves a trace", arguments: Style.allCases)
  func plain(_ style: Style) {
    #expect(TerminalRenderer(Surface()).line(StyledText("x", style)) == "x")
  }

  @Test("Colour changes no text")
  func same() {
    for block in [Pictures.servers, Pictures.load, Pictures.runs, Pictures.diff] {
      let color = TerminalRenderer(Surface(color: true)).text(block)
      var plain = ""
      var isCode = false
      for scalar in color.unicodeScalars {
        if scalar == "\u{1B}" { isCode = true }
        if !isCode { plain.unicodeScalars.append(scalar) }
        if scalar == "m" { isCode = false }
      }
      #expect(color.contains("\u{1B}["))
      #expect(plain == TerminalRenderer(Surface()).text(block))
    }
  }

  @Test("Blocks end each line with a line break")
  func lines() {
    let block = Block.lines(["a", "", "b \("c", .good)"])
    #expect(TerminalRenderer(Surface()).text(block) == "a\n\nb c\n")
  }

  @Test("A long line goes on under its own indent")
  func wrapping() {
    let block = Block.lines(["  one two three four"])
    #expect(block.lines(on: Surface(width: 12)).map(\.plain) == ["  one two", "  three four"])
  }

  @Test("A note is quiet, its values are not")
  func note() {
    let lines = Block.note("seed \("1", .value)").lines(on: Surface())
    #expect(lines == ["\("seed ", .dim)\("1", .value)"])
  }
}
