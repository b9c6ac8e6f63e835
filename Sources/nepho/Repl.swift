import Display
import Lessons
import LineEditor
import Notebook

/// Reads lines, applies them, performs what follows.
struct Repl {
  var session: Session
  var console: Console
  let common: CommonOptions
  let host = FileHost()

  init(_ common: CommonOptions) {
    Standard.open()
    self.common = common
    session = Session(commands: Commands.all + LessonCommands.all, seed: common.seed ?? 1)
    console = Console(common)
    Interrupts.ignoreBrokenPipes()
  }

  /// Talks until the input ends or `quit` is typed; the exit status.
  mutating func talk(first: String? = nil) -> Int32 {
    // The editor asks for the language while the session waits; both stand on this thread.
    session.guide = Classroom(
      folders: Environment.lessonFolders, progress: Environment.stateFile("progress"),
      seed: common.seed, on: host)
    let shared = SharedSession(session)
    let history = History(path: Environment.stateFile("history")) { problem in
      Standard.write("note: \(problem)\n", to: 2)
    }
    let prompt = Prompt("cloud> ", sgr: common.surface.color ? "1" : "")
    let editor = EditLine(
      name: "nepho", language: .session(shared, color: common.surface.color), history: history)
    var plain = PlainInput(isComplete: { Lexer.isComplete($0) })
    console.promptWidth = editor == nil ? 0 : prompt.text.count
    console.showsSource = editor == nil
    if editor != nil, first == nil { console.show(Greeting.lines) }
    var quits = false
    var status: Int32 = 0
    if let first {
      _ = console.perform(first, in: &shared.session, on: host, quits: &quits)
    }
    while !quits {
      switch editor?.next(prompt: prompt) ?? plain.next(prompt: prompt) {
      case .cell(let text):
        _ = console.perform(text, in: &shared.session, on: host, quits: &quits)
      case .cancelled: continue
      case .end:
        quits = true
      case .failed(let number):
        status = Self.report(unreadable: number)
        quits = true
      }
    }
    session = shared.session
    return status
  }
}

/// What is said when the prompt opens.
enum Greeting {
  static let lines: [StyledText] = [
    "Nepho: rent servers, send requests, see what happens.",
    "Begin with \("learn 01", .command), or try \("spawn 3", .command) and \("send 5", .command). \("help", .command) lists everything.",
  ]
}

/// The session, shared with the editor's callbacks.
final class SharedSession {
  var session: Session

  init(_ session: Session) { self.session = session }
}

extension Repl {
  /// Prints the lessons.
  mutating func list() {
    session.guide = Classroom(
      folders: Environment.lessonFolders, progress: Environment.stateFile("progress"), on: host)
    var quits = false
    _ = console.perform("lessons", in: &session, on: host, quits: &quits)
  }
}
