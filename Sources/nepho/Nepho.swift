import ArgumentParser
import LineEditor

/// The program: arguments, then read, apply, perform.
@main
struct Nepho: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "nepho",
    abstract: "A notebook for cloud computing: rent servers, send requests, see what happens.",
    version: "0.1.0",
    subcommands: [
      TalkCommand.self, RunFileCommand.self, LearnCommand.self, TestCommand.self,
      NewLessonCommand.self,
    ],
    defaultSubcommand: TalkCommand.self)
}

/// `nepho`: the prompt.
struct TalkCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "talk", abstract: "Talk at the prompt (what happens without a subcommand).")

  @OptionGroup var common: CommonOptions

  func run() throws {
    var repl = Repl(common)
    let status = repl.talk()
    if status != 0 { throw ExitCode(status) }
  }
}

/// `nepho run FILE`: a notebook, or lines of commands.
struct RunFileCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run", abstract: "Run a notebook, or lines of commands from standard input.")

  @Argument(help: "A notebook, a file of commands, or - for standard input.")
  var file: String

  @Flag(help: "Go on after a command that failed.")
  var keepGoing = false

  @OptionGroup var common: CommonOptions

  func run() throws {
    var repl = Repl(common)
    let status = repl.run(file: file, keepGoing: keepGoing)
    if status != 0 { throw ExitCode(status) }
  }
}

/// `nepho learn 03`: the prompt, with a lesson begun.
struct LearnCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "learn", abstract: "Begin a lesson at the prompt, or list the lessons.")

  @Argument(help: "A lesson's number or name, or a file.")
  var lesson: String?

  @Flag(help: "List the lessons.")
  var list = false

  @Flag(help: "Wait for goals and questions: next does not pass over them.")
  var strict = false

  @Flag(help: "Show more space and the notes for whoever presents.")
  var present = false

  @OptionGroup var common: CommonOptions

  func run() throws {
    var repl = Repl(common)
    guard let lesson, !list else {
      repl.list()
      return
    }
    let flags = (strict ? " --strict" : "") + (present ? " --present" : "")
    let isPlain = lesson.allSatisfy { !$0.isWhitespace && $0 != "\"" }
    let status = repl.talk(first: "learn \(isPlain ? lesson : "\"\(lesson)\"")\(flags)")
    if status != 0 { throw ExitCode(status) }
  }
}
