import Display
import Testing

@Suite struct DiffTests {
  @Test("Lines in order, with the removed before the added")
  func order() {
    let diff = Diff(expected: ["a", "b", "c"], actual: ["a", "x", "c", "d"])
    #expect(diff.lines == [.same("a"), .missing("b"), .extra("x"), .same("c"), .extra("d")])
    #expect(!diff.isEmpty)
  }

  @Test("Equal texts have an empty diff")
  func equality() {
    #expect(Diff(expected: ["a", "b", "c"], actual: ["a", "b", "c"]).isEmpty)
    #expect(Diff(expected: [], actual: []).lines.isEmpty)
  }

  @Test("A single equal line is shown, not counted")
  func folding() {
    let diff = Diff(expected: ["a", "b", "c"], actual: ["x", "b", "y"], context: 0)
    #expect(diff.lines == [.missing("a"), .extra("x"), .same("b"), .missing("c"), .extra("y")])
    let far = Diff(expected: ["a", "b", "c", "d"], actual: ["a", "b", "c", "e"], context: -1)
    #expect(far.lines == [.skipped(3), .missing("d"), .extra("e")])
  }

  @Test("The script turns one text into the other", arguments: 0..<40 as Range<UInt64>)
  func law(_ seed: UInt64) {
    var dice = Dice(seed: seed)
    let old = (0..<dice.below(30)).map { _ in String(dice.below(4)) }
    let new = (0..<dice.below(30)).map { _ in String(dice.below(4)) }
    let lines = Diff(expected: old, actual: new, context: 100).lines
    #expect(lines.compactMap { $0.text(isExpected: true) } == old)
    #expect(lines.compactMap { $0.text(isExpected: false) } == new)
  }

  @Test("Large texts with nothing in common are replaced whole")
  func large() {
    let old = (0..<5000).map { "a\($0)" }
    let new = (0..<5000).map { "b\($0)" }
    #expect(
      Diff(expected: old, actual: new).lines == old.map(Diff.Line.missing)
        + new.map(Diff.Line.extra))
  }
}

extension Diff.Line {
  /// The line of one of the two texts.
  fileprivate func text(isExpected: Bool) -> String? {
    switch self {
    case .same(let text): text
    case .missing(let text): isExpected ? text : nil
    case .extra(let text): isExpected ? nil : text
    case .skipped: nil
    }
  }
}
