/// Writes a notebook: what was read and not changed byte by byte, the rest in one spelling.
public enum NotebookWriter {
  /// The text of the file.
  public static func text(of notebook: Notebook) -> String {
    (notebook.hasByteOrderMark ? "\u{FEFF}" : "")
      + notebook.frontMatter.lines.map(\.raw).joined()
      + notebook.segments.map { text(of: $0, ending: notebook.lineEnding) }.joined()
  }

  static func text(of segment: Notebook.Segment, ending: String) -> String {
    switch segment {
    case .prose(let prose): prose.text
    case .cell(let cell): cell.text(ending: ending)
    case .quiz(let quiz): quiz.text(ending: ending)
    case .hint(let hint): hint.text(ending: ending)
    case .recall(let recall): recall.text(ending: ending)
    case .note(let note): note.text(ending: ending)
    }
  }
}
