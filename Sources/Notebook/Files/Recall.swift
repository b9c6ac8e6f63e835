/// A question that comes back after a while.
public struct Recall: Sendable, Equatable {
  /// How long after the lesson it is due, as written: `1d`, `12h`.
  public let delay: String
  /// The question, as Markdown.
  public let question: String
  /// The answer, as Markdown.
  public let answer: String
  /// The line of the file with the opening marks, from 1; 0 if it comes from no file.
  public let line: Int
  let written: String?

  /// Creates a question that comes from no file.
  public init(after delay: String, question: String, answer: String) {
    self.delay = delay
    self.question = question
    self.answer = answer
    line = 0
    written = nil
  }
}

extension Recall: FencedSegment {
  private static let key = "answer:"

  var info: String { "recall after \(delay)" }
  var body: [String] {
    SourceLine.unjoined(question) + SourceLine.unjoined("\(Self.key) \(answer)")
  }

  init(_ block: FenceBlock, problems: inout [FileProblem]) {
    let rest = block.fence.info.headAndRest.rest
    let (word, delay) = rest.headAndRest
    if word != "after" || delay.isEmpty {
      problems.append(
        FileProblem(
          line: block.line, column: rest.columnInLine,
          message: "after `recall` comes `after` and a time", suggestion: "```recall after 1d"))
    }
    let lines = block.body.map(\.text)
    let split = lines.firstIndex { $0.hasPrefix(Self.key) }
    if split == nil {
      problems.append(
        FileProblem(
          line: block.line, column: 1, message: "a recall question needs an answer",
          suggestion: "answer: …"))
    }
    self.delay = word == "after" ? String(delay) : ""
    question = lines[..<(split ?? lines.endIndex)].joined(separator: "\n")
    answer = String(
      lines[(split ?? lines.endIndex)...].joined(separator: "\n").dropFirst(Self.key.count)[...]
        .withoutOuterBlanks)
    line = block.line
    written = block.written
  }
}
