/// Pasted text as a cell.
package enum Paste {
  /// What a terminal sends behind a pasted text.
  static let end = Array("\u{1b}[201~".utf8)

  /// The cell that is meant by pasted bytes.
  ///
  /// Line ends of every system become one newline, a tab two blanks; other control characters and
  /// the last newlines go. Where a line begins with the prompt the text is a transcript: of that,
  /// what was typed stays, which is each line with a prompt and the ones that complete its cell.
  package static func cell(
    _ bytes: some Collection<UInt8>, prompt: String, isComplete: (String) -> Bool
  ) -> String {
    var text = ""
    for character in String(decoding: bytes, as: UTF8.self) {
      switch character {
      case "\r\n", "\r", "\n": text.append("\n")
      case "\t": text.append("  ")
      default: text.append(contentsOf: String(character).printable)
      }
    }
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    while lines.last?.isEmpty == true { lines.removeLast() }
    let mark = prompt.trimmingBlanks
    if !mark.isEmpty, lines.contains(where: { typed($0, after: mark) != nil }) {
      return transcript(lines, mark: mark, isComplete: isComplete).joined(separator: "\n")
    }
    return lines.joined(separator: "\n")
  }

  private static func transcript(
    _ lines: [Substring], mark: String, isComplete: (String) -> Bool
  ) -> [String] {
    var cells: [String] = []
    var isOpen = false
    for line in lines {
      if let typed = typed(line, after: mark) {
        if !typed.isEmpty { cells.append(typed) }
        isOpen = !typed.isEmpty && !isComplete(typed)
      } else if isOpen {
        let cell = (cells.popLast() ?? "") + "\n" + line
        cells.append(cell)
        isOpen = !isComplete(cell)
      }
    }
    return cells
  }

  /// What stands behind the prompt of a line that has one.
  private static func typed(_ line: Substring, after mark: String) -> String? {
    let line = line.drop { $0 == " " }
    guard line.hasPrefix(mark) else { return nil }
    let rest = line.dropFirst(mark.count)
    guard rest.isEmpty || rest.hasPrefix(" ") else { return nil }
    return String(rest.dropFirst())
  }
}

extension String {
  fileprivate var trimmingBlanks: String {
    var text = drop { $0 == " " }
    while text.last == " " { text.removeLast() }
    return String(text)
  }
}
