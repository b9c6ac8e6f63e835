extension Table {
  /// Two blanks between columns.
  private static let gap = 2
  /// A column of words is shortened to this before another column leaves.
  private static let comfortable = 12
  /// Below this a shortened column says nothing.
  private static let least = 4

  /// The table on a surface, no line wider than it, with no blanks at the ends of lines.
  func lines(on surface: Surface) -> [StyledText] {
    guard !columns.isEmpty else { return [] }
    let (head, tail) = folding
    let shown = (rows.prefix(head) + rows.suffix(tail)).map { row in
      columns.indices.map { $0 < row.count ? surface.spelled(row[$0]) : StyledText() }
    }
    let titles = columns.map { surface.spelled(StyledText($0.title, .dim)) }
    let texts = columns.indices.map { column in shown.map { $0[column] } }
    let pieces = columns.indices.map { Self.aligned(texts[$0], columns[$0].alignment) }
    let natural = columns.indices.map { column in
      pieces[column].reduce(titles[column].cells) { max($0, $1.cells) }
    }
    let layout = Layout(columns: columns, natural: natural, width: surface.width)

    func line(_ cells: (Int) -> StyledText) -> StyledText {
      var line = StyledText()
      for (place, (column, width)) in layout.columns.enumerated() {
        if place > 0 { line.append(.blanks(Self.gap)) }
        let text = cells(column).truncated(to: width, on: surface)
        line +=
          columns[column].alignment == .left
          ? text.padded(to: width) : text.leftPadded(to: width)
      }
      return line.trimmed
    }

    var lines: [StyledText] = []
    if columns.contains(where: { !$0.title.isEmpty }) {
      lines.append(line { titles[$0] })
      let rule = String(repeating: "─", count: min(layout.width, surface.width))
      lines.append(surface.spelled(StyledText(rule, .dim)))
      if rows.isEmpty { lines.append(StyledText("none", .dim)) }
    }
    for row in shown.indices {
      if row == head, rows.count > shown.count {
        let more = Quantity.count(rows.count - shown.count)
        lines.append(StyledText("\(surface.ellipsis) \(more) more", .dim))
      }
      guard wraps else {
        lines.append(line { pieces[$0][row] })
        continue
      }
      var parts = pieces.map { [$0[row]] }
      for (column, width) in layout.columns where columns[column].alignment == .left {
        let text = pieces[column][row]
        if text.cells > width {
          parts[column] = text.wrapped(to: width, hanging: text.indent)
        }
      }
      for part in 0..<(parts.map(\.count).max() ?? 0) {
        lines.append(line { part < parts[$0].count ? parts[$0][part] : StyledText() })
      }
    }
    let hidden = columns.indices.filter { column in
      !columns[column].title.isEmpty && !layout.columns.contains { $0.column == column }
    }
    if !hidden.isEmpty {
      let names = hidden.map { columns[$0].title }.joined(separator: ", ")
      let note = surface.spelled(StyledText("not shown: \(names)", .dim))
      lines += note.wrapped(to: surface.width, hanging: 2)
    }
    return lines.map { $0.truncated(to: surface.width, on: surface) }
  }

  /// The rows at the start and at the end that a folded table shows.
  private var folding: (head: Int, tail: Int) {
    guard let limit = foldedBeyond, rows.count > max(4, limit) else { return (rows.count, 0) }
    return (max(4, limit) / 2, max(4, limit) / 4)
  }

  /// The cells of a column, padded so that the points of decimals come under each other.
  private static func aligned(_ texts: [StyledText], _ alignment: Alignment) -> [StyledText] {
    guard alignment == .decimal else { return texts }
    let after = texts.map { $0.cells - $0.plain.wholePart.cells }
    let widest = after.max() ?? 0
    return zip(texts, after).map { $0.isEmpty ? $0 : $0.padded(to: $0.cells + widest - $1) }
  }

  /// Which columns are shown, and how wide.
  private struct Layout {
    var columns: [(column: Int, width: Int)]

    /// The cells of a line.
    var width: Int { columns.reduce(gap * (columns.count - 1)) { $0 + $1.width } }

    init(columns all: [Column], natural: [Int], width limit: Int) {
      let flexible = all.map { $0.alignment == .left }
      columns = natural.indices.map { ($0, flexible[$0] ? min(natural[$0], limit) : natural[$0]) }
      let yielding = zip(flexible, all).map { $0 && !$1.isWhole }
      while true {
        let full = columns
        shrink(to: limit, least: comfortable, flexible: yielding)
        if width <= limit { return }
        columns = full
        let leaving = columns.indices.dropFirst().min { left, right in
          let (one, other) = (all[columns[left].column], all[columns[right].column])
          return one.priority == other.priority ? left > right : one.priority < other.priority
        }
        guard let leaving else { break }
        columns.remove(at: leaving)
      }
      shrink(to: limit, least: Table.least, flexible: flexible)
      if width > limit, let first = columns.first { columns = [(first.column, limit)] }
    }

    /// Takes cells from the widest columns of words, one at a time, while it helps.
    private mutating func shrink(to limit: Int, least: Int, flexible: [Bool]) {
      while width > limit {
        let widest = columns.indices
          .filter { flexible[columns[$0].column] && columns[$0].width > least }
          .max { (columns[$0].width, $0) < (columns[$1].width, $1) }
        guard let widest else { return }
        columns[widest].width -= 1
      }
    }
  }
}

extension String {
  /// A number's sign and digits before its point, or the whole text where it is no number.
  fileprivate var wholePart: String {
    let end = firstIndex { $0 == "." } ?? lastIndex(where: \.isNumber).map { index(after: $0) }
    return String(self[..<(end ?? endIndex)])
  }
}
