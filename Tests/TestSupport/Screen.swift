/// A small terminal: what is on the screen after the bytes a program wrote to it.
///
/// It knows the escape sequences that an editor and termcap's `xterm` use; others do nothing.
public struct Screen: Sendable {
  /// One cell: a character with its marks and its look; the right half of a wide one is empty.
  public struct Cell: Equatable, Sendable {
    /// The character.
    public var text = " "
    /// The parameters of the last SGR sequence; empty after a reset.
    public var sgr = ""
  }

  private enum State {
    case text
    case escape
    case sequence(String)
  }

  /// The rows from the top, each as wide as the screen.
  public private(set) var cells: [[Cell]]
  /// The cursor's row from the top and column from the left, from 0.
  public private(set) var cursor = (row: 0, column: 0)
  /// Whether the terminal was told to mark what is pasted.
  public private(set) var marksPastes = false
  /// How often it was told to mark pastes no more: once for every cell that was read.
  public private(set) var readings = 0
  /// Whether the last thing was that the cursor is shown: a painting is over, nothing follows.
  public private(set) var isPainted = false

  private var columns: Int
  private var isAtMargin = false
  private var saved = (row: 0, column: 0, isAtMargin: false)
  private var sgr = ""
  private var state = State.text
  private var bytes: [UInt8] = []

  /// An empty screen.
  public init(columns: Int, rows: Int) {
    self.columns = columns
    cells = Array(repeating: Array(repeating: Cell(), count: columns), count: rows)
  }

  /// The rows as text without the blanks at their ends, up to the last row that has any.
  public var lines: [String] {
    var lines = cells.map { row in
      var text = row.map(\.text).joined()
      while text.last == " " { text.removeLast() }
      return text
    }
    while lines.last?.isEmpty == true { lines.removeLast() }
    return lines
  }

  /// The look of the first place where a text stands.
  public func look(of text: String) -> String? {
    for row in cells {
      for column in row.indices where row[column...].map(\.text).joined().hasPrefix(text) {
        return row[column].sgr
      }
    }
    return nil
  }

  /// Takes bytes, which may end in the midst of a character.
  public mutating func feed(_ new: some Sequence<UInt8>) {
    bytes += new
    // A lead byte among the last three may lack some of its followers.
    let open = bytes.indices.suffix(3).first { index in
      let count =
        switch bytes[index] {
        case 0xC0...0xDF: 2
        case 0xE0...0xEF: 3
        case 0xF0...: 4
        default: 1
        }
      return index + count > bytes.count
    }
    let end = open ?? bytes.count
    for scalar in String(decoding: bytes[..<end], as: UTF8.self).unicodeScalars { take(scalar) }
    bytes.removeFirst(end)
  }

  /// Cuts the rows or widens them; nothing is wrapped anew.
  public mutating func resize(columns: Int) {
    cells = cells.map { row in
      Array((row + Array(repeating: Cell(), count: columns)).prefix(columns))
    }
    self.columns = columns
    cursor.column = min(cursor.column, columns - 1)
  }

  private mutating func take(_ scalar: Unicode.Scalar) {
    switch (state, scalar) {
    case (.text, "\u{1b}"): state = .escape
    case (.text, _): show(scalar)
    case (.escape, "["): state = .sequence("")
    case (.escape, "7"):
      saved = (cursor.row, cursor.column, isAtMargin)
      state = .text
    case (.escape, "8"):
      cursor = (saved.row, saved.column)
      isAtMargin = saved.isAtMargin
      state = .text
    case (.escape, _): state = .text
    case (.sequence(let parameters), "\u{40}"..."\u{7E}"):
      state = .text
      perform(scalar, parameters)
    case (.sequence(let parameters), _): state = .sequence(parameters + String(scalar))
    }
  }

  private mutating func show(_ scalar: Unicode.Scalar) {
    isPainted = false
    switch scalar {
    case "\r": move(column: 0)
    case "\n": lineFeed()
    case "\u{8}": move(column: max(0, cursor.column - 1))
    case "\u{0}"..."\u{1F}": break
    default: write(scalar)
    }
  }

  private mutating func write(_ scalar: Unicode.Scalar) {
    let width = Self.width(scalar)
    if width == 0 {
      let column = isAtMargin ? cursor.column : max(0, cursor.column - 1)
      cells[cursor.row][column].text.unicodeScalars.append(scalar)
      return
    }
    if isAtMargin || cursor.column + width > columns {
      move(column: 0)
      lineFeed()
    }
    cells[cursor.row][cursor.column] = Cell(text: String(scalar), sgr: sgr)
    if width == 2 { cells[cursor.row][cursor.column + 1] = Cell(text: "", sgr: sgr) }
    isAtMargin = cursor.column + width == columns
    cursor.column = min(cursor.column + width, columns - 1)
  }

  private mutating func move(row: Int? = nil, column: Int? = nil) {
    cursor.row = min(max(0, row ?? cursor.row), cells.count - 1)
    cursor.column = min(max(0, column ?? cursor.column), columns - 1)
    isAtMargin = false
  }

  private mutating func lineFeed() {
    isAtMargin = false
    if cursor.row + 1 < cells.count {
      cursor.row += 1
    } else {
      cells.removeFirst()
      cells.append(Array(repeating: Cell(), count: columns))
    }
  }

  private mutating func perform(_ final: Unicode.Scalar, _ parameters: String) {
    isPainted = false
    let numbers = parameters.split(separator: ";", omittingEmptySubsequences: false).map { Int($0) }
    let first = numbers.first.flatMap { $0 }
    let count = max(1, first ?? 1)
    switch final {
    case "A": move(row: cursor.row - count)
    case "B": move(row: cursor.row + count)
    case "C": move(column: cursor.column + count)
    case "D": move(column: cursor.column - count)
    case "G": move(column: count - 1)
    case "H": move(row: count - 1, column: (numbers.dropFirst().first.flatMap { $0 } ?? 1) - 1)
    case "K": erase(in: cursor.row, from: cursor.column)
    case "J":
      if first == 2 { move(row: 0, column: 0) }
      erase(in: cursor.row, from: cursor.column)
      for row in cells.indices.dropFirst(cursor.row + 1) { erase(in: row, from: 0) }
    case "@", "P":
      let blanks = Array(repeating: Cell(), count: count)
      var row = cells[cursor.row]
      if final == "@" { row.insert(contentsOf: blanks, at: cursor.column) }
      if final == "P" { row.removeSubrange(cursor.column..<min(columns, cursor.column + count)) }
      cells[cursor.row] = Array((row + blanks).prefix(columns))
    case "m": sgr = parameters == "0" ? "" : parameters
    case "h":
      if parameters == "?25" { isPainted = true }
      if parameters == "?2004" { marksPastes = true }
    case "l":
      guard parameters == "?2004" else { return }
      readings += 1
      marksPastes = false
    default: break
    }
  }

  private mutating func erase(in row: Int, from column: Int) {
    for column in column..<columns { cells[row][column] = Cell() }
  }

  private static func width(_ scalar: Unicode.Scalar) -> Int {
    switch scalar.value {
    case 0x300...0x36F, 0x200B...0x200F, 0xFE00...0xFE0F: 0
    case 0x1100...0x115F, 0x2E80...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFF01...0xFF60,
      0x1F300...0x1FAFF:
      2
    default: 1
    }
  }
}
