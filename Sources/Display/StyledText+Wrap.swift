extension StyledText {
  /// The text on lines of at most `width` cells, later ones indented by `hanging` blanks.
  ///
  /// Lines break at blanks and beside wide characters, though not before closing punctuation; a
  /// span of style `.command` stays whole while it fits on a line. A word longer than a line is
  /// cut; a wide character on a surface of one cell becomes `?`. Linear in the length.
  public func wrapped(to width: Int, hanging: Int = 0) -> [StyledText] {
    let width = max(1, width)
    guard cells > width else { return [self] }
    var wrapping = Wrapping(width: width, hanging: max(0, min(hanging, width / 2, width - 2)))
    for word in words { wrapping.add(word) }
    return wrapping.finish()
  }

  /// Texts one after another, some blanks between them, on as few lines as hold them unbroken.
  static func flowing(_ pieces: [StyledText], gap: Int = 3, to width: Int) -> [StyledText] {
    pieces.filter { !$0.isEmpty }.reduce(into: [StyledText]()) { lines, piece in
      if let last = lines.last, last.cells + gap + piece.cells <= width {
        lines[lines.count - 1] = last + StyledText(.blanks(gap)) + piece
      } else {
        lines.append(piece)
      }
    }
    .flatMap { $0.wrapped(to: width) }
  }

  /// The pieces between which a line may break, each with the blanks that follow it.
  private var words: [Word] {
    var words: [Word] = []
    var word = Word()
    func isBreak(after last: Glyph, before next: Glyph) -> Bool {
      if last.isBlank != next.isBlank { return last.isBlank }
      if last.isBlank || last.style == .command && next.style == .command { return false }
      return (last.cells == 2 || next.cells == 2)
        && !next.closes && !last.opens
    }
    for span in spans {
      for character in span.text {
        let isCode = span.style == .command
        let glyph = Glyph(
          character: character, style: span.style, cells: character.cells,
          isBlank: character == " " && !isCode)
        if let last = word.glyphs.last, isBreak(after: last, before: glyph) {
          words.append(word)
          word = Word()
        }
        word.glyphs.append(glyph)
      }
    }
    return words + [word]
  }
}

/// A character where it stands in a line.
private struct Glyph {
  let character: Character
  let style: Style
  let cells: Int
  let isBlank: Bool

  /// Whether it must not begin a line.
  var closes: Bool { "、。，．・：；？！）］｝」』】〉》〕’”…ー,.:;?!)]}%".contains(character) }

  /// Whether it must not end a line.
  var opens: Bool { "（［｛「『【〈《〔‘“([{$".contains(character) }
}

/// Glyphs that stay together, then blanks that may vanish at the end of a line.
private struct Word {
  var glyphs: [Glyph] = []

  var core: ArraySlice<Glyph> {
    let end = glyphs.lastIndex { !$0.isBlank }.map { $0 + 1 } ?? 0
    return glyphs[..<end]
  }
}

/// The lines that are full and the one being filled.
private struct Wrapping {
  let width: Int
  let hanging: Int
  var lines: [StyledText] = []
  var line = StyledText()
  var used = 0
  var isFresh = true

  init(width: Int, hanging: Int) {
    self.width = width
    self.hanging = hanging
  }

  mutating func add(_ word: Word) {
    let core = word.core.reduce(0) { $0 + $1.cells }
    if !isFresh, used + core > width { breakLine() }
    for glyph in word.glyphs {
      if glyph.isBlank, used + 1 > width { continue }
      if glyph.isBlank, isFresh, !lines.isEmpty { continue }
      put(glyph)
    }
  }

  mutating func finish() -> [StyledText] {
    lines.append(line.trimmed)
    return lines
  }

  private mutating func put(_ glyph: Glyph) {
    if used + glyph.cells > width, !isFresh { breakLine() }
    let fits = used + glyph.cells <= width
    line.append(fits ? String(glyph.character) : "?", glyph.style)
    used += fits ? glyph.cells : 1
    isFresh = false
  }

  private mutating func breakLine() {
    lines.append(line.trimmed)
    line = StyledText(.blanks(hanging))
    used = hanging
    isFresh = true
  }
}
