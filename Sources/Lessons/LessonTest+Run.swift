import Display
import Notebook

extension LessonTest {
  /// Page by page, and what comes before the first one.
  mutating func run() {
    let ranges = [notebook.preface] + notebook.pages.map(\.segments)
    for range in ranges { runPage(range) }
  }

  mutating func runPage(_ range: Range<Int>) {
    var predictions: [Quiz] = []
    var goal = Goal()
    for index in range {
      switch notebook.segments[index] {
      case .prose(let prose): checkValues(of: prose, at: index)
      case .quiz(let quiz) where quiz.kind == .predict: predictions.append(quiz)
      case .cell(let cell):
        switch cell.role {
        case .plain:
          if goal.isOpen {
            report(cell.line, "a cell after the task; begin a new page before it with ##")
          }
          runInTrunk(cell, at: index)
          for quiz in predictions { checkKey(of: quiz) }
          predictions = []
        case .setup: runInTrunk(cell, at: index)
        case .start: goal.starts.append(index)
        case .check:
          goal.line = goal.line ?? cell.line
          goal.check += cell.steps.map(Expectation.init)
        case .solution, .accept: goal.right.append(index)
        case .reject: goal.wrong.append(index)
        case .skip, .attempt: break
        }
      case .quiz, .hint, .recall, .note: break
      }
    }
    for quiz in predictions {
      report(quiz.line, "no cell follows that would tell which option is right")
    }
    test(goal)
    checkHints(in: range)
  }

  /// Runs one of the cells that lead from page to page.
  private mutating func runInTrunk(_ cell: Cell, at index: Int) {
    var session = trunk
    compare(cell, at: index, in: &session)
    trunk = session
  }

  /// Runs a cell and compares what it prints.
  ///
  /// A cell that is not plain and shows no output at all is only run.
  mutating func compare(_ cell: Cell, at index: Int, in session: inout Session) {
    let isShown = cell.role == .plain || cell.steps.contains { !$0.expected.isEmpty }
    var outputs: [[String]?] = []
    for step in cell.steps {
      commands += 1
      let effects = session.applyWholly(step.input, on: host)
      let actual = effects.flatMap(\.plainLines)
      let mistake = effects.compactMap(\.mistake).first
      guard isShown else {
        if let mistake { report(step.line, "\(step.input) fails: \(mistake.message)") }
        continue
      }
      guard case .different = OutputMatch.compare(expected: step.expected, actual: actual) else {
        outputs.append(nil)
        continue
      }
      let isBroken = step.isBroken(mistake)
      outputs.append(isBroken ? nil : actual)
      report(
        step.line, "\(step.input) prints something else", expected: step.expected,
        actual: OutputMatch.cleaned(actual), isMended: !isBroken)
    }
    if isShown { notebook.segments[index] = .cell(cell.replacing(outputs: outputs)) }
  }

  mutating func checkValues(of prose: Prose, at index: Int) {
    var texts: [String?] = []
    for value in prose.values {
      do throws(Diagnostic) {
        let actual = try trunk.shown(value.expression.text)
        texts.append(actual == value.text ? nil : actual)
        if actual != value.text {
          report(
            value.line, "\(value.expression.text) is \(actual), the prose says \(value.text)",
            isMended: true)
        }
      } catch {
        texts.append(nil)
        report(value.line, "\(value.expression.text): \(error.message)")
      }
    }
    if texts.contains(where: { $0 != nil }) {
      notebook.segments[index] = .prose(prose.replacing(values: texts))
    }
  }

  /// Exactly one option of a prediction holds.
  mutating func checkKey(of quiz: Quiz) {
    do throws(Diagnostic) {
      let holding = try quiz.holding(in: trunk)
      if holding.count == 1 { return }
      let letters = holding.map { String($0.letter) }.joined(separator: ", ")
      let evidence = quiz.options.compactMap(\.condition).flatMap { trunk.evidence(for: $0.text) }
      var said: [String] = []
      for (name, value) in evidence where !said.contains("\(name) is \(value)") {
        said.append("\(name) is \(value)")
      }
      let found = holding.isEmpty ? "no option holds" : "the options \(letters) all hold"
      report(
        quiz.line,
        "one option has to hold after the next cell, but \(found)"
          + (said.isEmpty ? "" : " (\(said.joined(separator: ", ")))"))
    } catch {
      report(quiz.line, error.message)
    }
  }
}

extension Cell.Step {
  /// Whether the file promises something that came to nothing, which no update makes right: an
  /// `expect` that does not hold, unless the file shows that it does not.
  fileprivate func isBroken(_ mistake: Diagnostic?) -> Bool {
    let command = input.prefix { $0 != " " && $0 != "\n" }
    return mistake != nil && command == Expect.spec.name
      && !expected.contains { $0.hasPrefix("error: ") }
  }
}

extension Session.Effect {
  /// What a notebook shows of it.
  fileprivate var plainLines: [String] {
    switch self {
    case .show(let output): output.plainLines
    case .fail(let mistake, let source): mistake.plainLines(source: source)
    case .quit: []
    }
  }

  fileprivate var mistake: Diagnostic? {
    if case .fail(let mistake, _) = self { mistake } else { nil }
  }
}
