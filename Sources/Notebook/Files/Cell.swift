/// A transcript: commands, and what each is expected to print.
public struct Cell: Sendable, Equatable {
  /// What a cell is for.
  public enum Role: String, CaseIterable, Sendable {
    /// Run, and compare what it prints.
    case plain = ""
    /// Run without showing it.
    case setup
    /// The state in which a task begins.
    case start
    /// Lines `expect EXPR else MESSAGE` that say when a task is done.
    case check
    /// The reference solution.
    case solution
    /// Another answer that has to pass.
    case accept
    /// A wrong answer that has to fail.
    case reject
    /// Shown, never run.
    case skip
    /// In sessions: a try that was not good enough; kept, not replayed.
    case attempt
  }

  /// One command and what it is expected to print.
  public struct Step: Sendable, Equatable {
    /// The command; the lines of a longer one are separated by LF.
    public var input: String
    /// The expected lines as written; a line `...` stands for any lines.
    public var expected: [String]
    /// The line of the file the command begins on, from 1; 0 if it comes from no file.
    public var line: Int

    /// Creates a step.
    public init(input: String, expected: [String] = [], line: Int = 0) {
      self.input = input
      self.expected = expected
      self.line = line
    }
  }

  /// What the cell is for.
  public let role: Role
  /// What follows the role on the opening line, for the reader's eyes.
  public let note: String
  /// The commands in order; changing them means that the cell is spelled anew when written.
  public var steps: [Step] { didSet { written = nil } }
  /// The line of the file with the opening marks, from 1; 0 if it comes from no file.
  public let line: Int
  var written: String?

  /// Creates a cell that comes from no file.
  public init(role: Role = .plain, note: String = "", steps: [Step]) {
    self.init(role: role, note: note, steps: steps, line: 0, written: nil)
  }

  init(role: Role, note: String, steps: [Step], line: Int, written: String?) {
    self.role = role
    self.note = note
    self.steps = steps
    self.line = line
    self.written = written
  }

  /// The cell with other outputs: one element for each step, nil to leave a step as it is.
  ///
  /// Terminal colours and trailing blanks are removed from the lines. Blank lines that end an
  /// expected output only separate commands, so they stay. If no line changes, the cell keeps the
  /// bytes of its file.
  public func replacing(outputs: [[String]?]) -> Cell {
    var changed = steps
    for (index, output) in zip(steps.indices, outputs) {
      guard let output else { continue }
      let gap = steps[index].expected.reversed().prefix { SourceLine(text: $0, ending: "").isBlank }
      changed[index].expected = OutputMatch.cleaned(output) + gap.reversed()
    }
    if changed == steps { return self }
    var cell = self
    cell.steps = changed
    return cell
  }
}
