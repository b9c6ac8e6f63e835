#if canImport(Glibc)
// Only so that the linker finds what `rounded(_:)` and `squareRoot()` may call.
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// A function in a formula.
public enum Function: String, Hashable, Sendable, CaseIterable {
  /// The smallest of its values.
  case min
  /// The largest of its values.
  case max
  /// The next whole number up.
  case ceil
  /// The next whole number down.
  case floor
  /// The value without its sign.
  case abs
  /// The square root.
  case sqrt
  /// e to the power of the value.
  case exp
  /// The natural logarithm.
  case ln
  /// A number from 0 up to 1 made of a key and a server; only a balancer can tell.
  case hash
  /// The time since an instant; only a balancer can tell.
  case since

  /// The functions any formula may call.
  public static let common: [Function] = [.min, .max, .ceil, .floor, .abs, .sqrt, .exp, .ln]

  /// How many values it takes.
  var arity: ClosedRange<Int> {
    switch self {
    case .min, .max: 2...16
    case .hash: 2...2
    default: 1...1
    }
  }

  /// A call to show.
  var example: String {
    switch self {
    case .min, .max: "\(rawValue)(servers, 10)"
    case .hash: "hash(key, id)"
    case .since: "since(picked)"
    default: "\(rawValue)(servers / 2)"
    }
  }

  /// The value for some values; nil for the functions only a balancer can tell.
  func apply(_ values: [Double]) -> Double? {
    guard let first = values.first else { return nil }
    switch self {
    case .min: return values.dropFirst().reduce(first) { Swift.min($0, $1) }
    case .max: return values.dropFirst().reduce(first) { Swift.max($0, $1) }
    case .ceil: return first.rounded(.up)
    case .floor: return first.rounded(.down)
    case .abs: return first.magnitude
    case .sqrt: return first.squareRoot()
    case .exp: return exponential(first)
    case .ln: return logarithm(first)
    case .hash, .since: return nil
    }
  }
}

/// ln 2, and what a Double leaves of it.
private let ln2 = (high: 0x1.62e42fefa39efp-1, low: 0x1.abc9e3b39803fp-56)

/// e to the power x, from basic arithmetic only, so that every machine gives the same bits.
private func exponential(_ x: Double) -> Double {
  guard x < 710 else { return x.isNaN ? x : .infinity }
  guard x > -746 else { return 0 }
  let twos = (x / ln2.high).rounded()
  let rest = (x - twos * ln2.high) - twos * ln2.low
  let series = stride(from: 14.0, to: 0, by: -1).reduce(1) { 1 + rest * $0 / $1 }
  let half = Int(twos) / 2
  let power = Double(sign: .plus, exponent: half, significand: 1)
  return series * power * Double(sign: .plus, exponent: Int(twos) - half, significand: 1)
}

/// The natural logarithm, from basic arithmetic only: twice the series of artanh((m − 1) / (m + 1)).
private func logarithm(_ x: Double) -> Double {
  guard x > 0, x.isFinite else { return x == 0 ? -.infinity : x < 0 ? .nan : x }
  let isLarge = x.significand > 1.414_213_562_373_095
  let mantissa = isLarge ? x.significand / 2 : x.significand
  let twos = Double(x.exponent) + (isLarge ? 1 : 0)
  let z = (mantissa - 1) / (mantissa + 1)
  let series = stride(from: 23.0, to: 0, by: -2).reduce(0) { $0 * z * z + 1 / $1 }
  return twos * ln2.high + (2 * z * series + twos * ln2.low)
}
