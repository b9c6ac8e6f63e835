/// A cell's text as Characters, so that columns are subscripts.
struct Source: Sendable {
  let characters: [Character]

  init(_ text: String) { characters = Array(text) }

  var count: Int { characters.count }

  /// The text in a range, cut to what there is.
  func text(_ range: Range<Int>) -> String { String(characters[range.clamped(to: 0..<count)]) }

  /// The whole text with one range exchanged.
  func replacing(_ range: Range<Int>, with text: String) -> String {
    let range = range.clamped(to: 0..<count)
    return String(characters[..<range.lowerBound]) + text + String(characters[range.upperBound...])
  }

  /// The whole text with words put in at a gap, set off by blanks where it touches others.
  func inserting(_ words: String, at column: Int) -> String {
    let column = min(max(0, column), count)
    let before = column > 0 && !characters[column - 1].isWhitespace ? " " : ""
    let after = column < count && !characters[column].isWhitespace ? " " : ""
    return replacing(column..<column, with: before + words + after)
  }

  /// The whole text without a range and the blanks before it.
  func removing(_ range: Range<Int>) -> String {
    var start = range.lowerBound
    while start > 0, characters[start - 1].isWhitespace { start -= 1 }
    return replacing(start..<range.upperBound, with: "")
  }
}
