import CEdit

extension EditLine {
  /// What has been typed.
  var buffer: [Unicode.Scalar] {
    guard let line = el_wline(editor)?.pointee else { return [] }
    return UnsafeBufferPointer(start: line.buffer, count: line.lastchar - line.buffer)
      .map(Self.scalar)
  }

  /// The cursor's offset in the buffer.
  var cursor: Int {
    guard let line = el_wline(editor)?.pointee else { return 0 }
    return line.cursor - line.buffer
  }

  func insert(_ text: String) { _ = el_winsertstr(editor, Self.wide(text)) }

  /// Replaces what lies between an offset and the cursor.
  func replace(from start: Int, with text: String) {
    el_deletestr(editor, Int32(cursor - start))
    insert(text)
  }

  func moveCursor(to offset: Int) { _ = el_cursor(editor, Int32(offset - cursor)) }
}

extension [Unicode.Scalar] {
  /// The offset at which the line around another one begins.
  func lineStart(around offset: Int) -> Int {
    (self[..<offset].lastIndex(of: "\n") ?? -1) + 1
  }

  /// The offset at which the word before another one begins.
  func wordStart(before offset: Int) -> Int {
    let end = self[..<offset].lastIndex(where: \.isWord) ?? 0
    return (self[..<end].lastIndex { !$0.isWord } ?? -1) + 1
  }

  /// The offset at which the word after another one ends.
  func wordEnd(after offset: Int) -> Int {
    let start = self[offset...].firstIndex(where: \.isWord) ?? count
    return self[start...].firstIndex { !$0.isWord } ?? count
  }

  /// The offset at which the line around another one ends.
  func lineEnd(around offset: Int) -> Int {
    self[offset...].firstIndex(of: "\n") ?? count
  }
}

extension Unicode.Scalar {
  /// Whether this is part of a word, as names and numbers are.
  fileprivate var isWord: Bool {
    properties.isAlphabetic || properties.numericType != nil || "_-.".unicodeScalars.contains(self)
  }
}
