import Display
import Testing

@Suite struct StyledTextTests {
  @Test("Neighbours of one style are one span")
  func merging() {
    let text: StyledText = "a\("b")\("c", .good)\("d", .good)\("", .bad)e"
    #expect(text.spans.map(\.text) == ["ab", "cd", "e"])
    #expect(text.spans.map(\.style) == [.plain, .good, .plain])
    #expect(text.plain == "abcde")
    #expect(text == StyledText("ab") + StyledText("cd", .good) + StyledText("e"))
  }

  @Test(
    "Text cannot move the cursor",
    arguments: [
      ("a\nb", "a b"), ("a\r\nb", "a b"), ("a\tb", "a b"), ("\u{1B}[31mred", "[31mred"),
      ("a\u{7}\u{7F}\u{9B}b", "ab"), ("a\u{202E}b\u{2066}", "ab"), ("日\n本", "日 本"),
      ("👩‍👩‍👧", "👩‍👩‍👧"),
    ])
  func safety(_ raw: String, _ safe: String) {
    #expect(StyledText(raw).plain == safe)
    #expect(StyledText(raw).cells == safe.cells)
  }

  @Test(
    "Truncation by cells",
    arguments: [
      ("cloud", 5, "cloud", "cloud"), ("clouds", 5, "clou…", "cl..."), ("日本語", 5, "日本…", "日..."),
      ("日本語", 4, "日…", "..."), ("cloud", 1, "…", "."), ("cloud", 3, "cl…", "..."),
      ("cloud", 0, "", ""), ("cloud", -3, "", ""), ("", 0, "", ""),
    ])
  func truncation(_ text: String, _ width: Int, _ unicode: String, _ ascii: String) {
    let styled = StyledText(text, .bad)
    #expect(styled.truncated(to: width, on: Surface()).plain == unicode)
    #expect(styled.truncated(to: width, on: Surface(unicode: false)).plain == ascii)
  }

  @Test("Padding by cells")
  func padding() {
    #expect(StyledText("日本").padded(to: 6).plain == "日本  ")
    #expect(StyledText("日本").leftPadded(to: 6).plain == "  日本")
    #expect(StyledText("cloud").padded(to: 2).plain == "cloud")
    #expect(StyledText("a  ", .good).padded(to: 9).trimmed == StyledText("a", .good))
    #expect(StyledText("   ").trimmed.isEmpty)
  }

  @Test(
    "Wrapping",
    arguments: [
      ("one two three", 7, 0, ["one two", "three"]),
      ("one two three", 7, 2, ["one two", "  three"]),
      ("one  two", 8, 0, ["one  two"]), ("one  two", 4, 0, ["one", "two"]),
      ("  indented text", 10, 2, ["  indented", "  text"]),
      ("unbreakable", 4, 0, ["unbr", "eaka", "ble"]), ("负载均衡", 4, 0, ["负载", "均衡"]),
      ("负载均衡。", 8, 0, ["负载均", "衡。"]), ("用 run 60s 跑", 6, 0, ["用 run", "60s 跑"]),
      ("日本", 1, 0, ["?", "?"]), ("日本", 2, 9, ["日", "本"]), ("", 3, 0, [""]),
      ("a b", 0, 0, ["a", "b"]),
    ] as [(String, Int, Int, [String])])
  func wrapping(_ text: String, _ width: Int, _ hanging: Int, _ lines: [String]) {
    #expect(StyledText(text).wrapped(to: width, hanging: hanging).map(\.plain) == lines)
  }

  @Test("A command is not broken while it fits on a line")
  func wrappingCommands() {
    let text: StyledText = "type \("run 60s --as a", .command), then look"
    #expect(text.wrapped(to: 16).map(\.plain) == ["type", "run 60s --as a,", "then look"])
    #expect(
      text.wrapped(to: 8).map(\.plain) == ["type", "run 60s", "--as a,", "then", "look"])
    #expect(text.wrapped(to: 16)[1].spans.first == .init("run 60s --as a", .command))
  }

  @Test("Surfaces without Unicode spell signs in ASCII and keep words")
  func spelling() {
    let text: StyledText = "a…b −70% → ≥3 × 日本 \("▲", .good) “x”"
    #expect(Surface(unicode: false).spelled(text).plain == "a...b -70% -> >=3 x 日本 ^ \"x\"")
    #expect(Surface().spelled(text) == text)
    #expect(Surface(width: -4).width == 1)
    #expect(Surface(width: .max).width == 1000)
  }
}

extension StyledText.Span {
  fileprivate init(_ text: String, _ style: Style) {
    self = StyledText(text, style).spans[0]
  }
}
