extension NotebookReader {
  /// Our info words.
  private enum Word: String, CaseIterable {
    case cloud
    case quiz
    case hint
    case recall
    case note
  }

  /// Cuts the lines below the front matter into segments.
  struct Cutter {
    private let lines: [SourceLine]
    private let start: Int
    private let outline: Outline
    /// The first line that no segment holds yet.
    private var cursor: Int
    private var heading: Prose.Heading?
    private(set) var segments: [Notebook.Segment] = []
    private(set) var problems: [FileProblem] = []

    init(lines: [SourceLine], start: Int) {
      self.lines = lines
      self.start = start
      cursor = start
      outline = Outline(lines[start...].map(\.raw).joined())
    }

    mutating func cut() {
      for mark in outline.marks {
        switch mark {
        case .heading(let level, let title, let rows):
          guard level <= 2, start + rows.lowerBound >= cursor else { continue }
          cutProse(to: start + rows.lowerBound)
          heading = Prose.Heading(level: level, title: title, id: id(below: rows))
        case .fence(let row):
          guard start + row >= cursor, let block = FenceBlock(lines, at: start + row) else {
            continue
          }
          cutBlock(block, at: start + row)
        case .html(let rows): lookForFences(in: rows)
        }
      }
      cutProse(to: lines.endIndex)
    }

    private mutating func cutProse(to end: Int) {
      guard cursor < end else { return }
      let rows = cursor..<end
      var values: [ProseValue] = []
      for row in rows where !outline.code.contains(row - start) {
        values += ProseValue.find(in: lines[row].text, line: row + 1, row: row - cursor)
      }
      segments.append(
        .prose(
          Prose(
            text: lines[rows].map(\.raw).joined(), line: cursor + 1, heading: heading,
            values: values)))
      heading = nil
      cursor = end
    }

    private mutating func cutBlock(_ block: FenceBlock, at row: Int) {
      let head = block.fence.info.headAndRest.head
      guard let word = Word(rawValue: String(head)) else {
        reportTypo(head, line: block.line)
        return
      }
      cutProse(to: row)
      switch word {
      case .cloud: segments.append(.cell(Cell(block, problems: &problems)))
      case .quiz: segments.append(.quiz(QuizParser.quiz(block, problems: &problems)))
      case .hint: segments.append(.hint(Hint(block, problems: &problems)))
      case .recall: segments.append(.recall(Recall(block, problems: &problems)))
      case .note: segments.append(.note(Note(block)))
      }
      cursor = row + block.count
      if !block.isClosed {
        let marker = block.fence.marker == Fence.backtick ? "`" : "~"
        let marks = String(repeating: marker, count: block.fence.length)
        problems.append(
          FileProblem(
            line: block.line, column: 1, message: "this fence is never closed", suggestion: marks))
      }
    }

    /// A word one slip from ours is probably ours, unless others use it as it is.
    private mutating func reportTypo(_ word: Substring, line: Int) {
      let known = Word.allCases.map(\.rawValue)
      guard !["node", "lint"].contains(word),
        let near = NotebookReader.nearest(to: word, among: known, slips: 1)
      else { return }
      problems.append(
        FileProblem(
          line: line, column: word.columnInLine, message: "`\(word)` is no kind of block",
          suggestion: "```\(near)"))
    }

    /// `<details>` without an empty line below it swallows the fences that follow.
    private mutating func lookForFences(in rows: ClosedRange<Int>) {
      let range = (start + rows.lowerBound...start + rows.upperBound).clamped(
        to: start...max(start, lines.endIndex - 1))
      guard lines.indices.contains(range.upperBound), lines[range.lowerBound].text.contains("<"),
        ["<details", "<summary", "</summary"].contains(where: {
          lines[range.lowerBound].text.lowercased().hasPrefix($0)
        })
      else { return }
      for row in range {
        guard let fence = Fence(opening: lines[row].text), !fence.info.isEmpty,
          Word(rawValue: String(fence.info.headAndRest.head)) != nil
        else { continue }
        problems.append(
          FileProblem(
            line: row + 1, column: 1,
            message: "this block needs an empty line above it, else it is part of the HTML"))
      }
    }

    /// The name in `<!-- id: name -->`, the first line below a heading that is not blank.
    private mutating func id(below rows: ClosedRange<Int>) -> String? {
      let next = start + rows.upperBound + 1
      guard next < lines.endIndex, let row = lines[next...].firstIndex(where: { !$0.isBlank }),
        let name = Self.name(in: lines[row].text)
      else { return nil }
      let isName = !name.isEmpty && name.allSatisfy { FrontMatter.isKeyCharacter($0) }
      if isName { return String(name) }
      problems.append(
        FileProblem(
          line: row + 1, column: name.columnInLine,
          message: "an id is made of letters, digits, `-` and `_`",
          suggestion: "<!-- id: \(Notebook.slug(String(name))) -->"))
      return nil
    }

    private static func name(in line: String) -> Substring? {
      let text = line[...].withoutOuterBlanks
      guard text.hasPrefix("<!--"), text.hasSuffix("-->"), text.count >= 7 else { return nil }
      let inside = text.dropFirst(4).dropLast(3).withoutOuterBlanks
      guard inside.hasPrefix("id:") else { return nil }
      return inside.dropFirst(3).withoutOuterBlanks
    }
  }
}
