/// A number to a whole power, rounded once: about 100 bits are kept on the way.
///
/// `Elementary.pow` is within one unit in the last place, which is one too many where a recorded
/// bound of a bucket is to be met to the digit. O(log exponent). Source: Dekker, "A floating-point
/// technique for extending the available precision" (1971).
struct WholePower {
  private var upper: Double
  private var lower: Double

  /// The nearest number to base^exponent, for an exponent from zero.
  static func of(_ base: Double, _ exponent: Int) -> Double {
    var result = WholePower(upper: 1, lower: 0)
    var square = WholePower(upper: base, lower: 0)
    var rest = max(0, exponent)
    while rest > 0 {
      if rest & 1 == 1 { result = result.times(square) }
      rest >>= 1
      if rest > 0 { square = square.times(square) }
    }
    return result.upper
  }

  private func times(_ b: Self) -> Self {
    let product = upper * b.upper
    guard product.isFinite else { return Self(upper: product, lower: 0) }
    let (c, d) = Self.halves(upper)
    let (e, f) = Self.halves(b.upper)
    let error = ((c * e - product) + c * f + d * e) + d * f
    let rest = error + (upper * b.lower + lower * b.upper)
    let sum = product + rest
    return Self(upper: sum, lower: rest - (sum - product))
  }

  private static func halves(_ value: Double) -> (Double, Double) {
    let upper = Double(bitPattern: value.bitPattern & 0xFFFF_FFFF_F800_0000)
    return (upper, value - upper)
  }
}
