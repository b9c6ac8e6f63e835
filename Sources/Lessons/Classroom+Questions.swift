import Display
import Notebook

extension Classroom {
  /// Takes an answer to the open question.
  mutating func answer(_ call: Call, in session: Session) throws(Diagnostic) -> Output {
    guard let desk else { throw call.noLesson }
    guard case .question(let quiz)? = desk.open else {
      throw call.mistake("no question is open", help: "next goes on")
    }
    let letters = try call.word("letters").lowercased().filter { $0.isLetter }
    switch quiz.kind {
    case .order: return try order(letters, quiz, call)
    case .predict, .choice:
      guard let option = quiz.option(letters) else {
        let known = quiz.options.map { String($0.letter) }.joined(separator: ", ")
        throw call.mistake(
          "there is no option \(letters)", about: "letters", help: "choose \(known)")
      }
      return quiz.kind == .predict ? predict(option) : choose(option, of: quiz)
    }
  }

  private mutating func predict(_ option: Quiz.Option) -> Output {
    close(with: String(option.letter), .locked)
    let line: StyledText = "you expect \(String(option.letter), .strong); the run will tell"
    var blocks = [Block.lines([line])]
    let more = showNextCommand()
    blocks += more.isEmpty ? [.note("Enter goes on")] : more
    return Output(["answer": .string(String(option.letter)), "verdict": "locked"], blocks)
  }

  private mutating func choose(_ option: Quiz.Option, of quiz: Quiz) -> Output {
    close(with: String(option.letter), option.isKey ? .right : .wrong)
    var lines: [StyledText] = []
    if option.isKey {
      lines.append("\("✓", .good) right: " + quiz.words(option))
    } else {
      lines.append("\("✗", .bad) not " + quiz.words(option))
      lines += option.why.map { [OneLine.text($0)] } ?? []
      lines += quiz.key.map { ["it is " + quiz.words($0)] } ?? []
    }
    lines += quiz.why.map { [OneLine.text($0)] } ?? []
    return Output(
      [
        "answer": .string(String(option.letter)), "right": .bool(option.isKey),
        "key": JSON(quiz.key.map { String($0.letter) }),
      ], [.lines(lines), .note("Enter goes on")])
  }

  private mutating func order(
    _ letters: String, _ quiz: Quiz, _ call: Call
  ) throws(Diagnostic) -> Output {
    guard let desk, quiz.isAnswer(letters) else {
      throw call.mistake(
        "an order names each of the \(quiz.options.count) letters once", about: "letters")
    }
    let right = quiz.rightLines(letters, seed: desk.page.fingerprint)
    if right == quiz.options.count {
      close(with: letters, .right)
      let why = quiz.why.map { [OneLine.text($0)] } ?? []
      return Output(
        ["answer": .string(letters), "right": true],
        [.lines(["\("✓", .good) that is the order"] + why), .note("Enter goes on")])
    }
    logbook.change(desk.page, of: desk.lesson.id) { $0.tries += 1 }
    let start = right == 0 ? "the first line is another" : "the first \(right) are right"
    return Output(
      ["answer": .string(letters), "right": false, "correct": .int(right)],
      [.lines(["\("✗", .bad) not yet: \(start)"])] + helpOffer)
  }

  /// Notes the answer and goes past the question.
  mutating func close(with letters: String, _ verdict: Logbook.Answer.Verdict) {
    guard let desk else { return }
    let number = desk.number(ofQuestionAt: desk.step)
    logbook.change(desk.page, of: desk.lesson.id) { page in
      page.answers.removeAll { $0.question == number }
      page.answers.append(
        Logbook.Answer(question: number, letters: letters, verdict: verdict))
    }
    self.desk?.step += 1
    self.desk?.isShown = false
  }

  /// Tells which predictions were right, where the run has told.
  mutating func resolvePredictions(in session: Session) -> Output {
    guard let desk, let kept = logbook.page(desk.page.id, of: desk.lesson.id) else {
      return Output()
    }
    var blocks: [Block] = []
    var verdicts: [JSON] = []
    for index in 0..<desk.step {
      guard case .question(let quiz) = desk.page.steps[index], quiz.kind == .predict else {
        continue
      }
      let number = desk.number(ofQuestionAt: index)
      guard
        let place = kept.answers.firstIndex(where: {
          $0.question == number && $0.verdict == .locked
        }), let truth = quiz.truth(in: session)
      else { continue }
      let letters = kept.answers[place].letters
      let isRight = letters == String(truth.letter)
      logbook.change(desk.page, of: desk.lesson.id) { page in
        page.answers[place].verdict = isRight ? .right : .wrong
      }
      blocks.append(.lines(quiz.verdict(on: letters, truth: truth, in: session)))
      verdicts.append(
        ["answer": .string(letters), "key": .string(String(truth.letter)), "right": .bool(isRight)])
    }
    return Output(verdicts.isEmpty ? [:] : ["predictions": .array(verdicts)], blocks)
  }
}

extension Quiz {
  /// The option that is marked as right.
  var key: Option? { options.first(where: \.isKey) }

  /// The options whose condition holds.
  func holding(in session: Session) throws(Diagnostic) -> [Option] {
    var holding: [Option] = []
    for option in options {
      if let condition = option.condition, try session.holds(condition.text) {
        holding.append(option)
      }
    }
    return holding
  }

  fileprivate func truth(in session: Session) -> Option? {
    (try? holding(in: session))?.first
  }

  /// The answer, the truth, what it was judged by, and why.
  fileprivate func verdict(
    on letters: String, truth: Option, in session: Session
  ) -> [StyledText] {
    let isRight = letters == String(truth.letter)
    var lines: [StyledText] = []
    if isRight {
      lines.append("\("✓", .good) as you expected: " + words(truth))
    } else {
      let mine = option(letters).map { words($0) } ?? StyledText(letters)
      lines.append("\("✗", .bad) you expected " + mine)
      lines.append("  it is " + words(truth))
    }
    let evidence = truth.condition.map { session.evidence(for: $0.text) } ?? []
    if !evidence.isEmpty {
      let words = evidence.map { "\($0.name) is \($0.value)" }.joined(separator: ", ")
      lines.append(StyledText("  " + words, .dim))
    }
    if !isRight, let why = option(letters)?.why { lines.append(OneLine.text(why)) }
    if let why { lines.append(OneLine.text(why)) }
    return lines
  }
}
