public import Display

extension ProseBlock {
  /// The blocks that show prose, with an empty line between paragraphs.
  public static func shown(_ prose: [ProseBlock]) -> [Block] {
    shown(prose, indent: 0, isTight: false)
  }

  private static func shown(_ prose: [ProseBlock], indent: Int, isTight: Bool) -> [Block] {
    var blocks: [Block] = []
    for block in prose {
      let shown = block.shown(indent: indent)
      if !blocks.isEmpty, !isTight, !shown.isEmpty { blocks.append(.lines([""])) }
      blocks += shown
    }
    return blocks
  }

  private func shown(indent: Int) -> [Block] {
    let margin = String(repeating: " ", count: indent)
    switch self {
    case .heading(_, let spans):
      return [.lines([StyledText(margin + spans.map(\.text).joined(), .title)])]
    case .paragraph(let spans):
      return [.lines(spans.lines.map { StyledText(margin) + $0 })]
    case .list(let start, let isTight, let items):
      return Self.list(items, from: start, isTight: isTight, indent: indent)
    case .quote(let blocks): return Self.shown(blocks, indent: indent + 2, isTight: false)
    case .code(_, let lines):
      return [.lines(lines.map { StyledText(margin + "    ") + StyledText($0, .command) })]
    case .table(let alignments, let header, let rows):
      let columns = zip(alignments, header).map { alignment, title in
        Table.Column(
          title.lines.map(\.plain).joined(separator: " "), alignment == .right ? .right : .left)
      }
      let cells = rows.map { $0.map { $0.lines.reduce(StyledText()) { $0 + $1 } } }
      return [.table(Table(columns, rows: cells))]
    case .rule: return [.lines([StyledText(margin + String(repeating: "─", count: 20), .dim)])]
    }
  }

  private static func list(
    _ items: [Item], from start: Int?, isTight: Bool, indent: Int
  ) -> [Block] {
    var blocks: [Block] = []
    for (index, item) in items.enumerated() {
      let bullet = item.isDone.map { $0 ? "✓" : "·" } ?? "•"
      let marker =
        (start.map { "\($0.addingReportingOverflow(index).partialValue)." } ?? bullet) + " "
      var shown = shown(item.blocks, indent: indent + marker.count, isTight: isTight)
      let margin = String(repeating: " ", count: indent)
      if case .lines(let lines)? = shown.first, let first = lines.first {
        let rest = first.dropping(indent + marker.count)
        shown[0] = .lines([StyledText(margin + marker) + rest] + lines.dropFirst())
      } else {
        shown.insert(.lines([StyledText(margin + marker)]), at: 0)
      }
      if !blocks.isEmpty, !isTight { blocks.append(.lines([""])) }
      blocks += shown
    }
    return blocks
  }
}

extension [ProseSpan] {
  /// The words, in lines where the author asked for them.
  fileprivate var lines: [StyledText] {
    var lines = [StyledText()]
    for span in self {
      let pieces = span.text.split(separator: "\n", omittingEmptySubsequences: false)
      for (index, piece) in pieces.enumerated() {
        if index > 0 { lines.append(StyledText()) }
        lines[lines.count - 1].append(String(piece), span.style.meaning)
      }
    }
    return lines
  }
}

extension ProseSpan.Style {
  /// What words that are set off like this mean.
  fileprivate var meaning: Style {
    if contains(.code) { return .command }
    if contains(.strong) || contains(.emphasis) { return .strong }
    if contains(.struck) { return .dim }
    return contains(.link) ? .accent : .plain
  }
}

extension StyledText {
  /// The text without its first characters.
  fileprivate func dropping(_ count: Int) -> StyledText {
    var left = count
    return spans.reduce(into: StyledText()) { text, span in
      let dropped = Swift.min(left, span.text.count)
      left -= dropped
      text.append(String(span.text.dropFirst(dropped)), span.style)
    }
  }
}
