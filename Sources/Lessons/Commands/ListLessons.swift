import Display
import Notebook

/// `lessons`: the course and how far one is.
enum ListLessons: Command {
  static let spec = Spec(
    "lessons", group: "learning", "List the lessons and how far you are.",
    examples: [Example("lessons", "the table")], synonyms: ["course", "tutorial", "tutorials"])
  static let effect = CommandEffect.accompanies

  static func start(_ call: Call, in session: inout Session, on host: any Host)
    throws(Diagnostic) -> Activity
  {
    try session.teach(on: host) { room, _ throws(Diagnostic) in
      let lessons = room.course.lessons(on: host)
      guard !lessons.isEmpty else {
        throw call.mistake("there are no lessons here", help: "learn FILE opens one")
      }
      let rows = lessons.map { lesson -> [StyledText] in
        [
          StyledText(lesson.name, .accent), StyledText(lesson.title),
          StyledText(lesson.minutes.map { "\($0)" } ?? ""), room.progress(in: lesson),
        ]
      }
      let json = lessons.map { lesson -> JSON in
        [
          "lesson": .string(lesson.id), "number": .string(lesson.number),
          "title": .string(lesson.title), "minutes": lesson.minutes.map { .int($0) } ?? .null,
          "pages": .int(lesson.pages.count), "done": .int(room.done(in: lesson)),
        ]
      }
      let columns: [Table.Column] = [
        .init(""), .init("lesson", priority: 3), .init("minutes", .right, priority: 1),
        .init("progress", priority: 2),
      ]
      return .done(
        Output(
          ["lessons": .array(json)],
          [.table(Table(columns, rows: rows)), .note(room.invitation(to: lessons))]))
    }
  }
}

extension Classroom {
  /// How many pages of a lesson are behind the learner.
  func done(in lesson: Lesson) -> Int {
    lesson.pages.count { page in
      (logbook.page(page.id, of: lesson.id)?.outcome ?? .open) != .open
    }
  }

  /// "3/5 pages", "done".
  func progress(in lesson: Lesson) -> StyledText {
    let done = done(in: lesson)
    if done == lesson.pages.count { return StyledText("done", .good) }
    return done == 0 && logbook.place(in: lesson.id) == nil
      ? StyledText("") : StyledText("\(done)/\(lesson.pages.count) pages", .value)
  }

  /// What to type next.
  fileprivate func invitation(to lessons: [Lesson]) -> StyledText {
    let isOpen = logbook.places.last.map { place in lessons.contains { $0.id == place.lesson } }
    if isOpen == true { return "\("learn", .command) goes on where you were" }
    return "\("learn \(lessons.first?.name ?? "")", .command) begins the first"
  }
}
