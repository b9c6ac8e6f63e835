import Display
import LineEditor
import Notebook

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Performs what a session asks for: prints answers and mistakes, shows progress, stops on Ctrl-C.
struct Console {
  let format: CommonOptions.Format
  /// What the prompt takes up, where the source of a mistake stands above it.
  var promptWidth = 0
  /// Whether the source is not on the screen, so that it must be shown with a mistake.
  var showsSource = false
  /// Whether Ctrl-C stopped a cell.
  private(set) var wasInterrupted = false
  private let common: CommonOptions
  private var cell = 0

  init(_ common: CommonOptions) {
    self.common = common
    format = common.format
  }

  /// Runs a cell, command by command, and performs everything that follows; false when one failed,
  /// which ends the cell.
  mutating func perform(
    _ cell: String, in session: inout Session, on host: any Host, quits: inout Bool
  ) -> Bool {
    let commands = Lexer.commands(in: cell)
    if commands.isEmpty { return apply(cell, in: &session, on: host, quits: &quits) }
    for command in commands where !quits {
      guard apply(command, in: &session, on: host, quits: &quits) else { return false }
    }
    return true
  }

  private mutating func apply(
    _ line: String, in session: inout Session, on host: any Host, quits: inout Bool
  ) -> Bool {
    var progress = ProgressLine(common)
    _ = Interrupts.taken()
    var isStopped = false
    var turn = session.apply(line, on: host)
    while case .working(let state) = turn {
      if Interrupts.taken() {
        wasInterrupted = true
        isStopped = true
        turn = session.interrupt()
      } else {
        progress.show(state)
        turn = session.resume(events: 65_536)
      }
    }
    progress.clear()
    guard case .done(let effects) = turn else { return true }
    let succeeded = show(effects, of: line, in: session, quits: &quits)
    if isStopped, format != .json {
      let note = StyledText("stopped; undo takes it back")
      show(Block.note(note).lines(on: common.surface))
    }
    return succeeded
  }

  private mutating func show(
    _ effects: [Session.Effect], of line: String, in session: Session, quits: inout Bool
  ) -> Bool {
    var succeeded = true
    for effect in effects {
      switch effect {
      case .show(let output):
        if format == .json {
          cell += 1
          Standard.write(JSONLine.answer(cell, line, output, session) + "\n")
        } else {
          show(output.lines(on: common.surface))
        }
      case .fail(let mistake, let source):
        succeeded = false
        if format == .json {
          cell += 1
          Standard.write(JSONLine.mistake(cell, source, mistake) + "\n")
        } else {
          // What was typed stood for something else, such as Enter for a lesson's command.
          if source != line, !showsSource { show(["cloud> \(source)"]) }
          show(mistake, in: source)
        }
      case .quit: quits = true
      }
    }
    return succeeded
  }

  /// Prints lines with their looks.
  func show(_ lines: [StyledText]) {
    let renderer = TerminalRenderer(common.surface)
    Standard.write(lines.map { renderer.line($0) + "\n" }.joined())
  }

  private func show(_ mistake: Diagnostic, in source: String) {
    let surface = common.surface
    var lines = showsSource ? [StyledText(source)] : []
    let words = mistake.lines(
      source: source, promptWidth: showsSource ? 0 : promptWidth, width: surface.width,
      cells: { String($0).cells })
    for line in words {
      if line.hasPrefix("error") {
        let words = StyledText("error", .bad) + StyledText(String(line.dropFirst(5)))
        lines += Block.lines([words]).lines(on: surface)
      } else if line.hasPrefix("note: ") {
        lines += Block.lines([StyledText(line)]).lines(on: surface)
      } else if line.hasPrefix("try: ") {
        lines.append("try: " + StyledText(String(line.dropFirst(5)), .command))
      } else if line.allSatisfy({ " ^~".contains($0) }) {
        lines.append(StyledText(line, .caret))
      } else {
        lines.append(StyledText(line))
      }
    }
    show(lines)
  }
}

/// The machine's side: one line for each cell.
enum JSONLine {
  static func answer(_ cell: Int, _ input: String, _ output: Output, _ session: Session) -> String {
    let line: JSON = [
      "cell": .int(cell), "input": .string(input), "ok": true, "time": .number(session.time),
      "seed": .natural(session.seed), "result": output.result,
    ]
    return line.text
  }

  static func mistake(_ cell: Int, _ input: String, _ mistake: Diagnostic) -> String {
    let range = mistake.range ?? 0..<0
    let line: JSON = [
      "cell": .int(cell), "input": .string(input), "ok": false,
      "error": [
        "message": .string(mistake.message), "column": .int(range.lowerBound + 1),
        "length": .int(max(1, range.count)), "try": JSON(mistake.suggestion),
      ],
    ]
    return line.text
  }
}

/// Standard output, written at once and in whole; a closed pipe ends the program quietly.
enum Standard {
  /// Keeps the numbers of the standard streams from files and pipes that are opened later; a stream
  /// that was closed fails when it is used.
  static func open() {
    for descriptor in Int32(0)...2 where fcntl(descriptor, F_GETFD) < 0 {
      _ = platformOpen("/dev/null", descriptor == 0 ? O_WRONLY : O_RDONLY)
    }
  }

  static func write(_ text: String, to descriptor: Int32 = 1) {
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { platformWrite(descriptor, $0) }
      if count < 0, errno == EINTR || errno == EAGAIN { continue }
      guard count > 0 else {
        if errno == EPIPE { exit(0) }
        let reason = String(cString: strerror(errno)).lowercased()
        if descriptor != 2 { write("error: the answer cannot be written: \(reason)\n", to: 2) }
        exit(74)
      }
      rest = rest.dropFirst(count)
    }
  }
}

/// The system's `open`, which has the name of a method above.
private func platformOpen(_ path: String, _ flags: Int32) -> Int32 { open(path, flags) }

/// One line on the terminal that says how far a long cell is.
struct ProgressLine {
  private let isShown: Bool
  private let looks: (begin: String, end: String)
  private var chunks = 0
  private var isDrawn = false

  init(_ common: CommonOptions) {
    isShown = common.format == .text && Environment.drawsProgress
    looks = common.surface.color ? ("\u{1B}[2m", "\u{1B}[0m") : ("", "")
  }

  /// Draws it now and then: short work never shows it.
  mutating func show(_ progress: Progress) {
    chunks += 1
    guard isShown, chunks >= 40, chunks % 20 == 0 else { return }
    isDrawn = true
    let share = progress.fraction.map { "\(Int(max(0, min($0, 1)) * 100))%  " } ?? ""
    let text = "\(share)\(progress.detail)  (Ctrl-C stops it)"
      .truncated(toCells: (Environment.progressColumns ?? 80) - 1)
    Standard.write("\r\(looks.begin)\(text)\(looks.end)\u{1B}[K", to: 2)
  }

  /// Takes it away.
  mutating func clear() {
    guard isDrawn else { return }
    Standard.write("\r\u{1B}[K", to: 2)
    isDrawn = false
  }
}

extension String {
  fileprivate func truncated(toCells cells: Int) -> String {
    var text = ""
    var used = 0
    for character in self {
      used += String(character).cells
      if used > cells { break }
      text.append(character)
    }
    return text
  }
}
