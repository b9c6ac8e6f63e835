/// A length of simulated time, in whole nanoseconds.
///
/// Arithmetic saturates at `.max` and `.min` and never traps. `.max` reads as "never". The name
/// shadows the standard library's on purpose: here all time is simulated.
@frozen
public struct Duration: Hashable, Sendable {
  /// The length in nanoseconds.
  public var nanoseconds: Int64

  /// A length of exactly so many nanoseconds.
  @inlinable
  public init(nanoseconds: Int64) {
    self.nanoseconds = nanoseconds
  }

  /// A length from fractional nanoseconds, rounded to the nearest.
  ///
  /// Saturates; NaN gives zero.
  @inlinable
  public init(rounding nanoseconds: Double) {
    self.nanoseconds = Saturating.rounded(nanoseconds)
  }

  /// A length from fractional seconds, rounded to the nearest nanosecond.
  ///
  /// Saturates; NaN gives zero.
  @inlinable
  public init(seconds: Double) {
    self.init(rounding: seconds * 1e9)
  }

  /// The length in seconds.
  @inlinable
  public var seconds: Double { Double(nanoseconds) / 1e9 }

  /// No time at all.
  @inlinable
  public static var zero: Self { Self(nanoseconds: 0) }

  /// The longest length, which reads as "never".
  @inlinable
  public static var max: Self { Self(nanoseconds: .max) }

  /// The most negative length.
  @inlinable
  public static var min: Self { Self(nanoseconds: .min) }
}

extension Duration: Comparable {
  /// Whether the first is shorter.
  @inlinable
  public static func < (first: Self, second: Self) -> Bool {
    first.nanoseconds < second.nanoseconds
  }
}
