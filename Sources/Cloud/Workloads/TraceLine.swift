import Simulation

/// One line of a recording: its number from one, and its bytes without the line break.
struct TraceLine {
  let number: Int
  let bytes: ArraySlice<UInt8>

  /// A field of a line of comma-separated values, without blanks and quotes around it.
  func field(_ index: Int) -> TraceField? {
    var begin = bytes.startIndex
    for _ in 0..<index {
      guard let comma = bytes[begin...].firstIndex(of: .comma) else { return nil }
      begin = comma + 1
    }
    let end = bytes[begin...].firstIndex(of: .comma) ?? bytes.endIndex
    return TraceField(bytes[begin..<end])
  }

  /// What it says, for a message; long ones are cut.
  var shown: String { TraceField(bytes).text }

  /// The moment in the first pair of brackets of an access log's line, since 1970.
  var logMoment: Duration? {
    guard let open = bytes.firstIndex(of: .openBracket),
      let close = bytes[open...].firstIndex(of: .closeBracket)
    else { return nil }
    return TraceField(bytes[(open + 1)..<close]).logMoment
  }
}

/// The lines of a file that are not empty; a byte order mark and carriage returns are dropped.
struct TraceLines: Sequence, IteratorProtocol {
  private let bytes: [UInt8]
  private var position: Int
  private var number = 0

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    position = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
  }

  mutating func next() -> TraceLine? {
    while position < bytes.count {
      let end = bytes[position...].firstIndex(of: .newline) ?? bytes.count
      let line = TraceField(bytes[position..<end]).bytes
      position = end + 1
      number += 1
      if !line.isEmpty { return TraceLine(number: number, bytes: line) }
    }
    return nil
  }

  /// The next line, without going on to it.
  func peek() -> TraceLine? {
    var copy = self
    return copy.next()
  }
}

/// A piece of a line, without blanks and quotes around it.
struct TraceField {
  let bytes: ArraySlice<UInt8>

  init(_ bytes: ArraySlice<UInt8>) {
    var bytes = bytes
    while let byte = bytes.first, byte.isPadding { bytes.removeFirst() }
    while let byte = bytes.last, byte.isPadding { bytes.removeLast() }
    self.bytes = bytes
  }

  /// What it says, for a message; long ones are cut.
  var text: String {
    let shown = String(decoding: bytes.prefix(24), as: UTF8.self)
    return bytes.count > 24 ? shown + "…" : shown
  }

  /// What it says, in lower case.
  var lowercased: String { String(decoding: bytes, as: UTF8.self).lowercased() }

  /// A decimal number times a power of ten, rounded; nil if it is none, is negative or too large.
  ///
  /// Digits are kept as an integer, so that 0.052 s is exactly 52 ms.
  func decimal(shifted power: Int) -> Int64? {
    var digits: Int64 = 0
    var exponent = power
    var seen = false
    var fraction = false
    var rest = bytes
    if rest.first == .plus { rest.removeFirst() }
    while let byte = rest.first {
      if let digit = byte.digit {
        seen = true
        let (tens, overflow) = digits.multipliedReportingOverflow(by: 10)
        let (sum, carry) = tens.addingReportingOverflow(Int64(digit))
        if !overflow, !carry {
          digits = sum
          if fraction { exponent -= 1 }
        } else if !fraction {
          return nil
        }
      } else if byte == .dot, !fraction {
        fraction = true
      } else {
        break
      }
      rest.removeFirst()
    }
    guard seen else { return nil }
    if rest.first == .e || rest.first == .capitalE {
      rest.removeFirst()
      guard let shift = Self.exponent(rest) else { return nil }
      exponent += shift
    } else if !rest.isEmpty {
      return nil
    }
    return Self.scaled(digits, by: exponent)
  }

  private static func exponent(_ bytes: ArraySlice<UInt8>) -> Int? {
    var bytes = bytes
    let negative = bytes.first == .minus
    if negative || bytes.first == .plus { bytes.removeFirst() }
    guard !bytes.isEmpty, bytes.count <= 4 else { return nil }
    var value = 0
    for byte in bytes {
      guard let digit = byte.digit else { return nil }
      value = value * 10 + digit
    }
    return negative ? -value : value
  }

  private static func scaled(_ digits: Int64, by exponent: Int) -> Int64? {
    var value = digits
    if value == 0 { return 0 }
    if exponent >= 0 {
      for _ in 0..<exponent {
        let (product, overflow) = value.multipliedReportingOverflow(by: 10)
        if overflow { return nil }
        value = product
      }
      return value
    }
    for _ in 0..<(-exponent - 1) where value != 0 { value /= 10 }
    return value / 10 + (value % 10 >= 5 ? 1 : 0)
  }

  /// A number of seconds, to the nanosecond.
  var seconds: Duration? { decimal(shifted: 9).map { Duration(nanoseconds: $0) } }

  /// A whole number that is not negative; `94.0` is one, too.
  var count: Int? {
    guard let value = decimal(shifted: 0), decimal(shifted: 3).map({ $0 == value * 1000 }) ?? true
    else { return nil }
    return Int(exactly: value)
  }
}

extension UInt8 {
  static let newline: UInt8 = 10
  static let plus: UInt8 = 43
  static let comma: UInt8 = 44
  static let minus: UInt8 = 45
  static let dot: UInt8 = 46
  static let slash: UInt8 = 47
  static let colon: UInt8 = 58
  static let capitalE: UInt8 = 69
  static let openBracket: UInt8 = 91
  static let closeBracket: UInt8 = 93
  static let e: UInt8 = 101

  var digit: Int? { self >= 48 && self <= 57 ? Int(self - 48) : nil }

  /// A blank, a tab, a carriage return or a quotation mark.
  var isPadding: Bool { self == 32 || self == 9 || self == 13 || self == 34 }
}
