extension Cell: FencedSegment {
  static let prompt = "cloud> "
  static let continuation = "     > "

  var info: String {
    ["cloud", role.rawValue, note].filter { !$0.isEmpty }.joined(separator: " ")
  }

  /// A line that would read as a command is no output one could write down, so `...` stands for it.
  var body: [String] {
    let bare = role == .check && steps.allSatisfy(Self.needsNoPrompt)
    return steps.flatMap { step in
      let inputs = SourceLine.split(step.input + "\n").map(\.text)
      let first = (bare ? "" : Self.prompt) + (inputs.first ?? "")
      let more = inputs.dropFirst().map { Self.continuation + $0 }
      let outputs = step.expected.enumerated().map { index, line in
        let isInput = Self.input(line, after: Self.prompt) != nil
        let isMore = index == 0 && Self.input(line, after: Self.continuation) != nil
        return isInput || isMore ? OutputMatch.anyLines : line
      }
      return [first] + more + outputs
    }
  }

  /// Whether a line of a check reads back as this step.
  private static func needsNoPrompt(_ step: Step) -> Bool {
    let first = SourceLine.split(step.input).first?.text[...] ?? ""
    return step.expected.isEmpty && !first.isEmpty && first == first.withoutOuterBlanks
      && input(String(first), after: prompt) == nil
  }

  /// What follows a prompt; editors may have removed the blank that ends an empty one.
  private static func input(_ line: String, after prompt: String) -> String? {
    if line.utf8.starts(with: prompt.utf8) {
      return String(Substring(line.utf8.dropFirst(prompt.utf8.count)))
    }
    return line == prompt.dropLast() ? "" : nil
  }

  /// Reads a transcript; every line of a check without prompts is a command.
  init(_ block: FenceBlock, problems: inout [FileProblem]) {
    let (word, rest) = block.fence.info.headAndRest.rest.headAndRest
    let role = Role(rawValue: String(word))
    if role == nil {
      let near = NotebookReader.nearest(to: word, among: Role.allCases.map(\.rawValue))
      problems.append(
        FileProblem(
          line: block.line, column: word.columnInLine,
          message: "`\(word)` is not a role of a cell",
          suggestion: "```" + (["cloud"] + (near.map { [$0] } ?? [])).joined(separator: " ")))
    }
    self.init(
      role: role ?? .skip, note: String(rest),
      steps: Self.steps(of: block, role: role ?? .skip, problems: &problems),
      line: block.line, written: block.written)
  }

  private static func steps(
    of block: FenceBlock, role: Role, problems: inout [FileProblem]
  ) -> [Step] {
    let hasPrompt = block.body.contains { input($0.text, after: prompt) != nil }
    let bare = role == .check && !hasPrompt
    var steps: [Step] = []
    var stray: (FenceBlock.BodyLine, Substring)?
    for line in block.body {
      let text = line.text[...].withoutOuterBlanks
      if let command = input(line.text, after: prompt) {
        steps.append(Step(input: command, line: line.line))
      } else if let last = steps.indices.last {
        if steps[last].expected.isEmpty, let more = input(line.text, after: continuation) {
          steps[last].input += "\n" + more
        } else if !bare {
          steps[last].expected.append(line.text)
        } else if !text.isEmpty {
          steps.append(Step(input: String(text), line: line.line))
        }
      } else if bare, !text.isEmpty {
        steps.append(Step(input: String(text), line: line.line))
      } else if !text.isEmpty {
        stray = stray ?? (line, text)
      }
    }
    if let (line, text) = stray {
      problems.append(
        FileProblem(
          line: line.line, column: line.column(of: text),
          message: "there is text before the first `cloud> `", suggestion: prompt + text))
    }
    return steps
  }
}
