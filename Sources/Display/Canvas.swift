/// A grid of cells that glyphs and text are drawn into; what falls outside is not drawn.
struct Canvas {
  private let width: Int
  private var rows: [[Cell]]

  private struct Cell {
    var text = " "
    var style = Style.plain
    var isFree = true
  }

  init(width: Int, height: Int) {
    self.width = max(0, width)
    rows = Array(repeating: Array(repeating: Cell(), count: max(0, width)), count: max(0, height))
  }

  /// Draws text from a column on; it stops where the next character would not fit.
  mutating func put(_ text: String, column: Int, row: Int, _ style: Style = .plain) {
    guard rows.indices.contains(row) else { return }
    var column = column
    for character in text {
      let cells = character.cells
      guard column >= 0, column + cells <= width else { return }
      guard cells > 0 else { continue }
      rows[row][column] = Cell(text: String(character), style: style, isFree: false)
      for extra in (column + 1)..<max(column + 1, column + cells) {
        rows[row][extra] = Cell(text: "", style: style, isFree: false)
      }
      column += cells
    }
  }

  /// Whether a stretch of a row lies on the canvas and is empty, with a blank on either side.
  func isFree(column: Int, cells: Int, row: Int) -> Bool {
    guard rows.indices.contains(row), column >= 0, column + cells <= width else { return false }
    return rows[row][max(0, column - 1)..<min(width, column + cells + 1)].allSatisfy(\.isFree)
  }

  /// The rows as lines without blanks at their ends.
  var lines: [StyledText] {
    rows.map { row in
      row.reduce(into: StyledText()) { $0.append($1.text, $1.style) }.trimmed
    }
  }
}
