import LineEditor
import Notebook

extension LineEditor.Language {
  /// The language of a session as the editor asks for it.
  static func session(_ shared: SharedSession, color: Bool) -> LineEditor.Language {
    LineEditor.Language(
      isComplete: { Lexer.isComplete($0) },
      complete: { text, cursor in
        let completion = shared.session.grammar.complete(text, at: cursor)
        return Completions(
          start: completion.start,
          candidates: completion.candidates.map { ($0.text, $0.summary) })
      },
      highlight: { text in
        guard color else { return [] }
        return shared.session.grammar.highlights(text).map { ($0.range, $0.sort.sgr) }
      },
      hint: { text in
        // Below other commands there is no telling where a hint belongs.
        Lexer.commands(in: text).count > 1 ? nil : shared.session.grammar.hint(text)
      })
  }
}

extension Highlight.Sort {
  /// The look of a sort of word, readable on light and dark ground.
  fileprivate var sgr: String {
    switch self {
    case .command: "1"
    case .flag: "36"
    case .number: "34"
    case .unit: "35"
    case .string: "32"
    case .comment: "2"
    case .keyword: "36"
    case .unknown: "31"
    }
  }
}
