import Notebook

/// Where a learner sits: a lesson, a page of it, a step, and the lesson's own state there.
struct Desk: Sendable {
  /// How a lesson is taken.
  struct Manner: Sendable {
    /// Whether the notes for a presenter are shown.
    var presents = false
    /// Whether goals and questions cannot be left undone.
    var isStrict = false
  }

  let lesson: Lesson
  let manner: Manner
  /// The place of the page, from 0.
  let pageIndex: Int
  /// The step that is next, or at hand when it is shown.
  var step: Int
  /// Whether the step at hand was shown.
  var isShown: Bool
  /// The lesson's state after its commands so far.
  var trunk: Checkpoint
  /// Where `learn` leads back to: the trunk, or where a task begins.
  var home: Checkpoint
  /// Whether the session was moved away from where the lesson left it.
  var isAway = false
  /// Whether there is a world of the learner's own that is worth keeping.
  var hasOwn = false
  /// How often the world was changed beside the lesson.
  var changes = 0
  /// Whether the goal holds or did.
  var isMet = false
  /// Whether the last command was a `next` that was turned down.
  var wasRefused = false
  /// How many tries and changes there were when the last hint was shown.
  var effortAtHint: Int?
  /// Whether that hint was asked for once more.
  var askedAgain = false

  var page: LessonPage { lesson.pages[pageIndex] }

  /// What is to be done now.
  var open: LessonPage.Step? {
    isShown && step < page.steps.count ? page.steps[step] : nil
  }

  /// The command that Enter runs.
  var command: LessonPage.Command? {
    if case .run(let command)? = open { command } else { nil }
  }

  var isAtGoal: Bool { if case .goal? = open { true } else { false } }

  var isAtEnd: Bool { step >= page.steps.count }

  /// "page 2/5".
  var position: String { "page \(pageIndex + 1)/\(lesson.pages.count)" }

  /// The number of the question at a step, from 1.
  func number(ofQuestionAt step: Int) -> Int {
    page.steps[...step].count { if case .question = $0 { true } else { false } }
  }

  /// The next step at which there is something to do, or the end of the page.
  func stop(from step: Int) -> Int {
    page.steps[step...].firstIndex(where: \.isStop) ?? page.steps.count
  }
}

extension LessonPage.Step {
  /// Whether the learner has something to do.
  var isStop: Bool {
    switch self {
    case .run, .question, .goal: true
    case .prose, .shown, .silent, .start, .note: false
    }
  }
}

extension LessonPage {
  /// The lesson's own commands among some steps.
  func commands(in steps: Range<Int>) -> [String] {
    self.steps[steps].compactMap { step in
      switch step {
      case .silent(let input): input
      case .run(let command): command.input
      default: nil
      }
    }
  }

  /// The commands that lead to where the task begins.
  var starts: [String] {
    steps.compactMap { if case .start(let input) = $0 { input } else { nil } }
  }
}
