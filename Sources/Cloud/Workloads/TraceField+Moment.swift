import Simulation

extension TraceField {
  /// A moment such as `2014-04-10 00:04:00`, `2014-04-10T00:04:00.5Z` or `2014-04-10`, since 1970.
  var moment: Duration? {
    var digits = DigitReader(bytes)
    guard let year = digits.number(4), digits.take(.minus), let month = digits.number(2),
      digits.take(.minus), let day = digits.number(2),
      let days = Self.days(year: year, month: month, day: day)
    else { return nil }
    if digits.rest.isEmpty { return .hours(24) * days }
    guard digits.take(32) || digits.take(84), let clock = digits.clock() else { return nil }
    if digits.rest.last == 90 { digits.rest.removeLast() }
    var fraction = Duration.zero
    if digits.rest.first == .dot {
      guard let part = TraceField(digits.rest).seconds, part <= .seconds(1) else { return nil }
      fraction = part
    } else if !digits.rest.isEmpty {
      return nil
    }
    return .hours(24) * days + clock + fraction
  }

  /// A moment such as `10/Oct/2000:13:55:36 -0700`, since 1970.
  var logMoment: Duration? {
    var digits = DigitReader(bytes)
    guard let day = digits.number(2), digits.take(.slash), let month = digits.month(),
      digits.take(.slash), let year = digits.number(4), digits.take(.colon),
      let clock = digits.clock(), let days = Self.days(year: year, month: month, day: day)
    else { return nil }
    let local = .hours(24) * days + clock
    if digits.rest.isEmpty { return local }
    guard digits.take(32) else { return nil }
    let east = digits.take(.plus)
    guard east || digits.take(.minus), let hours = digits.number(2),
      let minutes = digits.number(2), digits.rest.isEmpty
    else { return nil }
    let offset = Duration.minutes(Int64(hours * 60 + minutes))
    return east ? local - offset : local + offset
  }

  /// Days from 1970-01-01 to a date of the Gregorian calendar; nil if there is no such date.
  private static func days(year: Int, month: Int, day: Int) -> Int? {
    let leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0
    let lengths = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    guard year >= 1, (1...12).contains(month), (1...lengths[month - 1]).contains(day) else {
      return nil
    }
    let past = year - 1
    let untilYear = past * 365 + past / 4 - past / 100 + past / 400
    return untilYear + lengths[..<(month - 1)].reduce(0, +) + day - 1 - 719_162
  }
}

/// Takes numbers and marks off the front of some bytes.
private struct DigitReader {
  var rest: ArraySlice<UInt8>

  init(_ bytes: ArraySlice<UInt8>) { rest = bytes }

  mutating func take(_ byte: UInt8) -> Bool {
    guard rest.first == byte else { return false }
    rest.removeFirst()
    return true
  }

  /// A number of exactly so many digits.
  mutating func number(_ length: Int) -> Int? {
    guard rest.count >= length else { return nil }
    var value = 0
    for byte in rest.prefix(length) {
      guard let digit = byte.digit else { return nil }
      value = value * 10 + digit
    }
    rest.removeFirst(length)
    return value
  }

  /// `HH:MM:SS`; 60 is a leap second.
  mutating func clock() -> Duration? {
    guard let hours = number(2), hours < 24, take(.colon), let minutes = number(2), minutes < 60,
      take(.colon), let seconds = number(2), seconds <= 60
    else { return nil }
    return .seconds(Int64(hours * 3600 + minutes * 60 + seconds))
  }

  /// The number of a month's English short name.
  mutating func month() -> Int? {
    let names = [
      "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]
    guard let index = names.firstIndex(where: { rest.starts(with: $0.utf8) }) else { return nil }
    rest.removeFirst(3)
    return index + 1
  }
}
