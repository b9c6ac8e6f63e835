import Cloud
import Display
public import Notebook

extension Classroom: Guide {
  /// An empty line and `next` are the lesson's command where one is at hand; a bare letter answers
  /// an open question.
  public mutating func reading(of line: String, in session: inout Session) -> String? {
    isLessonCell = false
    guard let desk else { return nil }
    let word = line.trimmed
    if word.isEmpty || word == "next" {
      guard let command = desk.command else { return word.isEmpty ? "next" : nil }
      if desk.isAway { comeHome(in: &session, as: "learn") }
      isLessonCell = true
      return command.input
    }
    if let command = desk.command, command.input == word { isLessonCell = !desk.isAway }
    let answer = word.hasSuffix(")") ? String(word.dropLast()) : word
    if case .question(let quiz)? = desk.open, quiz.isAnswer(answer) { return "answer \(answer)" }
    return nil
  }

  /// Goes on after the lesson's own command, tests a goal after any other, and keeps what was done.
  public mutating func cellEnded(
    _ cell: SessionCell, in session: inout Session, on host: any Host
  ) -> [Output] {
    var outputs: [Output] = []
    if desk != nil { outputs = lookOn(cell, in: &session) }
    isLessonCell = false
    notePlace(in: session)
    save(on: host)
    let blocks = takeRemarks()
    return (blocks.isEmpty ? [] : [Output([:], blocks)]) + outputs
  }

  /// What is still to be said.
  mutating func takeRemarks() -> [Block] {
    defer { remarks = [] }
    return remarks.map { .note($0) }
  }

  /// The lessons' names.
  public func names(of kind: NameKind) -> [Candidate]? {
    kind == .lesson ? course.candidates : nil
  }

  private mutating func lookOn(_ cell: SessionCell, in session: inout Session) -> [Output] {
    if cell.input != "next" { desk?.wasRefused = false }
    if let command = desk?.command, isLessonCell, cell.input == command.input,
      cell.mistake == nil || command.fails
    {
      return [stepEnded(command, in: &session)].filter { !$0.blocks.isEmpty }
    }
    guard cell.mistake == nil else { return [] }
    switch cell.effect {
    case .changes, .passesTime:
      desk?.isAway = true
      desk?.hasOwn = true
      desk?.changes += 1
    case .moves: desk?.isAway = true
    case .looks, .accompanies: return []
    }
    return announcement(in: session).map { [$0] } ?? []
  }

  /// After one of the lesson's commands.
  private mutating func stepEnded(
    _ command: LessonPage.Command, in session: inout Session
  ) -> Output {
    guard var desk else { return Output() }
    desk.trunk = session.checkpoint
    desk.home = desk.trunk
    desk.step += 1
    desk.isShown = false
    self.desk = desk
    let verdicts = command.endsCell ? resolvePredictions(in: session) : Output()
    let more = showNextCommand()
    let cue: [Block] = more.isEmpty ? [.note("Enter goes on")] : more
    return Output(verdicts.result, verdicts.blocks + cue)
  }

  /// Shows the next step if it is a command, so that one Enter runs it.
  mutating func showNextCommand() -> [Block] {
    guard let desk, !desk.isShown, desk.step < desk.page.steps.count,
      case .run(let command) = desk.page.steps[desk.step]
    else { return [] }
    self.desk?.isShown = true
    return [command.block]
  }

  /// Back to the lesson's own state; the learner's world is kept.
  mutating func comeHome(in session: inout Session, as input: String) {
    guard let desk else { return }
    move(&session, to: desk.home, for: desk.command, as: input)
  }

  /// Goes to where a command is to be run; the learner's world is kept if there is one.
  ///
  /// If it is `undo` it is to take back what the lesson did, not the way there.
  mutating func move(
    _ session: inout Session, to place: Checkpoint, for command: LessonPage.Command?,
    as input: String
  ) {
    let hasOwn = desk?.hasOwn ?? (session.world.rented > 0 || session.world.position > 0)
    let name = hasOwn ? session.state.freeName("mine") : nil
    session.go(to: place, as: input, keeping: name, withPast: command?.input == "undo")
    desk?.isAway = false
    desk?.hasOwn = false
    if let name {
      remarks.append("your own world is kept: \("switch \(name)", .command) leads to it")
    }
  }

  /// Keeps where the learner stands, and what was typed beside the lesson.
  private mutating func notePlace(in session: Session) {
    guard let desk else { return }
    let count = desk.home.cells.count
    let own =
      desk.isAway && session.cells.count > count
      ? session.cells[count...].filter(\.replays).map(\.input) : []
    logbook.stand(
      at: Logbook.Place(
        lesson: desk.lesson.id, page: desk.page.id, fingerprint: desk.page.fingerprint,
        step: desk.step, isShown: desk.isShown, own: own))
  }
}
