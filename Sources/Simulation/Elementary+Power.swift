extension Elementary {
  /// `x` to the power `y`, as IEEE 754 defines it for zeros, infinities and negative bases.
  public static func pow(_ x: Double, _ y: Double) -> Double {
    if y == 0 || x == 1 { return 1 }
    if x.isNaN || y.isNaN { return .nan }
    let whole = y.magnitude >= 0x1p53 || y == Double(Int64(y))
    let odd = whole && y.magnitude < 0x1p53 && Int64(y) & 1 != 0
    let size = magnitude(x.magnitude, y)
    guard x.sign == .minus else { return size }
    if !whole && x < 0 && x > -.infinity { return .nan }
    return odd ? -size : size
  }

  /// x^y for x ≥ 0 by a logarithm of twice the usual length, since exp multiplies its error.
  private static func magnitude(_ x: Double, _ y: Double) -> Double {
    if x == 1 { return 1 }
    if x == 0 || x == .infinity { return (x == 0) == (y < 0) ? .infinity : 0 }
    let log = Pair.log(x)
    let estimate = log.upper * y
    guard estimate.magnitude < 1000 else { return estimate < 0 ? 0 : .infinity }
    let product = Pair.product(log.upper, y)
    return exp(product.upper, plus: product.lower + log.lower * y)
  }

  /// An unevaluated sum of two numbers, about 106 bits.
  ///
  /// Source: Dekker, "A floating-point technique for extending the available precision" (1971).
  private struct Pair {
    var upper: Double
    var lower: Double

    /// The exact sum, for |first| ≥ |second|.
    static func sum(_ first: Double, _ second: Double) -> Pair {
      let upper = first + second
      return Pair(upper: upper, lower: second - (upper - first))
    }

    /// The exact product.
    static func product(_ first: Double, _ second: Double) -> Pair {
      let (a, b) = halves(first)
      let (c, d) = halves(second)
      let upper = first * second
      return Pair(upper: upper, lower: ((a * c - upper) + a * d + b * c) + b * d)
    }

    private static func halves(_ value: Double) -> (Double, Double) {
      let upper = Double(bitPattern: value.bitPattern & 0xFFFF_FFFF_F800_0000)
      return (upper, value - upper)
    }

    static func * (first: Pair, second: Pair) -> Pair {
      let product = product(first.upper, second.upper)
      let cross = first.upper * second.lower + first.lower * second.upper
      return sum(product.upper, product.lower + cross)
    }

    /// The logarithm of a positive finite number.
    static func log(_ x: Double) -> Pair {
      let (exponent, mantissa) = Elementary.parts(x)
      let f = mantissa - 1
      let s = quotient(f, sum(2, f))
      let square = s * s
      // 2 artanh(s) = 2s + s³ (2/3 + 2/5 s² + …): the first two terms in pairs, the rest need not.
      let z = square.upper
      var rest = 2.0 / 23
      rest = rest * z + 2.0 / 21
      rest = rest * z + 2.0 / 19
      rest = rest * z + 2.0 / 17
      rest = rest * z + 2.0 / 15
      rest = rest * z + 2.0 / 13
      rest = rest * z + 2.0 / 11
      rest = rest * z + 2.0 / 9
      rest = rest * z + 2.0 / 7
      rest = rest * z + 2.0 / 5
      let third = Pair(upper: 0x1.5555555555555p-1, lower: 0x1.5555555555555p-55)
      let factor = sum(third.upper, third.lower + rest * z)
      let cube = s * square * factor
      let fraction = sum(2 * s.upper, cube.upper)
      let small = fraction.lower + (2 * s.lower + cube.lower)
      let whole = exponent * Elementary.ln2Upper
      let total = sum(whole, fraction.upper)
      return sum(total.upper, total.lower + (small + exponent * Elementary.ln2Lower))
    }

    /// first ÷ second.
    static func quotient(_ first: Double, _ second: Pair) -> Pair {
      let upper = first / second.upper
      let back = product(upper, second.upper)
      let rest = ((first - back.upper) - back.lower) - upper * second.lower
      return sum(upper, rest / second.upper)
    }
  }
}
