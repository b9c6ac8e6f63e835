import LineEditor
import Testing

@Suite struct LayoutTests {
  init() { Terminal.useUTF8() }

  @Test(
    arguments: [
      ("", nil, 0, 0), ("abc", nil, 0, 3), ("a\nbc", nil, 1, 2), ("\n\n", nil, 2, 0),
      ("0123456789", nil, 1, 0), ("01234567890", nil, 1, 1), ("0123456789\na", nil, 2, 1),
      ("日", nil, 0, 2), ("012345678日", nil, 1, 2), ("01234567日", nil, 1, 0),
      ("012345678", "日", 1, 0), ("012345678", "a", 0, 9), ("012345678", "\n", 0, 9),
      ("e\u{301}", nil, 0, 1), ("\u{1}", nil, 0, 2), ("\t", nil, 0, 8), ("a\tb", nil, 0, 9),
      ("\u{FFFF}", nil, 0, 7), ("\u{1FFFF}", nil, 0, 8),
    ] as [(String, Unicode.Scalar?, Int, Int)])
  func aCharacterHasItsPlace(text: String, next: Unicode.Scalar?, row: Int, column: Int) {
    let place = Layout(columns: 10).place(after: text.unicodeScalars, before: next)
    #expect((place.row, place.column) == (row, column))
  }

  @Test(arguments: [("abc", 2, "ab"), ("日本", 3, "日"), ("日本", 0, ""), ("a", -1, ""), ("a", 9, "a")])
  func aTextIsCutToItsCells(text: String, cells: Int, prefix: String) {
    #expect(Layout.prefix(text, cells: cells) == prefix)
  }

  @Test func aNarrowTerminalHasNoEndlessWrap() {
    #expect(
      Layout(columns: 0).place(after: "日本".unicodeScalars)
        == Layout(columns: 2).place(after: "日本".unicodeScalars))
  }

  @Test func candidatesWithSummariesHaveARowEach() {
    let rows = CandidateList(
      [("spawn", "rent servers"), ("日本", "Japan\u{1b}[2J"), ("run", "")], columns: 16, rows: 24
    ).rows
    #expect(
      rows == ["spawn  \u{1b}[2mrent ser\u{1b}[0m", "日本   \u{1b}[2mJapan[2J\u{1b}[0m", "run"])
  }

  @Test func candidatesWithoutSummariesShareRows() {
    let names = (1...7).map { (text: "s\($0)", summary: "") }
    #expect(CandidateList(names, columns: 12, rows: 24).rows == ["s1  s2  s3", "s4  s5  s6", "s7"])
    #expect(CandidateList(names, columns: 1, rows: 24).rows.count == 7)
  }

  @Test(arguments: [
    (24, 20, "… 21 more"), (10, 7, "… 34 more"), (100, 20, "… 21 more"), (1, 2, "… 39 more"),
  ])
  func aLongListIsCut(rows: Int, count: Int, last: String) {
    let list = CandidateList((1...40).map { ("s\($0)", "server") }, columns: 80, rows: rows).rows
    #expect(list.count == count)
    #expect(list.last == last)
  }

  @Test func aListThatFitsIsWhole() {
    let list = CandidateList((1...20).map { ("s\($0)", "server") }, columns: 80, rows: 24).rows
    #expect(list.count == 20)
    #expect(list.last?.hasPrefix("s20") == true)
  }
}
