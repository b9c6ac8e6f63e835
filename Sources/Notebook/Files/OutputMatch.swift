/// Whether what a command printed is what its cell expects.
public enum OutputMatch: Sendable, Equatable {
  /// Line by line the same.
  case same
  /// The first places that differ, as indexes of the two lists; an index may be one past the end,
  /// where a line is missing.
  case different(expected: Int, actual: Int)

  /// A line that stands for any number of lines, none included.
  public static let anyLines = "..."

  /// Compares line by line, without terminal colours, trailing blanks, and blank lines at the end.
  ///
  /// Each run of expected lines between two `...` is looked for where it comes first, which is
  /// right whenever any choice is. Linear without `...`; a product of the lengths at worst.
  public static func compare(expected: [String], actual: [String]) -> OutputMatch {
    let expected = cleaned(expected)
    let actual = cleaned(actual)
    let runs = expected.split(
      separator: anyLines, maxSplits: .max, omittingEmptySubsequences: false)
    guard let first = runs.first, let last = runs.last else { return .same }
    if runs.count == 1 { return difference(first, actual[...], isWhole: true) ?? .same }
    if let difference = difference(first, actual[...], isWhole: false) { return difference }
    var position = first.count
    for run in runs.dropFirst().dropLast() {
      switch find(run, in: actual[position...]) {
      case .success(let start): position = start + run.count
      case .failure(let farthest): return farthest.match
      }
    }
    let start = max(position, actual.count - last.count)
    return difference(last, actual[start...], isWhole: true) ?? .same
  }

  /// The lines one by one, without terminal colours, trailing blanks, and blank lines at the end.
  public static func cleaned(_ lines: [String]) -> [String] {
    let lines = lines.flatMap { line in
      line.isEmpty ? [""] : SourceLine.split(line).map { withoutTrailingBlanks($0.text) }
    }
    return Array(lines[..<(lines.lastIndex { !$0.isEmpty }.map { $0 + 1 } ?? 0)])
  }

  private static func withoutTrailingBlanks(_ line: String) -> String {
    var text = plain(line)[...]
    while let last = text.last, last == " " || last == "\t" { text.removeLast() }
    return String(text)
  }

  /// Without escape sequences: CSI, OSC (to BEL or ST), and those of two characters.
  private static func plain(_ line: String) -> String {
    guard line.utf8.contains(0x1B) else { return line }
    var result = String.UnicodeScalarView()
    var rest = line.unicodeScalars[...]
    while let scalar = rest.popFirst() {
      guard scalar == "\u{1B}" else {
        result.append(scalar)
        continue
      }
      switch rest.popFirst() {
      case "[":
        rest = rest.drop { !("@"..."~").contains($0) }.dropFirst()
      case "]":
        rest = rest.drop { $0 != "\u{07}" && $0 != "\u{1B}" }
        if rest.popFirst() == "\u{1B}" { rest = rest.dropFirst() }
      default: break
      }
    }
    return String(result)
  }

  private static func difference(
    _ expected: ArraySlice<String>, _ actual: ArraySlice<String>, isWhole: Bool
  ) -> OutputMatch? {
    let same = zip(expected, actual).prefix { $0 == $1 }.count
    let atEnd = same == expected.count && (!isWhole || same == actual.count)
    return atEnd
      ? nil
      : .different(expected: expected.startIndex + same, actual: actual.startIndex + same)
  }

  /// Where a run went furthest before it failed.
  private struct Farthest: Error {
    var match: OutputMatch
    var length: Int
  }

  private static func find(
    _ run: ArraySlice<String>, in actual: ArraySlice<String>
  ) -> Result<Int, Farthest> {
    var farthest = Farthest(
      match: .different(expected: run.startIndex, actual: actual.startIndex), length: 0)
    for start in actual.startIndex...actual.endIndex {
      let same = zip(run, actual[start...]).prefix { $0 == $1 }.count
      if same == run.count { return .success(start) }
      if same > farthest.length {
        farthest = Farthest(
          match: .different(expected: run.startIndex + same, actual: start + same), length: same)
      }
    }
    return .failure(farthest)
  }
}
