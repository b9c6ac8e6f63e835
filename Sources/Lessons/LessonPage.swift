public import Notebook

/// A page of a lesson: steps one after another, and at most one goal.
public struct LessonPage: Sendable {
  /// What one meets on a page.
  public enum Step: Sendable {
    /// Something to read.
    case prose(Prose)
    /// Commands to look at, which are not run.
    case shown([String])
    /// A command that runs without being shown.
    case silent(String)
    /// A command that runs without being shown, and only for the goal of this page.
    case start(String)
    /// A command to run.
    case run(Command)
    /// A question.
    case question(Quiz)
    /// The task.
    case goal
    /// What only a presenter sees.
    case note(Note)
  }

  /// A command to run.
  public struct Command: Sendable {
    /// The command.
    public let input: String
    /// Whether the lesson expects it to fail.
    public let fails: Bool
    /// Whether it is the last of its cell.
    public let endsCell: Bool
  }

  /// Its name, which no other page of the lesson has.
  public let id: String
  /// The words of its heading.
  public let title: String
  /// The steps in order.
  public let steps: [Step]
  /// When the task is done; nil for a page without a task.
  public let check: Check?
  /// The reference solution.
  public let solution: Cell?
  /// The hints in order.
  public let hints: [Hint]
  /// A mark of everything on it that is run, asked or tested; prose may change freely.
  public let fingerprint: String

  static func pages(of notebook: Notebook) -> [LessonPage] {
    let preface = Array(notebook.segments[notebook.preface])
    let pages = notebook.pages
    if pages.isEmpty {
      return [LessonPage(id: "start", title: notebook.title ?? "", segments: preface)]
    }
    return pages.enumerated().map { index, page in
      LessonPage(
        id: page.id, title: page.title,
        segments: (index == 0 ? preface : []) + notebook.segments[page.segments])
    }
  }

  private init(id: String, title: String, segments: [Notebook.Segment]) {
    self.id = id
    self.title = title
    var steps: [Step] = []
    var expectations: [Expectation] = []
    var solution: Cell?
    var hints: [Hint] = []
    var mark = Fingerprint()
    for segment in segments {
      switch segment {
      case .prose(let prose):
        if !prose.body.isEmpty { steps.append(.prose(prose)) }
      case .cell(let cell):
        mark.add(cell.role.rawValue)
        if cell.role != .attempt { for step in cell.steps { mark.add(step.input) } }
        if cell.role == .check, expectations.isEmpty { steps.append(.goal) }
        if cell.role == .check { expectations += cell.steps.map(Expectation.init) }
        if cell.role == .solution, solution == nil { solution = cell }
        steps += Self.steps(of: cell)
      case .quiz(let quiz):
        mark.add(quiz.question)
        for option in quiz.options { mark.add(option.text + (option.condition?.text ?? "")) }
        steps.append(.question(quiz))
      case .hint(let hint): hints.append(hint)
      case .note(let note): steps.append(.note(note))
      case .recall: break
      }
    }
    self.steps = steps
    check = expectations.isEmpty ? nil : Check(expectations)
    self.solution = solution
    self.hints = hints
    fingerprint = mark.text
  }

  private static func steps(of cell: Cell) -> [Step] {
    switch cell.role {
    case .plain:
      cell.steps.enumerated().map { index, step in
        .run(
          Command(
            input: step.input, fails: step.fails, endsCell: index == cell.steps.count - 1))
      }
    case .setup: cell.steps.map { .silent($0.input) }
    case .start: cell.steps.map { .start($0.input) }
    case .skip: [.shown(cell.steps.flatMap { [$0.input] + $0.expected })]
    case .check, .solution, .accept, .reject, .attempt: []
    }
  }
}

extension Prose {
  /// The blocks below the heading.
  var body: [ProseBlock] { Array(blocks.dropFirst(heading == nil ? 0 : 1)) }
}

extension Cell.Step {
  /// Whether the expected output is a mistake's.
  var fails: Bool { expected.contains { $0.hasPrefix("error") } }
}
