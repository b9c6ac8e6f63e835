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

  /// The nearest integer, halves away from zero; NaN gives zero.
  ///
  /// Truncation and an exact remainder, because `rounded()` is a library call on some machines.
  @inlinable
  static func rounded(_ value: Double) -> Int64 {
    guard value < 0x1p63 else { return value.isNaN ? 0 : .max }
    guard value > -0x1p63 else { return .min }
    let whole = Int64(value)
    let rest = value - Double(whole)
    // No overflow: a value with a fraction is far below 2⁵³.
    return rest >= 0.5 ? whole &+ 1 : rest <= -0.5 ? whole &- 1 : whole
  }
}
