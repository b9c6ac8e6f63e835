import Display
import Notebook

/// `learn`: opens a lesson where one left it, or leads back to it.
enum Learn: Command {
  static let spec = Spec(
    "learn", group: "learning", "Open a lesson, or go back to its own state.",
    positionals: [
      Parameter(
        "lesson", .either([.name(.lesson), .file]), "a number, the start of a name, or a file",
        example: "01")
    ],
    options: [
      Parameter("present", .flag, "shows the notes for a presenter"),
      Parameter("strict", .flag, "goals and questions cannot be left undone"),
    ],
    examples: [
      Example("learn 01", "the first lesson, where you left it"),
      Example("learn", "back to the lesson's own state"),
    ],
    details: [
      "Every command is allowed in a lesson. What you do beside it is kept as a world of its own, "
        + "and the lesson goes on from where it was."
    ],
    synonyms: ["lesson", "teach", "tutor", "study"])
  static let effect = CommandEffect.accompanies

  static func start(_ call: Call, in session: inout Session, on host: any Host)
    throws(Diagnostic) -> Activity
  {
    try session.teach(on: host) { room, session throws(Diagnostic) in
      guard call.has("lesson") else { return try room.goBack(call, in: &session, on: host) }
      do throws(HostError) {
        let lesson = try room.course.lesson(call["lesson"]?.text.unquoted ?? "", on: host)
        return room.open(lesson, call, in: &session, on: host)
      } catch {
        throw call.mistake(error.message, about: "lesson", help: "lessons lists them")
      }
    }
  }
}

extension Classroom {
  fileprivate func manner(_ call: Call) -> Desk.Manner {
    Desk.Manner(presents: call.flag("present"), isStrict: call.flag("strict"))
  }

  /// Without a lesson's name: back to where the open one left off, else the one of last time, else
  /// the first.
  fileprivate mutating func goBack(
    _ call: Call, in session: inout Session, on host: any Host
  ) throws(Diagnostic) -> Activity {
    if let desk {
      if desk.isAway { comeHome(in: &session, as: call.source) }
      return .done(
        Output(
          result, takeRemarks() + view(from: textStart(of: desk), withHeading: true)))
    }
    let last = logbook.places.last?.lesson
    let lessons = course.lessons(on: host)
    guard let lesson = lessons.first(where: { $0.id == last }) ?? lessons.first else {
      throw call.mistake("there are no lessons here", help: "learn FILE opens one")
    }
    return open(lesson, call, in: &session, on: host)
  }

  /// Opens a lesson: where the learner left it, unless the page has changed since.
  fileprivate func open(
    _ lesson: Lesson, _ call: Call, in session: inout Session, on host: any Host
  ) -> Activity {
    var greeting: [Block] = [.lines([title(of: lesson)])]
    if !lesson.problems.isEmpty {
      let count = lesson.problems.count == 1 ? "a problem" : "\(lesson.problems.count) problems"
      greeting.append(.note("the file has \(count); nepho test \(lesson.path) shows where"))
    }
    let target = resumed(lesson, &greeting)
    return walk(
      to: target ?? beginning(of: 0, in: lesson), of: lesson, manner: manner(call),
      greeting: greeting, in: &session, as: call.source, on: host)
  }

  private func title(of lesson: Lesson) -> StyledText {
    var line = StyledText(lesson.number.isEmpty ? "" : "\(lesson.number)  ", .accent)
    line.append(lesson.title, .title)
    if let minutes = lesson.minutes { line.append("  \(minutes) minutes", .dim) }
    return line
  }

  /// Where the learner left a lesson; nil at its beginning or end.
  private func resumed(_ lesson: Lesson, _ greeting: inout [Block]) -> Target? {
    guard let place = logbook.place(in: lesson.id) else { return nil }
    guard let index = lesson.pages.firstIndex(where: { $0.id == place.page }) else {
      greeting.append(.note("the page \(place.page) is gone; you are at the first page"))
      return nil
    }
    let page = lesson.pages[index]
    guard page.fingerprint == place.fingerprint, place.step <= page.steps.count else {
      greeting.append(.note("this page has changed since; you are at its beginning"))
      return beginning(of: index, in: lesson)
    }
    if index == lesson.pages.count - 1, place.step == page.steps.count {
      greeting.append(.note("you have been through this lesson; it begins anew"))
      return nil
    }
    let isStop = place.step == page.steps.count || page.steps[place.step].isStop
    return Target(
      page: index, step: place.step, isShown: place.isShown && isStop, own: place.own,
      textFrom: page.textStart(before: place.step))
  }

  /// Where the text that leads to the step at hand begins.
  private func textStart(of desk: Desk) -> Int { desk.page.textStart(before: desk.step) }
}

extension LessonPage {
  /// The step after the last thing that was done before a step.
  func textStart(before step: Int) -> Int {
    let done = steps[..<step].lastIndex { $0.isStop }
    return done.map { $0 + 1 } ?? 0
  }
}

extension String {
  /// Without the quotation marks that keep blanks.
  var unquoted: String {
    guard count >= 2, let first, first == last, first == "\"" || first == "'" else { return self }
    return String(dropFirst().dropLast())
  }
}
