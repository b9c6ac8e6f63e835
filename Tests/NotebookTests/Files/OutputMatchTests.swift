import Notebook
import Testing

@Suite struct OutputMatchTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let expected: String
    let actual: String
    let match: OutputMatch

    init(_ expected: String, _ actual: String, _ match: OutputMatch = .same) {
      self.expected = expected
      self.actual = actual
      self.match = match
    }

    var testDescription: String { "\(expected) = \(actual)" }
  }

  /// Lines are separated by `/` here.
  static let cases = [
    Case("", ""),
    Case("a", "a"),
    Case("a/b", "a/b"),
    Case("a  ", "a\t"),
    Case("a/", "a"),
    Case("a", "a// "),
    Case("a", "\u{1B}[1;31ma\u{1B}[0m"),
    Case("a b", "\u{1B}]8;;http://x\u{1B}\\a\u{1B}]8;;\u{07} b"),
    Case("é", "é"),
    Case("a", "b", .different(expected: 0, actual: 0)),
    Case("a", "", .different(expected: 0, actual: 0)),
    Case("", "a", .different(expected: 0, actual: 0)),
    Case("a/b", "a", .different(expected: 1, actual: 1)),
    Case("a", "a/b", .different(expected: 1, actual: 1)),
    Case(" a", "a", .different(expected: 0, actual: 0)),
    Case("a//b", "a/b", .different(expected: 1, actual: 1)),
    Case("...", ""),
    Case("...", "a/b/c"),
    Case("... ", "a"),
    Case(" ...", "a", .different(expected: 0, actual: 0)),
    Case("a/...", "a"),
    Case("a/...", "b", .different(expected: 0, actual: 0)),
    Case(".../b", "a/b"),
    Case(".../b", "b/b/b"),
    Case(".../b", "a/c", .different(expected: 1, actual: 1)),
    Case(".../a/b", "b", .different(expected: 1, actual: 0)),
    Case(".../a/b", "x/a/c", .different(expected: 2, actual: 2)),
    Case("a/.../a", "a", .different(expected: 2, actual: 1)),
    Case("a/.../c", "a/b/b/c"),
    Case("a/.../b/.../c", "a/x/b/y/b/c"),
    Case("a/.../b/x/.../c", "a/b/b/x/c"),
    Case(".../b/x/y/.../c", "b/b/x/z/c", .different(expected: 3, actual: 3)),
    Case(".../b/.../b/...", "b", .different(expected: 3, actual: 1)),
    Case(".../.../a", "a"),
    Case("a/...", "a/..."),
  ]

  @Test(arguments: cases)
  func compares(example: Case) {
    let lines = { (text: String) in
      text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    }
    // The address of a link has slashes of its own.
    let actual = example.actual.contains("http") ? [example.actual] : lines(example.actual)
    #expect(OutputMatch.compare(expected: lines(example.expected), actual: actual) == example.match)
  }

  @Test func cleansLines() {
    #expect(
      OutputMatch.cleaned(["a\nb  \r\nc", "", "\u{1B}[2Kd", "", "  "]) == ["a", "b", "c", "", "d"])
  }
}
