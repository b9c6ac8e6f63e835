extension Character {
  /// The terminal cells this character takes: 0, 1 or 2, rarely more for joined Indic letters.
  ///
  /// Marks and format characters take none; flags, emoji presentation (VS16) and emoji joined
  /// by ZWJ take two; East Asian wide and fullwidth characters take two (Unicode Annex #11).
  public var cells: Int {
    if let ascii = asciiValue { return ascii >= 0x20 && ascii < 0x7F ? 1 : 0 }
    let scalars = unicodeScalars
    guard let first = scalars.first else { return 0 }
    if scalars.count == 1 { return first.cells }
    if scalars.contains("\u{FE0F}") { return 2 }
    if (0x1F1E6...0x1F1FF).contains(first.value) { return 2 }
    if first.value > 0xFF, first.properties.isEmoji, scalars.contains("\u{200D}") { return 2 }
    return scalars.dropFirst().reduce(first.cells) { sum, scalar in
      scalar.properties.isEmojiModifier ? sum : sum + scalar.cells
    }
  }
}

extension String {
  /// The terminal cells this text takes on one line; control characters take none.
  ///
  /// Linear in the length; printable ASCII is counted by bytes.
  public var cells: Int {
    if utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) { return utf8.count }
    return reduce(0) { $0 + $1.cells }
  }
}

extension Unicode.Scalar {
  /// The cells of one scalar on its own.
  fileprivate var cells: Int {
    switch properties.generalCategory {
    case .control, .nonspacingMark, .enclosingMark, .format, .lineSeparator, .paragraphSeparator:
      0
    default:
      // The vowels and finals of a Hangul syllable stand on the cells of its initial.
      (0x1160...0x11FF).contains(value) || (0xD7B0...0xD7FF).contains(value)
        ? 0 : WideRanges.contain(value) ? 2 : 1
    }
  }
}
