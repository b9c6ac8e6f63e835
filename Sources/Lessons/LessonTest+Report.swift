public import Display
import Notebook

extension LessonTest {
  /// The report: for each problem `file:line: …` and a diff, then what was looked at; where the
  /// file is being updated, what that mends is no problem.
  public func blocks(updating: Bool = false) -> [Block] {
    var blocks: [Block] = []
    for problem in problems {
      blocks.append(
        .lines([StyledText("\(path):\(problem.line): ", .accent) + StyledText(problem.message)]))
      if problem.expected != problem.actual {
        blocks.append(.diff(Diff(expected: problem.expected, actual: problem.actual)))
      }
    }
    let mended = updating ? problems.count(where: \.isMended) : 0
    let verdict: StyledText =
      problems.count == mended
      ? "\("ok", .good)"
      : StyledText(Self.count(problems.count - mended, "problem"), .bad)
    var line = StyledText("\(path): ") + verdict
    if mended > 0 { line += ", \(mended) rewritten" }
    line += StyledText(", \(Self.count(commands, "command")), \(Self.count(checks, "check"))", .dim)
    return blocks + [.lines([line])]
  }

  private static func count(_ count: Int, _ noun: String) -> String {
    "\(count) \(noun)\(count == 1 ? "" : "s")"
  }
}
