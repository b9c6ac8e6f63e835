/// What a number with a unit measures, and how its units are written.
public enum Measure: Hashable, Sendable, CaseIterable {
  /// `us ms s m h d`; also `ns`.
  case duration
  /// `/s /m /h`.
  case rate
  /// `B KiB MiB GiB TiB`.
  case bytes
  /// `%`.
  case share
  /// `$` in front.
  case money

  /// The unit the value is kept in.
  public var unit: Unit {
    switch self {
    case .duration: .seconds
    case .rate: .rate
    case .bytes: .bytes
    case .share: .ratio
    case .money: .dollars
    }
  }

  /// The units, smallest first, and how many seconds, bytes, … one of them is.
  ///
  /// A factor below one is written as its reciprocal, so that `300ms` is 300 ÷ 1000, rounded once.
  public var units: [(suffix: String, times: Double, over: Double)] {
    switch self {
    case .duration:
      [
        ("ns", 1, 1e9), ("us", 1, 1e6), ("ms", 1, 1e3), ("s", 1, 1), ("m", 60, 1), ("h", 3600, 1),
        ("d", 86400, 1),
      ]
    case .rate: [("/h", 1, 3600), ("/m", 1, 60), ("/s", 1, 1)]
    case .bytes:
      [
        ("B", 1, 1), ("KiB", 1024, 1), ("MiB", 1_048_576, 1), ("GiB", 1_073_741_824, 1),
        ("TiB", 1_099_511_627_776, 1),
      ]
    case .share: [("%", 1, 100)]
    case .money: [("$", 1, 1)]
    }
  }

  /// The unit names to list in messages.
  var unitNames: [String] {
    switch self {
    case .duration: ["us", "ms", "s", "m", "h", "d"]
    case .rate: ["/s", "/m", "/h"]
    default: units.map(\.suffix)
    }
  }

  /// The unit to suggest where one is missing.
  var usualUnit: String {
    switch self {
    case .duration: "ms"
    case .rate: "/s"
    case .bytes: "MiB"
    case .share: "%"
    case .money: "$"
    }
  }

  /// A noun with its article.
  var noun: String {
    switch self {
    case .duration: "a duration"
    case .rate: "a rate"
    case .bytes: "a size"
    case .share: "a share"
    case .money: "an amount"
    }
  }

  /// A value to show as an example.
  var example: String {
    switch self {
    case .duration: "20ms"
    case .rate: "50/s"
    case .bytes: "2GiB"
    case .share: "60%"
    case .money: "$0.04"
    }
  }

  /// The largest value that means anything: a century, an exbibyte, a billion a second.
  var limit: Double {
    switch self {
    case .duration: 86400 * 36525
    case .rate: 1e9
    case .bytes: 1_152_921_504_606_846_976
    case .share: 1
    case .money: 1e12
    }
  }

  /// The unit somebody meant who wrote `suffix`.
  func unit(meantBy suffix: String) -> String? {
    let names = units.map(\.suffix)
    if let meant = Self.aliases[suffix] ?? Self.aliases[suffix.lowercased()], names.contains(meant)
    {
      return meant
    }
    if self == .rate, !suffix.hasPrefix("/") {
      return nil
    }
    return names.first { $0.lowercased() == suffix.lowercased() }
  }

  private static let aliases: [String: String] = [
    "µs": "us", "μs": "us", "usec": "us", "micros": "us", "msec": "ms", "millis": "ms",
    "sec": "s", "secs": "s", "second": "s", "seconds": "s", "min": "m", "mins": "m",
    "minute": "m", "minutes": "m", "hr": "h", "hrs": "h", "hour": "h", "hours": "h", "day": "d",
    "days": "d", "rps": "/s", "qps": "/s", "hz": "/s", "/sec": "/s", "/second": "/s",
    "req/s": "/s", "rpm": "/m", "/min": "/m", "/minute": "/m", "/hour": "/h", "/hr": "/h",
    "bytes": "B", "k": "KiB", "kb": "KiB", "kib": "KiB", "ki": "KiB", "mb": "MiB", "mi": "MiB",
    "g": "GiB", "gb": "GiB", "gi": "GiB", "t": "TiB", "tb": "TiB", "ti": "TiB", "pct": "%",
    "percent": "%", "usd": "$", "dollars": "$", "dollar": "$",
  ]

  /// The value of a number in one of the units; nil if it has no such unit.
  func value(_ number: Double, _ suffix: String) -> Double? {
    guard let unit = units.first(where: { $0.suffix == suffix }) else { return nil }
    return number * unit.times / unit.over
  }

  /// A value as one types it, in the largest unit that keeps it at one or more.
  public func typed(_ value: Double) -> String {
    func number(_ unit: (suffix: String, times: Double, over: Double)) -> Double {
      value * unit.over / unit.times
    }
    let fitting = units.filter { abs(number($0)) >= 1 }
    let round = fitting.last { number($0) == number($0).rounded() }
    let ones = units.first { $0.times == 1 && $0.over == 1 } ?? units[0]
    let unit = self == .rate ? ones : value == 0 ? ones : round ?? fitting.last ?? units[0]
    return self == .money ? "$" + number(unit).typed : number(unit).typed + unit.suffix
  }
}

extension Double {
  /// The number as one types it: no exponent, no idle `.0`.
  var typed: String {
    if self == rounded(), abs(self) < 1e15 { return String(Int64(self)) }
    let text = description
    guard let mark = text.firstIndex(of: "e"), let power = Int(text[text.index(after: mark)...]),
      power < 0, magnitude > 1e-18
    else { return text }
    let digits = text[..<mark].filter(\.isNumber)
    return (self < 0 ? "-" : "") + "0." + String(repeating: "0", count: -power - 1) + digits
  }
}

extension Quantity {
  /// The quantity as it can be typed back: `300ms`, `50/s`, `60%`, `2GiB`, `$0.04`, `round-robin`.
  public var typed: String {
    if let name { return name }
    if unit == .boolean { return isTrue ? "true" : "false" }
    return Measure.allCases.first { $0.unit == unit }?.typed(value) ?? value.typed
  }
}
