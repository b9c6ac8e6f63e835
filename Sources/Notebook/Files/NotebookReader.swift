/// Reads a notebook file; whatever the bytes, `NotebookWriter` gives the same bytes back.
///
/// The one exception is text that is not UTF-8: it is repaired, and that is a problem.
public enum NotebookReader {
  /// Reads the bytes of a file.
  ///
  /// Problems come in the order of their lines.
  public static func read(
    _ bytes: [UInt8]
  ) -> (notebook: Notebook, problems: [FileProblem]) {
    var result = read(String(decoding: bytes, as: UTF8.self))
    if let problem = encodingProblem(in: bytes) {
      result.problems.append(problem)
      result.problems.sort { ($0.line, $0.column) < ($1.line, $1.column) }
    }
    return result
  }

  /// Reads the text of a file.
  ///
  /// Problems come in the order of their lines.
  public static func read(_ text: String) -> (notebook: Notebook, problems: [FileProblem]) {
    var text = text
    var notebook = Notebook()
    if text.unicodeScalars.first == "\u{FEFF}" {
      notebook.hasByteOrderMark = true
      text.unicodeScalars.removeFirst()
    }
    let lines = SourceLine.split(text)
    notebook.lineEnding = lines.first.flatMap { $0.ending.isEmpty ? nil : $0.ending } ?? "\n"
    var problems: [FileProblem] = []
    notebook.frontMatter = FrontMatter(lines, problems: &problems)
    var cutter = Cutter(lines: lines, start: notebook.frontMatter.lines.count)
    cutter.cut()
    notebook.segments = cutter.segments
    problems += cutter.problems + notebook.pageProblems()
    // Stable, so that problems of one place keep the order in which they were found.
    let order = problems.indices.sorted {
      (problems[$0].line, problems[$0].column, $0) < (problems[$1].line, problems[$1].column, $1)
    }
    return (notebook, order.map { problems[$0] })
  }

  private static func encodingProblem(in bytes: [UInt8]) -> FileProblem? {
    var decoder = UTF8()
    var iterator = bytes.makeIterator()
    var line = 1
    var column = 1
    while true {
      switch decoder.decode(&iterator) {
      case .scalarValue("\n"):
        line += 1
        column = 1
      case .scalarValue: column += 1
      case .emptyInput: return nil
      case .error:
        return FileProblem(
          line: line, column: column, message: "this is not UTF-8; save the file as UTF-8")
      }
    }
  }

  /// The candidate that a word was probably meant as: at most two slips away, and not all of it.
  static func nearest(
    to word: Substring, among candidates: [String], slips: Int = 2
  ) -> String? {
    let known = candidates.filter { !$0.isEmpty }.map { (name: $0, slips: distance(word, $0)) }
    let best = known.min { $0.slips < $1.slips }
    return best.flatMap { $0.slips <= min(slips, $0.name.count - 2) ? $0.name : nil }
  }

  /// How many letters to insert, drop, change or swap with a neighbour; case counts nothing.
  private static func distance(_ left: Substring, _ right: String) -> Int {
    let left = Array(left.lowercased().prefix(32))
    let right = Array(right.lowercased().prefix(32))
    var before: [Int] = []
    var above = Array(0...right.count)
    for row in left.indices {
      var current = [row + 1]
      for column in right.indices {
        let change = above[column] + (left[row] == right[column] ? 0 : 1)
        var best = min(change, above[column + 1] + 1, current[column] + 1)
        if row > 0, column > 0, left[row] == right[column - 1], left[row - 1] == right[column] {
          best = min(best, before[column - 1] + 1)
        }
        current.append(best)
      }
      before = above
      above = current
    }
    return above[right.count]
  }
}
