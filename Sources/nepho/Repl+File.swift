import LineEditor
import Notebook

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

extension Repl {
  /// Runs a file, or standard input, to its end or to the first command that fails; the exit status.
  mutating func run(file: String, keepGoing: Bool) -> Int32 {
    if file == "-" { return runLines(keepGoing: keepGoing) }
    do throws(HostError) {
      let bytes = try host.read(file)
      return runNotebook(bytes, named: file, keepGoing: keepGoing)
    } catch {
      Standard.write("error: \(error.message)\n", to: 2)
      return 66
    }
  }

  private mutating func runLines(keepGoing: Bool) -> Int32 {
    var source = PlainInput(isComplete: { Lexer.isComplete($0) })
    var status: Int32 = 0
    var quits = false
    while !quits {
      switch source.next(prompt: Prompt("")) {
      case .cell(let text):
        if Lexer.commands(in: text).isEmpty { continue }
        let succeeded = runCell(text, quits: &quits)
        if console.wasInterrupted { return Self.interrupted }
        if succeeded { continue }
        status = 1
        if !keepGoing { return status }
      case .cancelled: return Self.interrupted
      case .end: return status
      case .failed(let number): return Self.report(unreadable: number)
      }
    }
    return status
  }

  /// The status of a program that Ctrl-C ended.
  private static var interrupted: Int32 { 130 }

  /// Says that standard input cannot be read; the exit status.
  static func report(unreadable number: Int32) -> Int32 {
    let reason = String(cString: strerror(number)).lowercased()
    Standard.write("error: standard input cannot be read: \(reason)\n", to: 2)
    return 74
  }

  /// Runs the cells of a notebook in order, or the lines of a plain file.
  private mutating func runNotebook(_ bytes: [UInt8], named name: String, keepGoing: Bool) -> Int32
  {
    let (notebook, problems) = NotebookReader.read(bytes)
    if let problem = problems.first {
      Standard.write("\(name):\(problem)\n", to: 2)
      return 65
    }
    if common.seed == nil, let text = notebook.frontMatter["seed"], let seed = UInt64(text) {
      session = Session(commands: session.commands, seed: seed)
    }
    var inputs = notebook.inputs
    if inputs.isEmpty {
      guard !name.lowercased().hasSuffix(".md") else {
        Standard.write("error: there is no cell in \(name)\n", to: 2)
        return 65
      }
      inputs = Lexer.commands(in: String(decoding: bytes, as: UTF8.self))
    }
    var status: Int32 = 0
    var quits = false
    for input in inputs where !quits {
      if runCell(input, quits: &quits) { continue }
      status = 1
      if !keepGoing { break }
    }
    return status
  }

  private mutating func runCell(_ text: String, quits: inout Bool) -> Bool {
    if console.format != .json {
      let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
      Standard.write("cloud> \(lines.joined(separator: "\n     > "))\n")
    }
    console.promptWidth = 7
    return console.perform(text, in: &session, on: host, quits: &quits)
  }
}
