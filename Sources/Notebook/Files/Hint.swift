/// A hint; the hints of a page in file order are its tiers.
public struct Hint: Sendable, Equatable {
  /// When the hint applies; nil means always.
  public let condition: FileExpression?
  /// The hint, as Markdown.
  public let text: String
  /// The line of the file with the opening marks, from 1; 0 if it comes from no file.
  public let line: Int
  let written: String?

  /// Creates a hint that comes from no file.
  public init(_ text: String, when condition: FileExpression? = nil) {
    self.condition = condition
    self.text = text
    line = 0
    written = nil
  }
}

extension Hint: FencedSegment {
  var info: String { "hint" + (condition.map { " when \($0.text)" } ?? "") }
  var body: [String] { SourceLine.unjoined(text) }

  init(_ block: FenceBlock, problems: inout [FileProblem]) {
    let rest = block.fence.info.headAndRest.rest
    let (word, condition) = rest.headAndRest
    let isRight = word == "when" && !condition.isEmpty
    if !rest.isEmpty && !isRight {
      problems.append(
        FileProblem(
          line: block.line, column: rest.columnInLine,
          message: "after `hint` comes nothing or `when` and a condition",
          suggestion: "```hint when " + (condition.isEmpty ? "queue > 0" : condition)))
    }
    self.condition =
      isRight
      ? FileExpression(String(condition), line: block.line, column: condition.columnInLine) : nil
    text = block.text
    line = block.line
    written = block.written
  }
}
