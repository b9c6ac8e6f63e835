import CEdit

/// Where libedit puts the characters of a cell on a terminal of some width.
///
/// The rules are libedit's, not the best ones: what is painted over its display must cover it.
package struct Layout {
  /// A place on the screen, counted from where the prompt begins.
  package struct Place: Equatable, Sendable {
    /// The row, from 0.
    package var row = 0
    /// The column, from 0; never the width itself, which is column 0 of the next row.
    package var column = 0
  }

  /// The terminal's width in cells.
  package let columns: Int

  /// The layout on a terminal of `columns` cells, at least two.
  package init(columns: Int) { self.columns = max(2, columns) }

  /// The place of the character behind `text`, which is `next` if there is one.
  package func place(
    after text: some Sequence<Unicode.Scalar>, before next: Unicode.Scalar? = nil
  ) -> Place {
    var place = Place()
    for scalar in text { advance(&place, over: scalar) }
    if let next, next != "\n" { wrap(&place, before: glyph(next, at: place.column).width) }
    return place
  }

  /// Moves a place behind a character.
  func advance(_ place: inout Place, over scalar: Unicode.Scalar) {
    if scalar == "\n" {
      place = Place(row: place.row + 1)
      return
    }
    let width = glyph(scalar, at: place.column).width
    wrap(&place, before: width)
    place.column += width
    if place.column >= columns { place = Place(row: place.row + 1, column: place.column - columns) }
  }

  /// A wide character that does not fit begins the next row.
  private func wrap(_ place: inout Place, before width: Int) {
    if width == 2 && place.column + width > columns { place = Place(row: place.row + 1) }
  }

  /// What libedit shows for a character, and the cells that takes.
  func glyph(_ scalar: Unicode.Scalar, at column: Int) -> (text: String, width: Int) {
    if scalar == "\t" {
      let width = 8 - column % 8
      return (String(repeating: " ", count: width), width)
    }
    if scalar.isASCII {
      if !scalar.isControl { return (String(scalar), 1) }
      return ("^" + String(Unicode.Scalar(UInt8(scalar.value ^ 0x40))), 2)
    }
    if iswprint(wint_t(scalar.value)) == 0 {
      let digits = String(scalar.value, radix: 16, uppercase: true)
      let count = scalar.value > 0xFFFF ? 5 : 4
      return (
        "\\U+" + String(repeating: "0", count: max(0, count - digits.count)) + digits, 3 + count
      )
    }
    return (String(scalar), Self.width(scalar))
  }

  /// The cells of a character; none for marks and for what cannot be shown.
  static func width(_ scalar: Unicode.Scalar) -> Int {
    max(0, Int(cedit_width(wchar_t(bitPattern: scalar.value))))
  }

  /// The cells of a text on one line.
  package static func width(_ text: String) -> Int {
    text.unicodeScalars.reduce(0) { $0 + width($1) }
  }

  /// The beginning of a text that fits into some cells.
  package static func prefix(_ text: String, cells: Int) -> String {
    var room = cells
    return String(
      scalars: text.unicodeScalars.prefix {
        room -= width($0)
        return room >= 0
      })
  }
}
