import Display
import Notebook

extension Classroom {
  /// Goes on: past a question or goal that is done, to what comes next.
  mutating func next(
    _ call: Call, in session: inout Session, on host: any Host
  ) throws(Diagnostic) -> Activity {
    guard let desk else { throw call.noLesson }
    var isLeavingGoal = false
    switch desk.open {
    case .question?:
      if let refusal = refuse("the question is open: answer it") { return .done(refusal) }
      close(with: "-", .skipped)
    case .goal?:
      isLeavingGoal = true
      if !desk.isMet, let refusal = try turnDown(call, in: session) { return .done(refusal) }
      self.desk?.step += 1
      self.desk?.isShown = false
    default: break
    }
    return goOn(call, in: &session, isLeavingGoal: isLeavingGoal, on: host)
  }

  /// The first time it stays; the second time it gives way, unless the lesson is taken strictly.
  private mutating func refuse(_ words: StyledText) -> Output? {
    guard let desk, desk.manner.isStrict || !desk.wasRefused else { return nil }
    self.desk?.wasRefused = true
    let way: [Block] = desk.manner.isStrict ? [] : [.note("press Enter once more to leave it")]
    return Output(["refused": true], [.lines([words])] + way)
  }

  /// What is missing from the goal; nil when it may be left.
  private mutating func turnDown(_ call: Call, in session: Session) throws(Diagnostic) -> Output? {
    guard let desk else { return nil }
    if desk.wasRefused, !desk.manner.isStrict {
      logbook.change(desk.page, of: desk.lesson.id) { page in
        if page.outcome == .open { page.outcome = .skipped }
      }
      return nil
    }
    let output = try check(call, in: session)
    if self.desk?.isMet == true { return output }
    self.desk?.wasRefused = true
    let way: [Block] = desk.manner.isStrict ? [] : [.note("press Enter once more to leave it")]
    return Output(output.result, output.blocks + way)
  }

  private mutating func goOn(
    _ call: Call, in session: inout Session, isLeavingGoal: Bool, on host: any Host
  ) -> Activity {
    guard let desk else { return .done(Output()) }
    let end = desk.stop(from: desk.step)
    let isEmpty = desk.page.steps[desk.step..<end].allSatisfy {
      $0.blocks(presents: desk.manner.presents).isEmpty
    }
    if end == desk.page.steps.count, isEmpty, desk.pageIndex + 1 < desk.lesson.pages.count {
      complete()
      let target = beginning(of: desk.pageIndex + 1, in: desk.lesson)
      let page = desk.lesson.pages[target.page]
      let commands =
        desk.page.commands(in: desk.step..<end) + page.commands(in: 0..<target.step)
      return walk(
        to: target, running: commands, from: aside(in: session), of: desk.lesson,
        manner: desk.manner, in: &session, as: call.source, on: host)
    }
    let commands = desk.page.commands(in: desk.step..<end)
    let isGoal = end < desk.page.steps.count && desk.page.steps[end].isGoal
    if commands.isEmpty, !isGoal, !isLeavingGoal {
      self.desk?.step = end
      self.desk?.isShown = true
      if end == desk.page.steps.count { complete() }
      return .done(Output(result, view(from: desk.step, withHeading: false)))
    }
    let target = Target(page: desk.pageIndex, step: end, textFrom: desk.step)
    return walk(
      to: target, running: commands, from: aside(in: session), of: desk.lesson,
      manner: desk.manner, withHeading: false, in: &session, as: call.source, on: host)
  }

  /// A session that stands where the lesson's commands have led.
  private func aside(in session: Session) -> Session {
    guard let desk else { return session }
    return Session(commands: session.commands, at: desk.trunk)
  }
}

extension LessonPage.Step {
  var isGoal: Bool { if case .goal = self { true } else { false } }
}
