public import Display
import Notebook

extension LessonTest {
  /// The report: for each problem `file:line: …` and a diff, then what was looked at.
  public var blocks: [Block] {
    var blocks: [Block] = []
    for problem in problems {
      blocks.append(
        .lines([StyledText("\(path):\(problem.line): ", .accent) + StyledText(problem.message)]))
      if problem.expected != problem.actual {
        blocks.append(.diff(Diff(expected: problem.expected, actual: problem.actual)))
      }
    }
    let verdict: StyledText =
      isPassed
      ? "\("ok", .good)"
      : StyledText(Self.count(problems.count, "problem"), .bad)
    var line = StyledText("\(path): ") + verdict
    line += StyledText(", \(Self.count(commands, "command")), \(Self.count(checks, "check"))", .dim)
    return blocks + [.lines([line])]
  }

  private static func count(_ count: Int, _ noun: String) -> String {
    "\(count) \(noun)\(count == 1 ? "" : "s")"
  }
}
