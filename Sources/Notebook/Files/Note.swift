/// A note for the presenter, which learners do not see.
public struct Note: Sendable, Equatable {
  /// The note, as Markdown.
  public let text: String
  /// The line of the file with the opening marks, from 1; 0 if it comes from no file.
  public let line: Int
  let written: String?

  /// Creates a note that comes from no file.
  public init(_ text: String) {
    self.text = text
    line = 0
    written = nil
  }
}

extension Note: FencedSegment {
  var info: String { "note" }
  var body: [String] { SourceLine.unjoined(text) }

  init(_ block: FenceBlock) {
    text = block.text
    line = block.line
    written = block.written
  }
}
