#if canImport(Glibc)
// Only so that the linker finds what `squareRoot()` calls for a negative number.
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// Elementary functions made of `+ - * /` alone, so they give the same bits on every machine.
///
/// A system's own differ in the last bit between platforms, which is enough to send one request to
/// another server. Errors stay below one unit in the last place.
public enum Elementary {
  /// ln 2 in two parts; the upper has 42 bits, so its multiples by any exponent are exact.
  static let ln2Upper = 0x1.62e42fefa3800p-1
  static let ln2Lower = 0x1.ef35793c76730p-45
  static let log2e = 0x1.71547652b82fep+0
  static let sqrt2 = 0x1.6a09e667f3bcdp+0

  /// The square root, which IEEE 754 rounds correctly everywhere.
  @inlinable
  public static func sqrt(_ x: Double) -> Double {
    x.squareRoot()
  }

  /// The exponential function; infinite above 709.78, zero below −745.13.
  public static func exp(_ x: Double) -> Double {
    exp(x, plus: 0)
  }

  /// exp(x + rest) for a rest too small to change x.
  static func exp(_ x: Double, plus rest: Double) -> Double {
    guard x < 709.8 else { return x.isNaN ? x : .infinity }
    guard x > -745.2 else { return 0 }
    // Adding and subtracting 1.5 × 2⁵² rounds to the nearest integer.
    let exponent = (x * log2e + 0x1.8p52) - 0x1.8p52
    let r = (x - exponent * ln2Upper) - (exponent * ln2Lower - rest)
    // |r| ≤ 0.35: thirteen terms of Taylor's series leave an error of 2⁻⁵⁸. Even and odd terms
    // apart, so that a processor works on both at once.
    let square = r * r
    var even = 1.0 / 479_001_600
    even = even * square + 1.0 / 3_628_800
    even = even * square + 1.0 / 40_320
    even = even * square + 1.0 / 720
    even = even * square + 1.0 / 24
    even = even * square + 0.5
    var odd = 1.0 / 6_227_020_800
    odd = odd * square + 1.0 / 39_916_800
    odd = odd * square + 1.0 / 362_880
    odd = odd * square + 1.0 / 5040
    odd = odd * square + 1.0 / 120
    odd = odd * square + 1.0 / 6
    return scaled(1 + (r + square * (even + r * odd)), by: Int(exponent))
  }

  /// value × 2^exponent, for a value near 1 and an exponent within ±1100.
  private static func scaled(_ value: Double, by exponent: Int) -> Double {
    // In two steps, because the power itself may be outside the range when the product is not.
    let half = exponent / 2
    return value * power(half) * power(exponent - half)
  }

  private static func power(_ exponent: Int) -> Double {
    Double(bitPattern: UInt64(truncatingIfNeeded: exponent &+ 1023) &<< 52)
  }

  /// The natural logarithm; −∞ at zero, NaN below.
  public static func log(_ x: Double) -> Double {
    guard x > 0 else { return x == 0 ? -.infinity : .nan }
    guard x < .infinity else { return x }
    let (exponent, mantissa) = parts(x)
    // log m = 2 artanh(f / (2 + f)), written around f, which is exact.
    let f = mantissa - 1
    let s = f / (2 + f)
    let square = s * s
    var sum = 2.0 / 21
    sum = sum * square + 2.0 / 19
    sum = sum * square + 2.0 / 17
    sum = sum * square + 2.0 / 15
    sum = sum * square + 2.0 / 13
    sum = sum * square + 2.0 / 11
    sum = sum * square + 2.0 / 9
    sum = sum * square + 2.0 / 7
    sum = sum * square + 2.0 / 5
    sum = sum * square + 2.0 / 3
    let half = 0.5 * f * f
    let lower = s * (half + sum * square) + exponent * ln2Lower
    return exponent * ln2Upper + (f - (half - lower))
  }

  /// A positive finite number as an exponent and a mantissa from √½ to √2.
  static func parts(_ x: Double) -> (exponent: Double, mantissa: Double) {
    // Subnormal numbers have no leading one: lift them into the normal range first.
    let lifted = x < 0x1p-1022
    let bits = (lifted ? x * 0x1p54 : x).bitPattern
    let raw = Int(truncatingIfNeeded: bits &>> 52) &- 1023 &- (lifted ? 54 : 0)
    let mantissa = Double(bitPattern: bits & 0x000F_FFFF_FFFF_FFFF | 0x3FF0_0000_0000_0000)
    return mantissa > sqrt2
      ? (Double(raw &+ 1), mantissa * 0.5) : (Double(raw), mantissa)
  }
}
