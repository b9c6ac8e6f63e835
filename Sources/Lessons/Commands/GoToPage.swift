import Notebook

/// `goto`: begins a page of the open lesson.
enum GoToPage: Command {
  static let spec = Spec(
    "goto", group: "learning", "Begin a page of the lesson.",
    positionals: [Parameter("page", .word, "its number or its id", required: true, example: "2")],
    examples: [Example("goto 2", "the second page, in the lesson's own state")],
    synonyms: ["page", "jump"])
  static let effect = CommandEffect.accompanies

  static func start(_ call: Call, in session: inout Session, on host: any Host)
    throws(Diagnostic) -> Activity
  {
    try session.teach(on: host) { room, session throws(Diagnostic) in
      guard let desk = room.desk else { throw call.noLesson }
      let word = try call.word("page")
      let pages = desk.lesson.pages
      let index =
        Int(word).flatMap { (1...pages.count).contains($0) ? $0 - 1 : nil }
        ?? pages.firstIndex { $0.id == word }
      guard let index else {
        throw call.mistake(
          "there is no page \(word)", about: "page", help: "pages lists 1 to \(pages.count)")
      }
      return room.walk(
        to: room.beginning(of: index, in: desk.lesson), of: desk.lesson, manner: desk.manner,
        in: &session, as: call.source, on: host)
    }
  }
}
