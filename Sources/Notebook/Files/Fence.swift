/// The opening line of a fenced block, after CommonMark's rules.
struct Fence: Sendable, Equatable {
  let marker: UInt8
  let length: Int
  let indent: Int
  /// What follows the marks on the line, without blanks around it.
  let info: Substring

  /// Reads an opening line; nil when the line opens no fenced block.
  init?(opening line: String) {
    let bytes = Array(line.utf8)
    let indent = bytes.prefix { $0 == 0x20 }.count
    guard indent < 4, indent < bytes.count else { return nil }
    let marker = bytes[indent]
    guard marker == Self.backtick || marker == Self.tilde else { return nil }
    let length = bytes[indent...].prefix { $0 == marker }.count
    let rest = bytes[(indent + length)...]
    guard length >= 3, marker == Self.tilde || !rest.contains(Self.backtick) else { return nil }
    self.marker = marker
    self.length = length
    self.indent = indent
    info = line[line.utf8.index(line.startIndex, offsetBy: indent + length)...].withoutOuterBlanks
  }

  static let backtick = UInt8(ascii: "`")
  static let tilde = UInt8(ascii: "~")

  /// Whether the line closes the block that this line opened.
  func isClosed(by line: String) -> Bool {
    let bytes = line.utf8.drop { $0 == 0x20 }
    guard line.utf8.count - bytes.count < 4 else { return false }
    let run = bytes.prefix { $0 == marker }.count
    return run >= length && bytes.dropFirst(run).allSatisfy { $0 == 0x20 || $0 == 0x09 }
  }

  /// The marks that fence these lines off: longer than any run of such marks in them.
  ///
  /// Backticks, unless the info string has one, which CommonMark forbids.
  static func marks(around body: [String], info: String = "") -> String {
    let marker = info.utf8.contains(backtick) ? tilde : backtick
    var longest = 2
    for line in body {
      var run = 0
      for byte in line.utf8 {
        run = byte == marker ? run + 1 : 0
        longest = max(longest, run)
      }
    }
    return String(repeating: marker == tilde ? "~" : "`", count: longest + 1)
  }
}

/// A fenced block cut out of a file, before its body is understood.
struct FenceBlock {
  struct BodyLine {
    let text: String
    /// The line of the file.
    let line: Int
    /// How many blanks of the fence's own indentation were removed.
    let removed: Int

    /// The column in the file of a piece of `text`.
    func column(of piece: Substring) -> Int { piece.columnInLine + removed }
  }

  let fence: Fence
  /// The line of the file with the opening marks.
  let line: Int
  let body: [BodyLine]
  /// How many lines of the file it takes, marks included.
  let count: Int
  let isClosed: Bool
  let written: String

  /// Cuts the block that opens at `lines[start]`; nil when none does.
  init?(_ lines: [SourceLine], at start: Int) {
    guard lines.indices.contains(start), let fence = Fence(opening: lines[start].text) else {
      return nil
    }
    let rest = lines[(start + 1)...]
    let close = rest.firstIndex { fence.isClosed(by: $0.text) }
    let end = close ?? lines.endIndex
    self.fence = fence
    line = start + 1
    isClosed = close != nil
    body = (start + 1..<end).map { index in
      let text = lines[index].text
      let removed = min(fence.indent, text.utf8.prefix { $0 == 0x20 }.count)
      let content = text.utf8.dropFirst(removed)
      return BodyLine(text: String(Substring(content)), line: index + 1, removed: removed)
    }
    count = (close.map { $0 + 1 } ?? lines.endIndex) - start
    written = lines[start..<start + count].map(\.raw).joined()
  }

  /// The body as one text with LF between lines.
  var text: String { body.map(\.text).joined(separator: "\n") }
}
