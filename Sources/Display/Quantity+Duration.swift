extension Quantity {
  /// A length of time: `340us`, `100ms`, `2.51s`, `130s`, `12.5m`, `1.25h`.
  ///
  /// Microseconds from 1us, milliseconds from 1ms, seconds from 1s, minutes from 10m, hours from
  /// 1h; rounding half up happens before choosing, so that `999.9ms` is `1s`. Minutes have
  /// at most one decimal unless more than three digits are asked for. With `digits: 9` a time is
  /// exact as long as its own unit can tell it.
  public static func duration(ns: Int64, digits: Int = 3) -> String {
    let magnitude = ns.magnitude
    var text = "0s"
    for (index, unit) in TimeUnit.allCases.enumerated().reversed() where magnitude >= unit.from {
      text = spelled(magnitude, in: unit, digits: digits)
      let next = index + 1 < TimeUnit.allCases.count ? TimeUnit.allCases[index + 1] : nil
      if let next, rounded(magnitude, in: unit, digits: digits).ns >= next.from {
        text = spelled(next.from, in: next, digits: digits)
      }
      break
    }
    return (ns < 0 ? "-" : "") + text
  }

  /// A length of time in seconds, rounded to nanoseconds; see ``duration(ns:digits:)``.
  public static func duration(seconds: Double, digits: Int = 3) -> String {
    guard !seconds.isNaN else { return "–" }
    let ns = (seconds * 1e9).nearest
    guard ns.magnitude < 9e18 else { return seconds < 0 ? "-∞" : "∞" }
    return duration(ns: Int64(ns), digits: digits)
  }

  private static func spelled(_ ns: UInt64, in unit: TimeUnit, digits: Int) -> String {
    let (count, places, _) = rounded(ns, in: unit, digits: digits)
    return Decimal.text(count, places: places) + unit.symbol
  }

  /// The time as a number of the smallest steps shown.
  private static func rounded(
    _ ns: UInt64, in unit: TimeUnit, digits: Int
  ) -> (count: UInt64, places: Int, ns: UInt64) {
    var places = min(max(digits, 1), 9) - 1
    var step = unit.ns
    var whole = ns / unit.ns
    while places > 0, whole >= 10 {
      whole /= 10
      places -= 1
    }
    if unit == .minutes, digits <= 3 { places = min(places, 1) }
    var shown = 0
    while shown < places, step.isMultiple(of: 10) {
      step /= 10
      shown += 1
    }
    let count = (ns + step / 2) / step
    return (count, shown, count * step)
  }
}

/// The units of time in the language.
enum TimeUnit: CaseIterable {
  case nanoseconds
  case microseconds
  case milliseconds
  case seconds
  case minutes
  case hours

  /// Its length.
  var ns: UInt64 {
    switch self {
    case .nanoseconds: 1
    case .microseconds: 1000
    case .milliseconds: 1_000_000
    case .seconds: 1_000_000_000
    case .minutes: 60_000_000_000
    case .hours: 3_600_000_000_000
    }
  }

  /// The shortest time that is told in this unit.
  var from: UInt64 { self == .minutes ? 10 * ns : ns }

  /// Its name in the language.
  var symbol: String {
    switch self {
    case .nanoseconds: "ns"
    case .microseconds: "us"
    case .milliseconds: "ms"
    case .seconds: "s"
    case .minutes: "m"
    case .hours: "h"
    }
  }
}
