/// Markdown between the special blocks; it begins at most one page or title, at its start.
public struct Prose: Sendable, Equatable {
  /// A heading of level 1 or 2.
  public struct Heading: Sendable, Equatable {
    /// 1 for the title of the notebook, 2 for a page.
    public let level: Int
    /// The words of the heading, without marks.
    public let title: String
    /// The name that `<!-- id: name -->` below the heading gives it.
    public let id: String?
  }

  /// The Markdown as in the file, line ends included.
  public let text: String
  /// The line of the file it begins on, from 1; 0 if it comes from no file.
  public let line: Int
  /// The heading it begins with.
  public let heading: Heading?
  /// The checked values in it, in file order.
  public let values: [ProseValue]

  /// The prose with other values: one text for each of `values`, nil to leave one as it is.
  ///
  /// Only the text between the backticks changes. A text that cannot stand there (empty, blank at
  /// an end, with a backtick or a line end in it) leaves the old one.
  public func replacing(values texts: [String?]) -> Prose {
    var lines = SourceLine.split(text)
    for index in zip(values.indices, texts).map(\.0).reversed() {
      guard let new = texts[index], ProseValue.canHold(new) else { continue }
      let value = values[index]
      let old = Array(lines[value.row].text.utf8)
      let bytes = old[..<value.range.lowerBound] + Array(new.utf8) + old[value.range.upperBound...]
      lines[value.row] = SourceLine(
        text: String(decoding: bytes, as: UTF8.self), ending: lines[value.row].ending)
    }
    var found: [ProseValue] = []
    for value in values where value.row != found.last?.row {
      found += ProseValue.find(in: lines[value.row].text, line: value.line, row: value.row)
    }
    return Prose(text: lines.map(\.raw).joined(), line: line, heading: heading, values: found)
  }
}

extension Prose {
  /// The prose for a terminal.
  public var blocks: [ProseBlock] { ProseBlock.blocks(of: text) }
}
