import LineEditor
import Testing

@Suite struct PasteTests {
  @Test(arguments: [
    ("", ""), ("\n\n", ""), ("a", "a"), ("a\n\nb\n", "a\n\nb"), ("a\r\nb\rc\n", "a\nb\nc"),
    ("\ta", "  a"), ("a\u{0}\u{7f}\u{9b}b", "ab"), ("日本", "日本"),
    ("cloud> a", "a"), ("cloud>a", "cloud>a"), ("cloud", "cloud"),
    ("cloud> a\nout\nmore\ncloud> b", "a\nb"),
    ("  cloud> a\n  out\n  cloud>\n", "a"),
    ("cloud> f (\n  x\n)\nout\ncloud> b", "f (\n  x\n)\nb"),
    ("half a line\ncloud> b", "b"),
    ("cloud> (\ncloud> b", "(\nb"),
    ("cloud>", ""),
  ])
  func pastedTextBecomesACell(pasted: String, cell: String) {
    let isComplete = Language.test.isComplete
    #expect(Paste.cell(Array(pasted.utf8), prompt: "cloud> ", isComplete: isComplete) == cell)
  }

  @Test func withNoPromptNothingIsStripped() {
    #expect(Paste.cell(Array("> a\n b".utf8), prompt: " ") { _ in true } == "> a\n b")
  }
}
