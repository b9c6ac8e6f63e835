extension StyledText {
  /// The longest start that fits into some cells, never half a character.
  public func prefix(cells limit: Int) -> StyledText {
    var kept = StyledText()
    var room = limit
    for span in spans {
      var text = ""
      for character in span.text {
        let cells = character.cells
        guard cells <= room else {
          kept.append(text, span.style)
          return kept
        }
        room -= cells
        text.append(character)
      }
      kept.append(text, span.style)
    }
    return kept
  }

  /// The text itself where it fits, else its start and an ellipsis.
  public func truncated(to limit: Int, on surface: Surface) -> StyledText {
    guard cells > limit else { return self }
    let ellipsis = surface.ellipsis
    guard limit > ellipsis.cells else { return StyledText(ellipsis).prefix(cells: limit) }
    var cut = prefix(cells: limit - ellipsis.cells)
    cut.append(ellipsis, cut.spans.last?.style ?? .plain)
    return cut
  }

  /// The text with blanks after it up to a number of cells.
  public func padded(to width: Int) -> StyledText {
    self + StyledText(.blanks(width - cells))
  }

  /// The text with blanks before it up to a number of cells.
  public func leftPadded(to width: Int) -> StyledText {
    StyledText(.blanks(width - cells)) + self
  }

  /// The text without blanks at its end.
  public var trimmed: StyledText {
    var kept = StyledText()
    var pending = StyledText()
    for span in spans {
      let core = span.text.dropLastBlanks
      if !core.isEmpty {
        kept.append(pending)
        pending = StyledText()
        kept.append(core, span.style)
      }
      pending.append(.blanks(span.text.count - core.count), span.style)
    }
    return kept
  }
}

extension String {
  /// So many blanks; none for a negative number.
  static func blanks(_ count: Int) -> String { String(repeating: " ", count: Swift.max(0, count)) }

  /// The text without blanks at its end.
  fileprivate var dropLastBlanks: String {
    guard let last = lastIndex(where: { $0 != " " }) else { return "" }
    return String(self[...last])
  }
}
