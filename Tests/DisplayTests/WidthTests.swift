import Display
import Testing

@Suite struct WidthTests {
  @Test(
    "Cells of texts",
    arguments: [
      ("", 0), ("cloud", 5), ("日本", 4), ("한글", 4), ("\u{1112}\u{1161}\u{11AB}", 2),
      ("🙂", 2), ("👩‍👩‍👧", 2), ("❤️", 2), ("❤", 1), ("1️⃣", 2), ("🇩🇪", 2), ("👍🏽", 2),
      ("é", 1), ("e\u{301}", 1), ("a\u{200B}b", 2), ("…", 1), ("─│┤█░", 5), ("⣿", 1),
      ("ｆｕｌｌ", 8), ("ﾊﾝ", 2), ("\u{1B}", 0), ("\t", 0), ("\u{0}a", 1), ("①", 1), ("Ж", 1),
      ("क\u{94D}\u{937}", 2), ("\u{2FFF0}", 2), ("负载均衡", 8), ("。", 2), ("½", 1),
    ])
  func cells(_ text: String, _ cells: Int) {
    #expect(text.cells == cells)
  }

  @Test(
    "Cells of characters at the edges of wide ranges",
    arguments: [
      ("\u{10FF}", 1), ("\u{1100}", 2), ("\u{115F}", 2), ("\u{2E7F}", 1), ("\u{2E80}", 2),
      ("\u{303E}", 2), ("\u{303F}", 1), ("\u{3041}", 2), ("\u{A4CF}", 1), ("\u{FF60}", 2),
      ("\u{FF61}", 1), ("\u{1F300}", 2), ("\u{1F6FC}", 2), ("\u{3FFFD}", 2), ("\u{40000}", 1),
    ] as [(Character, Int)])
  func edges(_ character: Character, _ cells: Int) {
    #expect(character.cells == cells)
  }
}
