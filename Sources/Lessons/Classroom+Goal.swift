import Display
import Notebook

extension Classroom {
  /// That the goal is reached, once it is.
  mutating func announcement(in session: Session) -> Output? {
    guard let desk, desk.isAtGoal, !desk.isMet,
      (try? desk.page.check?.missing(in: session)) == []
    else { return nil }
    self.desk?.isMet = true
    logbook.change(desk.page, of: desk.lesson.id) { page in
      if page.outcome.rank < Logbook.Outcome.shown.rank { page.outcome = .done }
    }
    return Output(
      ["met": true],
      [
        .lines(["\("✓", .good) goal reached"]),
        .note("\("solution", .command) shows another way and why; Enter goes on"),
      ])
  }

  /// Says what is missing, and counts it as a try.
  mutating func check(_ call: Call, in session: Session) throws(Diagnostic) -> Output {
    guard let desk else { throw call.noLesson }
    guard desk.isAtGoal, let check = desk.page.check else {
      throw call.mistake("there is no task here", help: "next goes on")
    }
    let missing = try check.missing(in: session)
    if missing.isEmpty {
      return announcement(in: session)
        ?? Output(["met": true], line: "\("✓", .good) the goal is reached; Enter goes on")
    }
    logbook.change(desk.page, of: desk.lesson.id) { $0.tries += 1 }
    return Output(
      ["met": false, "missing": .array(missing.map { .string($0) })],
      [.lines(missing.map { "\("✗", .bad) " + StyledText($0) })] + helpOffer)
  }

  /// Offers a hint after two tries.
  var helpOffer: [Block] {
    guard let desk, let kept = logbook.page(desk.page.id, of: desk.lesson.id), kept.tries >= 2,
      !desk.page.hints.isEmpty, kept.hints < desk.page.hints.count
    else { return [] }
    return [.note("\("hint", .command) may help")]
  }

  /// The next hint that applies; again the last one when nothing was tried since.
  mutating func hint(_ call: Call, in session: Session) throws(Diagnostic) -> Output {
    guard let desk else { throw call.noLesson }
    let hints = desk.page.hints
    if hints.isEmpty { throw call.mistake("this page has no hints", help: "next goes on") }
    let kept = logbook.page(desk.page.id, of: desk.lesson.id)
    let seen = kept?.hints ?? 0
    let effort = desk.changes + (kept?.tries ?? 0)
    if seen > 0, desk.effortAtHint == effort, !desk.askedAgain {
      self.desk?.askedAgain = true
      return output(seen - 1, more: seen < hints.count, "once more for the next hint")
    }
    guard let next = try fitting(hints, from: seen, in: session) else {
      return Output(
        ["hint": .null],
        line: "there are no more hints for this; \("solution", .command) shows one way")
    }
    self.desk?.effortAtHint = effort
    self.desk?.askedAgain = false
    logbook.change(desk.page, of: desk.lesson.id) { $0.hints = next + 1 }
    return output(next, more: false, "")
  }

  /// The first hint from a place on whose condition holds.
  private func fitting(
    _ hints: [Hint], from start: Int, in session: Session
  ) throws(Diagnostic) -> Int? {
    for index in min(start, hints.count)..<hints.count {
      guard let condition = hints[index].condition else { return index }
      if try session.holds(condition.text) { return index }
    }
    return nil
  }

  private func output(_ index: Int, more: Bool, _ remark: String) -> Output {
    guard let desk else { return Output() }
    let hint = desk.page.hints[index]
    let result: JSON = ["hint": .int(index + 1), "of": .int(desk.page.hints.count)]
    let blocks = ProseBlock.shown(ProseBlock.blocks(of: hint.text))
    return Output(result, blocks + (more ? [.note(StyledText(remark))] : []))
  }

  /// Shows the reference solution, or the answer to the open question.
  mutating func solution(_ call: Call) throws(Diagnostic) -> Output {
    guard let desk else { throw call.noLesson }
    if case .question(let quiz)? = desk.open { return try reveal(quiz, call) }
    guard let solution = desk.page.solution else {
      throw call.mistake("this page has no task", help: "next goes on")
    }
    showing()
    var lines: [StyledText] = solution.steps.flatMap { step in
      step.input.split(separator: "\n").map { StyledText("    " + $0, .command) }
    }
    if !solution.note.isEmpty { lines.append(OneLine.text(solution.note)) }
    return Output(
      ["solution": .array(solution.steps.map { .string($0.input) })],
      [.lines(lines), .note("\("solution run", .command) runs it from where the task begins")])
  }

  /// Notes that the solution was shown before the goal was reached.
  mutating func showing() {
    guard let desk, !desk.isMet else { return }
    logbook.change(desk.page, of: desk.lesson.id) { page in
      if page.outcome.rank < Logbook.Outcome.shown.rank { page.outcome = .shown }
    }
  }

  private mutating func reveal(_ quiz: Quiz, _ call: Call) throws(Diagnostic) -> Output {
    var lines: [StyledText]
    switch quiz.kind {
    case .predict: throw call.mistake("the run will tell", help: "answer with a letter, or next")
    case .choice: lines = quiz.key.map { ["it is " + quiz.words($0)] } ?? []
    case .order: lines = quiz.options.map { "    " + OneLine.text($0.text) }
    }
    if let why = quiz.why { lines.append(OneLine.text(why)) }
    close(with: "-", .skipped)
    return Output(["shown": true], [.lines(lines), .note("Enter goes on")])
  }
}
