/// A word of a formula.
struct ExpressionToken {
  enum Kind: Equatable {
    case number(Quantity)
    case word(String)
    case symbol(String)
    case end
  }

  var kind: Kind
  var range: Range<Int>

  /// Splits part of a source into tokens; the last one is `end`.
  static func tokens(_ source: Source, in range: Range<Int>) throws(Diagnostic) -> [ExpressionToken]
  {
    var tokens: [ExpressionToken] = []
    var position = range.lowerBound
    while position < range.upperBound {
      let character = source.characters[position]
      if character.isWhitespace
        || character == "\\" && source.text(position + 1..<position + 2).first?.isNewline == true
      {
        position += 1
        continue
      }
      if character == "#",
        position == range.lowerBound || source.characters[position - 1].isWhitespace
      {
        while position < range.upperBound, !source.characters[position].isNewline { position += 1 }
        continue
      }
      let token =
        if character.isDigit || character == "$" {
          try number(source, at: position, end: range.upperBound)
        } else if character.isLetter || character == "_" {
          word(source, at: position, end: range.upperBound)
        } else {
          try symbol(source, at: position, end: range.upperBound)
        }
      tokens.append(token)
      position = token.range.upperBound
    }
    tokens.append(ExpressionToken(kind: .end, range: range.upperBound..<range.upperBound))
    return tokens
  }

  /// Reads letters, digits and underscores; a dot or hyphen belongs to them if another follows.
  private static func word(_ source: Source, at start: Int, end: Int) -> ExpressionToken {
    var position = start
    while position < end {
      let character = source.characters[position]
      let isJoint =
        ".-".contains(character) && position + 1 < end
        && source.characters[position + 1].isPartOfWord
      guard character.isPartOfWord || isJoint else { break }
      position += 1
    }
    return ExpressionToken(kind: .word(source.text(start..<position)), range: start..<position)
  }

  /// Reads digits and the unit that touches them.
  private static func number(_ source: Source, at start: Int, end: Int) throws(Diagnostic)
    -> ExpressionToken
  {
    let tail = source.text(start..<min(end, start + 400))
    guard let literal = Literal(tail), let value = literal.value else {
      throw Diagnostic("a number must follow the $, and not too large a one", at: start..<start + 1)
    }
    let unitStart = start + literal.lead + literal.digits.count
    var position = unitStart
    while position < end, source.characters[position].isLetter { position += 1 }
    if position == unitStart, position < end {
      let rest = source.text(position..<min(end, position + 4))
      let after = rest.dropFirst(2)
      let isRate =
        ["/s", "/m", "/h"].contains(rest.prefix(2))
        && (after.first?.isPartOfName != true || after == "..")
      position += isRate ? 2 : rest.first == "%" ? 1 : 0
    }
    let suffix = source.text(unitStart..<position)
    if literal.isMoney || suffix.isEmpty {
      guard suffix.isEmpty else {
        throw Diagnostic(
          "an amount has no other unit than $", at: unitStart..<position,
          suggestion: source.replacing(unitStart..<position, with: ""))
      }
      let unit = literal.isMoney ? Unit.dollars : .number
      return ExpressionToken(kind: .number(Quantity(value, unit)), range: start..<position)
    }
    for measure in Measure.allCases {
      guard let amount = measure.value(value, suffix), amount.isFinite else { continue }
      return ExpressionToken(kind: .number(Quantity(amount, measure.unit)), range: start..<position)
    }
    let meant = literalUnit(suffix)
    throw Diagnostic(
      "no unit is called \(suffix.quoted)", at: unitStart..<position,
      suggestion: meant.map { source.replacing(unitStart..<position, with: $0) },
      help: meant == nil ? "units are us ms s m h d, /s /m /h, B KiB MiB GiB TiB, % and $" : nil)
  }

  /// The unit meant by a word, of whatever measure.
  static func literalUnit(_ suffix: String) -> String? {
    for measure in Measure.allCases where measure != .money {
      if let unit = measure.unit(meantBy: suffix) { return unit }
    }
    return nil
  }

  private static let symbols = [
    "==", "!=", "<=", ">=", "..", "<", ">", "+", "-", "*", "/", "(", ")", ",",
  ]

  /// What other languages write, and what is written here.
  private static let foreign = [
    ("&&", " and "), ("||", " or "), ("≤", "<="), ("≥", ">="), ("≠", "!="), ("×", "*"), ("÷", "/"),
    ("−", "-"), ("–", "-"), ("…", ".."), ("=", "=="), ("!", "not "), ("&", " and "), ("|", " or "),
  ]

  private static func symbol(_ source: Source, at start: Int, end: Int) throws(Diagnostic)
    -> ExpressionToken
  {
    let next = source.text(start..<min(end, start + 2))
    if let symbol = symbols.first(where: { next.hasPrefix($0) }) {
      return ExpressionToken(kind: .symbol(symbol), range: start..<start + symbol.count)
    }
    let one = String(next.prefix(1))
    guard let (typed, meant) = foreign.first(where: { next.hasPrefix($0.0) }) else {
      throw Diagnostic("\(one.quoted) means nothing in an expression", at: start..<start + 1)
    }
    var range = start..<start + typed.count
    var replacement = meant
    if meant.hasPrefix(" ") {
      if start > 0, source.characters[start - 1].isWhitespace { replacement.removeFirst() }
      if range.upperBound < end, source.characters[range.upperBound].isWhitespace {
        replacement.removeLast()
      }
    }
    range = range.clamped(to: 0..<end)
    throw Diagnostic(
      "\(typed.quoted) is written \(meant.filter { $0 != " " }.quoted)", at: range,
      suggestion: source.replacing(range, with: replacement))
  }
}

extension Character {
  /// Whether it can stand in a word of a formula.
  fileprivate var isPartOfWord: Bool { isLetter || isNumber || self == "_" }

  /// Whether it continues a name that it touches.
  fileprivate var isPartOfName: Bool { isPartOfWord || self == "." || self == "-" }
}
