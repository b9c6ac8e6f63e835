/// A run of Characters of one sort, for colour while typing.
public struct Highlight: Hashable, Sendable {
  /// What the Characters are.
  public enum Sort: Hashable, Sendable {
    /// A command's name.
    case command
    /// A `--flag`.
    case flag
    /// Digits.
    case number
    /// What touches the digits.
    case unit
    /// A word in quotation marks.
    case string
    /// From `#` to the end of the line.
    case comment
    /// A word the language knows, such as a choice or `else`.
    case keyword
    /// A command or flag that does not exist.
    case unknown
  }

  /// The columns in Characters.
  public var range: Range<Int>

  /// What they are.
  public var sort: Sort
}

extension Grammar {
  /// The parts of a cell that have a colour, from left to right.
  public func highlights(_ text: String) -> [Highlight] {
    let lexer = Lexer(text)
    var found = lexer.comments.map { Highlight(range: $0, sort: .comment) }
    guard let head = lexer.words.first else { return found }
    let spec = spec(head.text)
    found.append(Highlight(range: head.range, sort: spec == nil ? .unknown : .command))
    let options = spec?.form.allOptions ?? []
    let keywords = (spec?.form.allKeywords ?? []) + Self.formulaWords
    for word in lexer.words.dropFirst() {
      if word.isFlag {
        let name = word.text.dropFirst(2).prefix { $0 != "=" }
        let sort: Highlight.Sort = options.contains(String(name)) ? .flag : .unknown
        let end = word.range.lowerBound + 2 + name.count
        found.append(Highlight(range: word.range.lowerBound..<end, sort: sort))
        found += numbers(lexer.source, in: end..<word.range.upperBound)
      } else if word.isQuoted {
        found.append(Highlight(range: word.range, sort: .string))
      } else if keywords.contains(word.text) {
        found.append(Highlight(range: word.range, sort: .keyword))
      } else {
        found += numbers(lexer.source, in: word.range)
      }
    }
    return found.sorted { $0.range.lowerBound < $1.range.lowerBound }
  }

  private static let formulaWords = ["and", "or", "not", "if", "then", "else", "in", "by"]

  /// The numbers in a word and the units that touch them; a digit inside a name is none.
  private func numbers(_ source: Source, in range: Range<Int>) -> [Highlight] {
    var found: [Highlight] = []
    var position = range.lowerBound
    while position < range.upperBound {
      let start = position
      if source.characters[position].isLetter {
        while position < range.upperBound, source.characters[position].isPartOfName {
          position += 1
        }
        continue
      }
      guard source.characters[position].isDigit || source.characters[position] == "$" else {
        position += 1
        continue
      }
      while position < range.upperBound, source.characters[position].isPartOfNumber {
        if source.text(position..<min(position + 2, range.upperBound)) == ".." { break }
        position += 1
      }
      found.append(Highlight(range: start..<position, sort: .number))
      let unit = position
      while position < range.upperBound, source.characters[position].isPartOfUnit { position += 1 }
      if position > unit { found.append(Highlight(range: unit..<position, sort: .unit)) }
    }
    return found
  }
}

extension Character {
  fileprivate var isPartOfName: Bool { isLetter || isNumber || "-._".contains(self) }
  fileprivate var isPartOfNumber: Bool { isDigit || "$._".contains(self) }
  fileprivate var isPartOfUnit: Bool { isLetter || self == "%" || self == "/" }
}

extension Form {
  /// The names of the flags, those of the choices included.
  fileprivate var allOptions: [String] {
    options.map(\.name) + variants.flatMap(\.form.allOptions)
  }

  /// The words the form knows.
  fileprivate var allKeywords: [String] {
    positionals.compactMap(\.keyword) + variants.map(\.name) + variants.flatMap(\.form.allKeywords)
  }

  private var variants: [Variant] {
    (positionals + options).flatMap { parameter -> [Variant] in
      if case .choice(let variants, _) = parameter.kind { variants } else { [] }
    }
  }
}
