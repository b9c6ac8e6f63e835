import Display
import Notebook

/// `pages`: the pages of the open lesson.
enum ListPages: Command {
  static let spec = Spec(
    "pages", group: "learning", "List the pages of the lesson.",
    examples: [Example("pages", "which are done, and where you are")], synonyms: ["steps", "toc"])
  static let effect = CommandEffect.accompanies

  static func start(_ call: Call, in session: inout Session, on host: any Host)
    throws(Diagnostic) -> Activity
  {
    try session.teach(on: host) { room, _ throws(Diagnostic) in
      guard let desk = room.desk else { throw call.noLesson }
      let outcomes = desk.lesson.pages.map { page in
        room.logbook.page(page.id, of: desk.lesson.id)?.outcome
      }
      let rows = zip(desk.lesson.pages, outcomes).enumerated().map { index, entry in
        [
          StyledText("\(index + 1)", .accent), StyledText(entry.0.title),
          StyledText(index == desk.pageIndex ? "you are here" : "", .strong),
          entry.1?.shown ?? StyledText(),
        ]
      }
      let json = zip(desk.lesson.pages, outcomes).map { page, outcome -> JSON in
        ["id": .string(page.id), "title": .string(page.title), "outcome": JSON(outcome?.rawValue)]
      }
      let columns: [Table.Column] = [.init(""), .init(""), .init(""), .init("")]
      return .done(
        Output(
          ["pages": .array(json), "page": .int(desk.pageIndex + 1)],
          [.table(Table(columns, rows: rows))]))
    }
  }
}

extension Logbook.Outcome {
  /// The outcome as tables show it.
  fileprivate var shown: StyledText {
    switch self {
    case .open: StyledText("begun", .dim)
    case .skipped: StyledText("skipped", .warning)
    case .shown: StyledText("shown", .warning)
    case .done: StyledText("done", .good)
    }
  }
}
