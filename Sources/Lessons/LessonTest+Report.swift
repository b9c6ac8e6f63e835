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
      : StyledText(problems.count == 1 ? "1 problem" : "\(problems.count) problems", .bad)
    var line = StyledText("\(path): ") + verdict
    line += StyledText(", \(commands) commands, \(checks) checks", .dim)
    return blocks + [.lines([line])]
  }
}
