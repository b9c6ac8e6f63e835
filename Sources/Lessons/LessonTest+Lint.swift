import Display
import Notebook

extension LessonTest {
  mutating func lint() {
    for need in lesson.needs where known.map({ !$0.contains(need) }) ?? false {
      let line = notebook.frontMatter.entries.first { $0.key == "needs" }?.line ?? 1
      report(line, "there is no lesson \(need)")
    }
    for case .cell(let cell) in notebook.segments {
      for step in cell.steps {
        for (offset, text) in step.expected.enumerated() where text.cells > 80 {
          let above = step.input.split(separator: "\n", omittingEmptySubsequences: false).count
          report(step.line + above + offset, "this output is wider than 80 columns")
        }
      }
    }
  }
}
