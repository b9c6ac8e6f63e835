extension Notebook {
  /// Begins the notebook of a session: `kind: session`, then these keys.
  public init(session keys: KeyValuePairs<String, String>) {
    self.init()
    frontMatter["kind"] = "session"
    for (key, value) in keys { frontMatter[key] = value }
  }

  /// Adds a part at the end, with an empty line before it.
  public mutating func append(_ segment: Segment) {
    separate()
    segments.append(segment)
  }

  /// Adds Markdown at the end, with an empty line before it; headings begin pages as in a file.
  ///
  /// All of it counts as prose until the file is read again. Text that would swallow what comes
  /// after it, such as an open fence, is quoted as code.
  public mutating func append(markdown: String) {
    var texts = SourceLine.split(markdown).map(\.text)
    if !Outline.isClosed(after: texts) {
      let marks = Fence.marks(around: texts)
      texts = [marks] + texts + [marks]
    }
    let lines = texts.map { SourceLine(text: $0, ending: lineEnding) }
    var cutter = NotebookReader.Cutter(lines: lines, start: 0)
    cutter.cut()
    separate()
    for segment in cutter.segments {
      let text = NotebookWriter.text(of: segment, ending: lineEnding)
      segments.append(.prose(Prose(text: text, line: 0, heading: segment.heading, values: [])))
    }
  }

  /// Adds a command and what it printed: to the last cell if that has the same role, else in a
  /// new one.
  public mutating func append(input: String, output: [String], role: Cell.Role = .plain) {
    let step = Cell.Step(input: input, expected: OutputMatch.cleaned(output))
    if case .cell(var cell)? = segments.last, cell.role == role, cell.note.isEmpty {
      cell.steps.append(step)
      segments[segments.endIndex - 1] = .cell(cell)
    } else {
      append(.cell(Cell(role: role, steps: [step])))
    }
  }

  /// Ends the text so far with an empty line, unless it is empty.
  private mutating func separate() {
    let last = segments.last.map { NotebookWriter.text(of: $0, ending: lineEnding) }
    guard let text = last ?? (frontMatter.isEmpty ? nil : frontMatter.lines.map(\.raw).joined())
    else { return }
    let lines = SourceLine.split(text)
    var gap = lines.last?.ending.isEmpty == true ? lineEnding : ""
    if lines.last?.isBlank != true { gap += lineEnding }
    if !gap.isEmpty {
      segments.append(.prose(Prose(text: gap, line: 0, heading: nil, values: [])))
    }
  }
}
