import Notebook

extension LessonTest {
  /// The task of a page, while its segments are gone through.
  struct Goal {
    var starts: [Int] = []
    var check: [Expectation] = []
    var line: Int?
    var right: [Int] = []
    var wrong: [Int] = []

    var isOpen: Bool { line != nil }
  }

  /// Puts the untouched beginning and every answer to the check.
  mutating func test(_ goal: Goal) {
    guard let line = goal.line else {
      for index in goal.right + goal.wrong {
        report(notebook.segments[index].line, "there is no check on this page")
      }
      return
    }
    if isLesson {
      if !goal.right.contains(where: { notebook.segments[$0].role == .solution }) {
        report(line, "the task has no solution")
      }
      if goal.wrong.isEmpty { report(line, "the task has no reject: an answer that must fail") }
    }
    var home = Session(commands: trunk.commands, at: trunk.checkpoint)
    for index in goal.starts { compare(at: index, in: &home) }
    judge(goal, home, at: line, "the untouched beginning", passes: false)
    for (indices, passes) in [(goal.right, true), (goal.wrong, false)] {
      for index in indices {
        var session = Session(commands: home.commands, at: home.checkpoint)
        compare(at: index, in: &session)
        let segment = notebook.segments[index]
        judge(goal, session, at: segment.line, "this answer", passes: passes)
      }
    }
  }

  mutating func compare(at index: Int, in session: inout Session) {
    guard case .cell(let cell) = notebook.segments[index] else { return }
    compare(cell, at: index, in: &session)
  }

  mutating func judge(
    _ goal: Goal, _ session: Session, at line: Int, _ what: String, passes: Bool
  ) {
    checks += 1
    var missing: [String] = []
    for expectation in goal.check {
      do throws(Diagnostic) {
        guard let message = try expectation.missing(in: session) else { continue }
        missing.append(message)
        if try expectation.parts(in: session).message == nil {
          say(expectation.line, "the check needs words for when it does not hold: else …")
        }
      } catch {
        say(expectation.line, "\(expectation.text): \(error.message)")
        return
      }
    }
    if passes, let first = missing.first {
      report(line, "\(what) has to pass the check, which says: \(first)")
    } else if !passes, missing.isEmpty {
      report(line, "\(what) passes the check, which it must not")
    }
  }

  /// Reports something once, however many answers show it.
  mutating func say(_ line: Int, _ message: String) {
    let problem = Problem(line: line, message: message)
    if !problems.contains(problem) { problems.append(problem) }
  }

  mutating func checkHints(in range: Range<Int>) {
    for index in range {
      guard case .hint(let hint) = notebook.segments[index], let condition = hint.condition else {
        continue
      }
      do throws(Diagnostic) {
        _ = try trunk.condition(condition.text)
      } catch {
        report(condition.line, "\(condition.text): \(error.message)")
      }
    }
  }
}

extension Notebook.Segment {
  fileprivate var role: Cell.Role? {
    if case .cell(let cell) = self { cell.role } else { nil }
  }
}
