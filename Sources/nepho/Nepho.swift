import ArgumentParser
import LineEditor

/// The program: arguments, then read, apply, perform.
@main
struct Nepho: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "nepho",
    abstract: "A notebook for cloud computing: rent servers, send requests, see what happens.",
    version: "0.1.0",
    subcommands: [TalkCommand.self, RunFileCommand.self],
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
