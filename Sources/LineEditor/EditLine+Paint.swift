import CEdit

extension EditLine {
  private var layout: Layout { Layout(columns: size.columns) }

  /// Where a character of the buffer stands.
  func place(_ offset: Int, in buffer: [Unicode.Scalar]) -> Layout.Place {
    let text = Array(prompt.text.unicodeScalars) + buffer[..<offset]
    return layout.place(after: text, before: offset < buffer.count ? buffer[offset] : nil)
  }

  /// Whether some of the cell's rows are out of reach.
  var isHigherThanScreen: Bool {
    let buffer = buffer
    return place(buffer.count, in: buffer).row >= size.rows
  }

  /// What could follow the buffer, on one line.
  func hint(for buffer: [Unicode.Scalar]) -> String? {
    guard !buffer.isEmpty, let hint = language.hint(String(scalars: buffer))?.printable else {
      return nil
    }
    return hint.isEmpty ? nil : hint
  }

  /// Paints the prompt and the cell in colour over what libedit has drawn, and the hint behind.
  ///
  /// The cursor ends where it was, so libedit never notices. What is higher than the screen cannot
  /// be reached and stays as libedit draws it.
  func paint(withHint: Bool = true) {
    let buffer = buffer
    let end = place(buffer.count, in: buffer)
    guard end.row < size.rows else { return }
    let start = place(cursor, in: buffer).row
    var out = "\u{1b}7\u{1b}[?25l" + (start > 0 ? "\u{1b}[\(start)A\r" : "\r")
    out += coloured(Array(prompt.text.unicodeScalars) + buffer, looks: looks(of: buffer))
    if !isAtMargin(end, behind: buffer) {
      out += "\u{1b}[K"
      if withHint, cursor == buffer.count, let hint = hint(for: buffer) {
        out += "\u{1b}[2m" + Layout.prefix(hint, cells: size.columns - end.column - 1) + "\u{1b}[0m"
      }
    }
    emit(out + "\u{1b}8\u{1b}[?25h")
  }

  /// Whether the last row is full.
  ///
  /// The terminal then waits at its margin, where erasing would take the last character.
  private func isAtMargin(_ place: Layout.Place, behind buffer: [Unicode.Scalar]) -> Bool {
    place.column == 0 && place.row > 0 && buffer.last != "\n"
  }

  /// The look of each character of the prompt and the buffer.
  private func looks(of buffer: [Unicode.Scalar]) -> [String] {
    let start = prompt.text.unicodeScalars.count
    var looks = [String](repeating: prompt.sgr, count: start)
    looks += [String](repeating: "", count: buffer.count)
    for (range, sgr) in language.highlight(String(scalars: buffer)) {
      for offset in range.clamped(to: 0..<buffer.count) { looks[start + offset] = sgr }
    }
    return looks
  }

  private func coloured(_ text: [Unicode.Scalar], looks: [String]) -> String {
    let layout = layout
    var out = ""
    var look = ""
    var place = Layout.Place()
    var isWrapped = false
    for (scalar, wanted) in zip(text, looks) {
      let next = scalar == "\n" ? "" : wanted
      if next != look { out += "\u{1b}[0m" + (next.isEmpty ? "" : "\u{1b}[\(next)m") }
      look = next
      if scalar == "\n" {
        // A full row is followed by an empty one. No newline is written where the terminal wraps
        // by itself: that would cut the line in two for it.
        out += (isWrapped ? "\r\n" : "") + "\u{1b}[K\r\n"
      } else {
        out += layout.glyph(scalar, at: place.column).text
      }
      let row = place.row
      layout.advance(&place, over: scalar)
      isWrapped = scalar != "\n" && place.row > row && place.column == 0
    }
    return look.isEmpty ? out : out + "\u{1b}[0m"
  }

  // MARK: Drawing anew

  /// Draws the cell for a new size, from where a terminal that wraps anew has put its first row.
  func resize() {
    size = Terminal.size(output)
    let row = place(cursor, in: buffer).row
    emit((row > 0 ? "\u{1b}[\(row)A" : "") + "\r\u{1b}[J")
    el_resize(editor)
    cedit_refresh(editor)
  }

  /// Takes the terminal back after a stop, and draws the cell where the shell has left the cursor.
  func resume() {
    cedit_prepare_terminal(editor, 0)
    cedit_prepare_terminal(editor, 1)
    emit("\u{1b}[?2004h\r\u{1b}[J")
    cedit_refresh(editor)
  }
}
