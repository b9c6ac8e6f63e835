/// A mistake in what was typed: what is wrong, where, and what to type instead.
public struct Diagnostic: Error, Hashable, Sendable {
  /// One sentence in lower case, without a full stop.
  public var message: String

  /// The columns at fault, counted in Characters of the cell's source; empty is a gap between two.
  public var range: Range<Int>?

  /// A whole line to type instead.
  public var suggestion: String?

  /// A simpler line, for when what follows in the suggestion cannot be mended.
  var example: String?

  /// One more sentence, for when there is no single line to suggest.
  public var help: String?

  /// Makes a diagnostic.
  public init(
    _ message: String, at range: Range<Int>? = nil, suggestion: String? = nil, help: String? = nil
  ) {
    self.message = message
    self.range = range
    self.suggestion = suggestion
    self.help = help
  }

  /// The lines shown under the source: carets, the error, a note, and a line to try.
  ///
  /// The first line is meant to stand right below the last line of `source`. A fault on an earlier
  /// line repeats that line above its carets; one that lies past `width` is named by its column.
  ///
  /// - Parameters:
  ///   - source: the cell that was typed.
  ///   - promptWidth: the cells before the first line of the source.
  ///   - width: the cells in a row of the screen.
  ///   - cells: the cells one Character takes.
  /// - Returns: at most four lines, or five if a line is repeated.
  public func lines(
    source: String, promptWidth: Int = 0, width: Int = .max,
    cells: (Character) -> Int = { _ in 1 }
  ) -> [String] {
    var lines: [String] = []
    var label = "error"
    if let range {
      let place = Place(of: range, in: Array(source))
      let margin = place.isFirst ? max(0, promptWidth) : 0
      let column = margin + place.before.reduce(0) { $0 + cells($1) }
      let length = max(1, place.marked.reduce(0) { $0 + cells($1) })
      if column < width {
        if !place.isLast { lines.append(String(repeating: " ", count: margin) + place.line) }
        let tildes = min(length, width - column) - 1
        lines.append(
          String(repeating: " ", count: column) + "^" + String(repeating: "~", count: tildes))
      } else {
        label = "error at column \(place.before.count + 1)"
      }
    }
    lines.append("\(label): \(message)")
    if let help { lines.append("note: \(help)") }
    if let suggestion { lines.append("try: \(suggestion)") }
    return lines
  }
}

/// The line of a source that a range begins on, cut at the range.
private struct Place {
  var line: String
  var before: ArraySlice<Character>
  var marked: ArraySlice<Character>
  var isFirst: Bool
  var isLast: Bool

  init(of range: Range<Int>, in source: [Character]) {
    let low = min(max(0, range.lowerBound), source.count)
    let high = min(max(low, range.upperBound), source.count)
    let start = (source[..<low].lastIndex(where: \.isNewline) ?? -1) + 1
    let end = source[low...].firstIndex(where: \.isNewline) ?? source.count
    line = String(source[start..<end])
    before = source[start..<low]
    marked = source[low..<max(low, min(high, end))]
    isFirst = start == 0
    isLast = end == source.count
  }
}
