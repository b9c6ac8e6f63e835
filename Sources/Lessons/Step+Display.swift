import Display
import Notebook

extension LessonPage.Step {
  /// What there is to read.
  func blocks(presents: Bool) -> [Block] {
    switch self {
    case .prose(let prose): ProseBlock.shown(prose.body)
    case .shown(let lines): [.lines(lines.map { StyledText("    " + $0, .command) })]
    case .note(let note) where presents:
      [.lines([StyledText("for the presenter:", .dim)])]
        + ProseBlock.shown(ProseBlock.blocks(of: note.text))
    case .note, .silent, .start, .run, .question, .goal: []
    }
  }
}

extension LessonPage.Command {
  /// The command as what Enter will run.
  var block: Block {
    let lines = input.split(separator: "\n", omittingEmptySubsequences: false)
    return .lines(
      lines.enumerated().map { index, line in
        StyledText(index == 0 ? "Enter runs: " : "            ", .dim)
          + StyledText(String(line), .command)
      })
  }
}

/// Markdown that stands on one line.
enum OneLine {
  static func text(_ markdown: String) -> StyledText {
    let blocks = ProseBlock.shown(ProseBlock.blocks(of: markdown))
    var text = StyledText()
    for case .lines(let lines) in blocks {
      for line in lines where !line.isEmpty {
        if !text.isEmpty { text += " " }
        text += line
      }
    }
    return text
  }
}
