import Notebook
import Testing

@Suite struct ProseTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let markdown: String
    let blocks: [ProseBlock]

    init(_ markdown: String, _ blocks: ProseBlock...) {
      self.markdown = markdown
      self.blocks = blocks
    }

    var testDescription: String { markdown.debugDescription }
  }

  private static func words(_ text: String) -> ProseBlock { .paragraph([ProseSpan(text)]) }

  static let blocks = [
    Case(""),
    Case("a\nb", words("a b")),
    Case("a  \nb\\\nc<br>d", words("a\nb\nc\nd")),
    Case("### T *x*", .heading(level: 3, [.init("T "), .init("x", .emphasis)])),
    Case("a\n\n---\nb", words("a"), .rule, words("b")),
    Case("```swift x\nlet a\n\n  b\n```", .code(info: "swift x", lines: ["let a", "", "  b"])),
    Case("    code\n", .code(info: "", lines: ["code"])),
    Case("> a\n>\n> > b", .quote([words("a"), .quote([words("b")])])),
    Case(
      "- a\n- b\n  1. c\n",
      .list(
        start: nil, isTight: true,
        items: [
          .init([words("a")]),
          .init([words("b"), .list(start: 1, isTight: true, items: [.init([words("c")])])]),
        ])),
    Case(
      "3) a\n\n4) b",
      .list(start: 3, isTight: false, items: [.init([words("a")]), .init([words("b")])])),
    Case(
      "- [ ] a\n- [x] b\n- c",
      .list(
        start: nil, isTight: true,
        items: [
          .init(isDone: false, [words("a")]), .init(isDone: true, [words("b")]),
          .init([words("c")]),
        ])),
    Case(
      "| a | b | c | d |\n|---|:--|:-:|--:|\n| 1 | `x` <!--= y --> |\n",
      .table(
        alignments: [.natural, .left, .center, .right],
        header: [[.init("a")], [.init("b")], [.init("c")], [.init("d")]],
        rows: [[[.init("1")], [.init("x", .code)], [], []]])),
    Case("<!-- id: x -->\n\na", words("a")),
    Case("<!-- a\n\nb -->\nc", words("c")),
    Case("<details>\n<summary>Fold</summary>\n\na\n\n</details>", words("a")),
    Case("<p align=x>hello\n<b>you</b></p>", words("hello you")),
  ]

  static let spans = [
    Case(
      "a *b **c** d* e",
      .paragraph([
        .init("a "), .init("b ", .emphasis), .init("c", [.emphasis, .strong]),
        .init(" d", .emphasis), .init(" e"),
      ])),
    Case("`a  b` ~~c~~", .paragraph([.init("a  b", .code), .init(" "), .init("c", .struck)])),
    Case(
      "see [the *docs*](https://x.y) now",
      .paragraph([
        .init("see "), .init("the ", .link), .init("docs", [.link, .emphasis]),
        .init(" (https://x.y) now"),
      ])),
    Case(
      "<https://x.y> www.z.org a@b.co",
      .paragraph([
        .init("https://x.y", .link), .init(" "), .init("www.z.org", .link), .init(" "),
        .init("a@b.co", .link),
      ])),
    Case("![alt](pic.png)", .paragraph([.init("alt", .link), .init(" (pic.png)")])),
    Case(
      "p99 `7 ms`<!--= x --> is <!-- c --> late <!-- d -->",
      .paragraph([
        .init("p99 "), .init("7 ms", .code), .init(" is late"),
      ])),
    Case("a &amp; b \\* c", words("a & b * c")),
  ]

  @Test(arguments: blocks + spans)
  func rendersMarkdown(example: Case) {
    #expect(ProseBlock.blocks(of: example.markdown) == example.blocks)
  }

  @Test func deepNestingLeavesTheWords() {
    let text = String(repeating: ">", count: 20_000) + " deep"
    var blocks = ProseBlock.blocks(of: text)
    var depth = 0
    while case .quote(let inner)? = blocks.first {
      blocks = inner
      depth += 1
    }
    #expect(depth == 32)
    #expect(blocks == [Self.words("deep")])
    let stars = String(repeating: "*a ", count: 2000) + String(repeating: "*", count: 2000)
    #expect(!ProseBlock.blocks(of: stars).isEmpty)
  }

  private func prose(_ file: String) -> Prose? {
    if case .prose(let prose)? = NotebookReader.read(file).notebook.segments.first { return prose }
    return nil
  }

  @Test func findsValues() {
    let file = """
      é is `2507 ms`<!--= rr.latency.p99 --> and ``a`b``<!--=x-->.
      Not \\`1`<!--= x --> nor `2` <!--= x --> nor ` 3`<!-- x --> nor `4`<!--= x
      nor `` `5`<!--= x --> ``

          `6`<!--= x -->

      - ```
        `7`<!--= x -->
        ```
      - `8`<!--= y -->
      """
    let values = prose(file)?.values ?? []
    #expect(
      values.map { "\($0.text) \($0.expression) \($0.line) \($0.range)" } == [
        "2507 ms \(FileExpression("rr.latency.p99", line: 1, column: 21)) 1 7..<14",
        "a`b \(FileExpression("x", line: 1, column: 56)) 1 46..<49",
        "8 \(FileExpression("y", line: 10, column: 12)) 10 3..<4",
      ])
  }

  @Test func rewritesOnlyTheText() {
    let file = "a `1`<!--= x --> b `22`<!--=  y --> c\r\n`3`<!--= z -->\r\n"
    let prose = prose(file)
    #expect(
      prose?.replacing(values: ["long é", nil, "4"]).text
        == "a `long é`<!--= x --> b `22`<!--=  y --> c\r\n`4`<!--= z -->\r\n")
    #expect(prose?.replacing(values: ["", "`", "a\nb"]) == prose)
    #expect(prose?.replacing(values: []) == prose)
    let twice = prose?.replacing(values: ["long", "l"]).replacing(values: ["1", "22"])
    #expect(twice == prose)
  }
}
