/// A number at the start of a text, and what follows it.
struct Literal {
  var isNegative = false
  var isMoney = false

  /// The digits as written, with their underscores.
  var digits: Substring

  /// What touches the digits.
  var suffix: Substring

  /// The value, if the digits are written properly and are not too many.
  var value: Double?

  /// Characters before the digits.
  var lead: Int { (isNegative ? 1 : 0) + (isMoney ? 1 : 0) }

  /// Reads a sign, `$`, digits and a suffix; nil if there is no digit first.
  init?(_ text: String) {
    var rest = Substring(text)
    if let first = rest.first, "-−–".contains(first) {
      isNegative = true
      rest.removeFirst()
    }
    if rest.first == "$" {
      isMoney = true
      rest.removeFirst()
    }
    guard rest.first?.isDigit == true else { return nil }
    var end = rest.startIndex
    while end < rest.endIndex {
      let character = rest[end]
      let next = rest.index(after: end)
      let isInside =
        "._".contains(character) && next < rest.endIndex && rest[next].isDigit
        && !(character == "." && rest[..<end].contains("."))
      guard character.isDigit || isInside else { break }
      end = next
    }
    digits = rest[..<end]
    suffix = rest[end...]
    value = Double(String(digits.filter { $0 != "_" })).flatMap { $0.isFinite ? $0 : nil }
  }

  /// The number meant by `1,000`, `1k`, `2M` or `1e6`, without underscores.
  var meant: String? {
    guard let value else { return nil }
    let factors: [Substring: Double] = ["k": 1e3, "K": 1e3, "M": 1e6, "m": 1e6, "G": 1e9]
    if let factor = factors[suffix] { return (value * factor).typed }
    if suffix.first == ",", suffix.allSatisfy({ $0.isDigit || $0 == "," }) {
      return digits + suffix.filter { $0 != "," }
    }
    if let first = suffix.first, "eE".contains(first), let power = Int(suffix.dropFirst()),
      (0...12).contains(power)
    {
      return (0..<power).reduce(value) { product, _ in product * 10 }.typed
    }
    return nil
  }
}

extension Character {
  var isDigit: Bool { ("0"..."9").contains(self) && isASCII }
}
