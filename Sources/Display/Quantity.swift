/// Numbers with their units, spelled so that they can be typed back.
///
/// No blank stands between number and unit, and there is never an exponent. In general three
/// significant digits are shown, without zeros at the end. Not-a-number is `–`.
public enum Quantity {
  /// What a number measures.
  public enum Unit: Hashable, Sendable, CaseIterable {
    /// A length of time, in seconds.
    case seconds
    /// Things per second.
    case perSecond
    /// A share, 1 being 100%.
    case ratio
    /// A number of things, or a bare number.
    case count
    /// Memory.
    case bytes
    /// Money.
    case dollars
  }

  /// A number in a unit.
  public static func text(_ value: Double, _ unit: Unit) -> String {
    switch unit {
    case .seconds: duration(seconds: value)
    case .perSecond: rate(value)
    case .ratio: ratio(value)
    case .count: number(value)
    case .bytes: bytes(value)
    case .dollars: dollars(value)
    }
  }

  /// A number of things: plain digits up to 99999, then `1_234_567`.
  public static func count(_ value: Int) -> String {
    (value < 0 ? "-" : "") + Decimal.grouped(UInt64(value.magnitude))
  }

  /// A bare number.
  public static func number(_ value: Double, digits: Int = 3) -> String {
    Decimal.text(value, digits: digits)
  }

  /// A rate, as in `50/s`.
  public static func rate(_ perSecond: Double, digits: Int = 3) -> String {
    guard perSecond.isFinite else { return Decimal.text(perSecond) }
    return Decimal.text(perSecond, digits: digits) + "/s"
  }

  /// A share, as in `63%`, `63.4%`; below 100% it never rounds up to 100%.
  public static func ratio(_ value: Double, digits: Int = 3) -> String {
    guard value.isFinite else { return Decimal.text(value) }
    let percent = value * 100
    var text = Decimal.text(percent, digits: digits)
    var more = digits + 1
    while value < 1, text == "100", more <= 9 {
      text = Decimal.text(percent, decimals: more - 2)
      more += 1
    }
    return text + "%"
  }

  /// Memory in powers of 1024, as in `512MiB`, `1.5GiB`.
  public static func bytes(_ value: Double, digits: Int = 3) -> String {
    guard value.isFinite else { return Decimal.text(value) }
    let units = ["B", "KiB", "MiB", "GiB", "TiB", "PiB"]
    var scaled = value
    var unit = 0
    while scaled.magnitude.nearest >= 1024, unit < units.count - 1 {
      scaled /= 1024
      unit += 1
    }
    return Decimal.text(scaled, digits: digits) + units[unit]
  }

  /// Money, as in `$12.30`, `$0.04`, `$0.0012`: two decimals, up to four below ten cents, and
  /// beyond that only what a tiny price needs to show two digits.
  public static func dollars(_ value: Double) -> String {
    guard value.isFinite else { return Decimal.text(value) }
    let magnitude = value.magnitude
    let places = magnitude < 0.001 ? Decimal.places(of: magnitude, digits: 2) : 4
    let isSmall = magnitude > 0 && magnitude < 0.0995
    let text = Decimal.text(magnitude, decimals: isSmall ? places : 2, least: 2)
    return (value < 0 && text.contains { ("1"..."9").contains($0) } ? "-$" : "$") + text
  }
}
