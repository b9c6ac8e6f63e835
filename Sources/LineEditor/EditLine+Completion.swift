import CEdit

extension EditLine {
  /// Completes what stands before the cursor as far as it is certain, else lists what it could be.
  func complete() -> Int32 {
    let buffer = buffer
    let completions = language.complete(String(scalars: buffer), cursor)
    let candidates = completions.candidates
    guard let first = candidates.first, (0...cursor).contains(completions.start) else {
      return CC_ERROR
    }
    let typed = String(scalars: buffer[completions.start..<cursor])
    let common = candidates.dropFirst().reduce(first.text) { $0.commonPrefix(with: $1.text) }
    if candidates.count == 1 {
      replace(from: completions.start, with: common)
      endWord(after: common)
    } else if common != typed, common.hasPrefix(typed) {
      replace(from: completions.start, with: common)
    } else {
      list(candidates)
      return CC_NORM
    }
    return CC_REFRESH
  }

  /// A blank behind a word, unless there is one or the word is a folder.
  private func endWord(after word: String) {
    if cursor < buffer.count, buffer[cursor] == " " {
      moveCursor(to: cursor + 1)
    } else if word.last != "/" {
      insert(" ")
    }
  }

  /// Lists the candidates under the cell and draws the cell again below.
  ///
  /// The display is refreshed by hand: after the list libedit would climb up and erase it.
  private func list(_ candidates: [(text: String, summary: String)]) {
    paint(withHint: false)
    let buffer = buffer
    let below = place(buffer.count, in: buffer).row - place(cursor, in: buffer).row
    let rows = CandidateList(candidates, columns: size.columns, rows: size.rows).rows
    emit((below > 0 ? "\u{1b}[\(below)B" : "") + "\r\n" + rows.map { $0 + "\r\n" }.joined())
    cedit_refresh(editor)
  }
}

extension String {
  fileprivate func commonPrefix(with other: String) -> String {
    String(zip(self, other).prefix { $0 == $1 }.map(\.0))
  }
}

/// The rows that show candidates: one each with its summary, else as many columns as fit.
package struct CandidateList {
  /// The rows, at most twenty and three less than the terminal has.
  package let rows: [String]

  /// The list on a terminal of `columns` by `rows` cells.
  package init(_ candidates: [(text: String, summary: String)], columns: Int, rows: Int) {
    let shown = candidates.map { ($0.text.printable, $0.summary.printable) }
    let limit = max(1, min(20, rows - 3))
    let cell = (shown.map { Layout.width($0.0) }.max() ?? 0) + 2
    let isPlain = shown.allSatisfy { $0.1.isEmpty }
    let perRow = isPlain ? max(1, columns / cell) : 1
    let needed = (shown.count + perRow - 1) / perRow
    let kept = needed > limit ? max(1, limit - 1) * perRow : shown.count
    var lines = stride(from: 0, to: kept, by: perRow).map { start in
      let texts = shown[start..<min(start + perRow, kept)]
      let row = texts.dropLast().map { Self.pad($0.0, to: cell) }.joined()
      guard let last = texts.last else { return row }
      let text = Layout.prefix(last.0, cells: columns - 1)
      if last.1.isEmpty { return row + text }
      let summary = Layout.prefix(last.1, cells: max(0, columns - 1 - cell))
      return Self.pad(text, to: cell) + "\u{1b}[2m" + summary + "\u{1b}[0m"
    }
    if kept < shown.count { lines.append("… \(shown.count - kept) more") }
    self.rows = lines
  }

  private static func pad(_ text: String, to cells: Int) -> String {
    text + String(repeating: " ", count: max(0, cells - Layout.width(text)))
  }
}
