import Testing

/// A source and the lines that are shown under it, caret first.
struct Marked: Sendable, CustomTestStringConvertible {
  var source: String
  var shown: [String]
  var testDescription: String { source }

  /// The line it says to try.
  var suggestion: String? {
    shown.last { $0.hasPrefix("try: ") }.map { String($0.dropFirst(5)) }
  }
}

/// Reads a table of sources and what is shown under them, with empty lines between.
func marked(_ table: String) -> [Marked] {
  table.split(separator: "\n\n").map { block in
    let lines = block.split(separator: "\n").map(String.init)
    return Marked(source: lines[0], shown: Array(lines.dropFirst()))
  }
}
