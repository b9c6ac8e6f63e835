/// Decimal digits of numbers, the same on every platform: no printf, no locale, no exponent.
enum Decimal {
  /// 10⁰ to 10¹⁸.
  private static let powers: [UInt64] = (0..<18).reduce(into: [1]) { powers, place in
    powers.append(powers[place] * 10)
  }

  /// A number to some significant digits, without zeros at the end.
  ///
  /// All digits before the point are kept. Not-a-number is `–`, and from 10¹⁸ on it is `∞`.
  static func text(_ value: Double, digits: Int = 3) -> String {
    text(value, decimals: places(of: value.magnitude, digits: min(max(digits, 1), 9)))
  }

  /// A number to some decimal places; zeros at the end stay only up to `least` places.
  static func text(_ value: Double, decimals: Int, least: Int = 0) -> String {
    guard !value.isNaN else { return "–" }
    let magnitude = value.magnitude
    guard magnitude < 1e18 else { return value < 0 ? "-∞" : "∞" }
    var places = min(max(decimals, 0), 9)
    while places > 0, magnitude * Double(powers[places]) >= 1e18 { places -= 1 }
    let scaled = UInt64((magnitude * Double(powers[places])).nearest)
    return (value < 0 && scaled > 0 ? "-" : "") + text(scaled, places: places, least: least)
  }

  /// The whole number `scaled ÷ 10^places`, `places` being at most 18.
  static func text(_ scaled: UInt64, places: Int, least: Int = 0) -> String {
    let (whole, rest) = scaled.quotientAndRemainder(dividingBy: powers[places])
    var fraction = String(rest)
    fraction = String(repeating: "0", count: max(0, places - fraction.count)) + fraction
    if places == 0 { fraction = "" }
    while fraction.count > least, fraction.last == "0" { fraction.removeLast() }
    return grouped(whole) + (fraction.isEmpty ? "" : "." + fraction)
  }

  /// Plain digits up to 99999, then groups of three joined by `_`, which the language reads.
  static func grouped(_ value: UInt64) -> String {
    let digits = String(value)
    guard value > 99_999 else { return digits }
    var text = ""
    for (place, digit) in digits.enumerated() {
      if place > 0, (digits.count - place) % 3 == 0 { text.append("_") }
      text.append(digit)
    }
    return text
  }

  /// The decimal places that show so many significant digits.
  static func places(of magnitude: Double, digits: Int) -> Int {
    guard magnitude > 0, magnitude.isFinite else { return 0 }
    var places = digits - 1
    var bound = 10.0
    while places > 0, magnitude >= bound {
      bound *= 10
      places -= 1
    }
    var scaled = magnitude
    while scaled < 1, places < 9 {
      scaled *= 10
      places += 1
    }
    return places
  }
}
