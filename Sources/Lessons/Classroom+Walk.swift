import Display
import Notebook

/// A place in a lesson to go to.
struct Target: Sendable {
  var page: Int
  var step: Int
  var isShown = true
  /// What the learner had typed there.
  var own: [String] = []
  /// Where the text to show begins.
  var textFrom = 0
}

extension Classroom {
  /// The beginning of a page: its first thing to do.
  func beginning(of page: Int, in lesson: Lesson) -> Target {
    let steps = lesson.pages[page].steps
    return Target(page: page, step: steps.firstIndex(where: \.isStop) ?? steps.count)
  }

  /// Goes to a place of a lesson, by replay from its beginning.
  func walk(
    to target: Target, of lesson: Lesson, manner: Desk.Manner, greeting: [Block] = [],
    in session: inout Session, as input: String, on host: any Host
  ) -> Activity {
    let page = lesson.pages[target.page]
    let before = lesson.pages[..<target.page].flatMap { $0.commands(in: 0..<$0.steps.count) }
    return walk(
      to: target, running: before + page.commands(in: 0..<target.step),
      from: session.fresh(seed: seed ?? lesson.seed), of: lesson, manner: manner,
      greeting: greeting, in: &session, as: input, on: host)
  }

  /// Goes to a place of a lesson from where its commands have led already.
  func walk(
    to target: Target, running commands: [String], from aside: Session, of lesson: Lesson,
    manner: Desk.Manner, greeting: [Block] = [], withHeading: Bool = true,
    in session: inout Session, as input: String, on host: any Host
  ) -> Activity {
    let page = lesson.pages[target.page]
    let isGoal =
      target.isShown && target.step < page.steps.count && page.steps[target.step].isGoal
    return .working(
      Walk(input, [commands, isGoal ? page.starts : [], target.own], from: aside, on: host) {
        session, arrival in
        var room = session.guide as? Classroom ?? Classroom(on: host)
        session.guide = nil
        defer { session.guide = room }
        let desk = Desk(
          lesson: lesson, manner: manner, pageIndex: target.page, step: target.step,
          isShown: target.isShown, trunk: arrival.places[0], home: arrival.places[1])
        return room.arrive(
          desk, target, arrival, greeting, withHeading: withHeading, in: &session, as: input)
      })
  }

  private mutating func arrive(
    _ desk: Desk, _ target: Target, _ arrival: Walk.Arrival, _ greeting: [Block],
    withHeading: Bool, in session: inout Session, as input: String
  ) -> Output {
    let isOwn = !target.own.isEmpty && arrival.failures[2] == nil
    if !isHome(desk, arrival) {
      move(
        &session, to: isOwn ? arrival.places[2] : desk.home, for: desk.command, as: input)
    }
    self.desk = desk
    self.desk?.isAway = isOwn
    self.desk?.hasOwn = isOwn
    var blocks = greeting + takeRemarks()
    if let failure = arrival.failures[2] {
      let why = "\(failure.input): \(failure.mistake.message)"
      blocks.append(
        .note(
          """
          what you typed here does not run any more (\(why)); you are where the lesson left you
          """))
    }
    begin(desk.page)
    if isOwn, desk.isAtGoal, (try? desk.page.check?.missing(in: session)) == [] {
      self.desk?.isMet = true
    }
    return Output(result, blocks + view(from: target.textFrom, withHeading: withHeading))
  }

  /// Whether the session stands where a desk has its home, so that there is nowhere to go.
  private func isHome(_ new: Desk, _ arrival: Walk.Arrival) -> Bool {
    guard let desk, desk.lesson.path == new.lesson.path else { return false }
    return !desk.isAway && arrival.cells.isEmpty
      && desk.home.cells.count == new.home.cells.count
  }

  /// Notes that a page was begun, and that it is done when nothing is left to do.
  mutating func begin(_ page: LessonPage) {
    guard let desk else { return }
    logbook.change(page, of: desk.lesson.id) { _ in }
    if desk.isAtEnd { complete() }
  }

  /// Notes that the page is done.
  mutating func complete() {
    guard let desk else { return }
    logbook.change(desk.page, of: desk.lesson.id) { page in
      guard page.outcome == .open else { return }
      page.outcome = page.answers.contains { $0.verdict == .skipped } ? .skipped : .done
    }
  }

  /// Where the learner stands, as data.
  var result: JSON {
    guard let desk else { return [:] }
    return [
      "lesson": .string(desk.lesson.id), "page": .int(desk.pageIndex + 1),
      "pages": .int(desk.lesson.pages.count), "id": .string(desk.page.id),
      "command": JSON(desk.command?.input),
    ]
  }

  /// The text from a step up to the one at hand, and what there is to do.
  func view(from start: Int, withHeading: Bool) -> [Block] {
    guard let desk else { return [] }
    var blocks: [Block] = []
    if withHeading {
      let title = desk.page.title.isEmpty ? desk.lesson.title : desk.page.title
      blocks += [
        .lines(["", StyledText(title, .title) + StyledText("  \(desk.position)", .dim), ""])
      ]
    }
    for step in desk.page.steps[start..<max(start, desk.step)] {
      let shown = step.blocks(presents: desk.manner.presents)
      if !shown.isEmpty { blocks += shown + [.lines([""])] }
    }
    return blocks + todo(in: desk)
  }

  /// What there is to do.
  private func todo(in desk: Desk) -> [Block] {
    switch desk.open {
    case .run(let command)?: return [command.block]
    case .question(let quiz)?: return quiz.blocks(seed: desk.page.fingerprint)
    case .goal?:
      return [
        .note(
          """
          your turn: \("check", .command) says what is missing, \("hint", .command) helps, \
          \("solution", .command) shows one way
          """)
      ]
    default: break
    }
    guard desk.isAtEnd else { return [.note("Enter goes on")] }
    let next = desk.pageIndex + 1
    guard next < desk.lesson.pages.count else { return farewell(desk) }
    return [.note("Enter goes on to: \(desk.lesson.pages[next].title)")]
  }

  private func farewell(_ desk: Desk) -> [Block] {
    let path = course.paths.firstIndex(of: desk.lesson.path)
    let following = path.flatMap { $0 + 1 < course.paths.count ? course.paths[$0 + 1] : nil }
    var line: StyledText = "that was \(desk.lesson.title, .accent)"
    if let following {
      let name = FileName(following)
      let word = name.number.isEmpty ? name.slug : name.number
      line += "; next comes \("learn \(word)", .command) (\(name.slug))"
    }
    return [.note(line)]
  }
}
