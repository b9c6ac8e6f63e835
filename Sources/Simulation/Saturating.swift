/// Integer arithmetic that stops at the ends of the range instead of trapping.
@usableFromInline
enum Saturating {
  @inlinable
  static func sum(_ first: Int64, _ second: Int64) -> Int64 {
    let (result, overflow) = first.addingReportingOverflow(second)
    return overflow ? (first < 0 ? .min : .max) : result
  }

  @inlinable
  static func difference(_ first: Int64, _ second: Int64) -> Int64 {
    let (result, overflow) = first.subtractingReportingOverflow(second)
    return overflow ? (first < 0 ? .min : .max) : result
  }

  @inlinable
  static func product(_ first: Int64, _ second: Int64) -> Int64 {
    let (result, overflow) = first.multipliedReportingOverflow(by: second)
    return overflow ? ((first < 0) == (second < 0) ? .max : .min) : result
  }

  /// The nearest integer, halves to even while there are any; NaN gives zero.
  ///
  /// Adding 1.5 × 2⁵² leaves the integer in the lower bits, rounded by the addition. That takes no
  /// branch on the fraction, which no processor could predict, and no library call.
  @inlinable
  static func rounded(_ value: Double) -> Int64 {
    if value.magnitude < 0x1p51 {
      return Int64(bitPattern: (value + 0x1.8p52).bitPattern &- (0x1.8p52).bitPattern)
    }
    guard value < 0x1p63 else { return value.isNaN ? 0 : .max }
    guard value > -0x1p63 else { return .min }
    return Int64(value)
  }
}
