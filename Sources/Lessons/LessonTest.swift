import Display
public import Notebook

/// Runs a notebook as a test: what its cells print, what its solutions reach, what its questions
/// and prose claim.
///
/// It serves lessons, plain notebooks and saved sessions alike.
public struct LessonTest: Sendable {
  /// Something that is not as the file says.
  public struct Problem: Sendable, Hashable {
    /// The line of the file.
    public var line: Int
    /// What is wrong, in a sentence.
    public var message: String
    /// What the file expects, where that is lines.
    public var expected: [String] = []
    /// What came instead.
    public var actual: [String] = []
    /// Whether the updated text has what came, so that it is a problem no more.
    public var isMended = false
  }

  /// The file.
  public let path: String
  /// What is wrong, by line.
  public internal(set) var problems: [Problem] = []
  /// How many commands were run.
  public internal(set) var commands = 0
  /// How many solutions, wrong answers and untouched beginnings were put to a check.
  public internal(set) var checks = 0
  /// The text of the file with its outputs and prose values as they are now.
  public internal(set) var updated = ""

  let lesson: Lesson
  let isLesson: Bool
  let known: [String]?
  let host: any Host
  var notebook: Notebook
  var trunk: Session

  /// Whether everything is as the file says.
  public var isPassed: Bool { problems.isEmpty }
  /// Whether everything is as the updated text says.
  public var isPassedOnceUpdated: Bool { problems.allSatisfy(\.isMended) }

  /// Runs the test.
  ///
  /// - Parameters:
  ///   - bytes: the file's.
  ///   - path: its path, for the report.
  ///   - commands: what it may use.
  ///   - known: the ids, slugs and numbers of the lessons there are, to look `needs` up in; nil to
  ///     leave that out.
  ///   - host: where it reads files.
  public init(
    _ bytes: [UInt8], path: String, commands: [any Command.Type], known: [String]? = nil,
    on host: any Host
  ) {
    self.path = path
    lesson = Lesson(bytes, path: path)
    isLesson = lesson.notebook.frontMatter["lesson"] != nil
    self.known = known
    self.host = host
    notebook = lesson.notebook
    trunk = Session(commands: commands, seed: lesson.seed)
    for problem in lesson.problems { report(problem.line, problem.message) }
    if isLesson { lint() }
    run()
    updated = NotebookWriter.text(of: notebook)
    let order = problems.indices.sorted { (problems[$0].line, $0) < (problems[$1].line, $1) }
    problems = order.map { problems[$0] }
  }

  mutating func report(
    _ line: Int, _ message: String, expected: [String] = [], actual: [String] = [],
    isMended: Bool = false
  ) {
    problems.append(
      Problem(
        line: line, message: message, expected: expected, actual: actual, isMended: isMended))
  }
}
