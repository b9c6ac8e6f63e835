extension Duration {
  /// The sum, saturating.
  @inlinable
  public static func + (first: Self, second: Self) -> Self {
    Self(nanoseconds: Saturating.sum(first.nanoseconds, second.nanoseconds))
  }

  /// The difference, saturating.
  @inlinable
  public static func - (first: Self, second: Self) -> Self {
    Self(nanoseconds: Saturating.difference(first.nanoseconds, second.nanoseconds))
  }

  /// The opposite, saturating.
  @inlinable
  public static prefix func - (duration: Self) -> Self {
    .zero - duration
  }

  /// The multiple, saturating.
  @inlinable
  public static func * (duration: Self, factor: Int) -> Self {
    Self(nanoseconds: Saturating.product(duration.nanoseconds, Int64(factor)))
  }

  /// The multiple by a fraction, rounded to the nearest nanosecond and saturating.
  ///
  /// Lengths beyond 2⁵³ nanoseconds (104 days) are rounded to 53 bits first.
  @inlinable
  public static func * (duration: Self, factor: Double) -> Self {
    Self(rounding: Double(duration.nanoseconds) * factor)
  }

  /// The part, rounded to the nearest nanosecond and saturating; zero by zero gives zero.
  @inlinable
  public static func / (duration: Self, divisor: Double) -> Self {
    Self(rounding: Double(duration.nanoseconds) / divisor)
  }

  /// How many times the second fits into the first, as a fraction.
  @inlinable
  public static func / (first: Self, second: Self) -> Double {
    Double(first.nanoseconds) / Double(second.nanoseconds)
  }

  /// Adds, saturating.
  @inlinable
  public static func += (first: inout Self, second: Self) {
    first = first + second
  }

  /// Subtracts, saturating.
  @inlinable
  public static func -= (first: inout Self, second: Self) {
    first = first - second
  }

  /// So many nanoseconds.
  @inlinable
  public static func nanoseconds(_ count: Int64) -> Self {
    Self(nanoseconds: count)
  }

  /// So many microseconds, saturating.
  @inlinable
  public static func microseconds(_ count: Int64) -> Self {
    Self(nanoseconds: Saturating.product(count, 1000))
  }

  /// So many milliseconds, saturating.
  @inlinable
  public static func milliseconds(_ count: Int64) -> Self {
    Self(nanoseconds: Saturating.product(count, 1_000_000))
  }

  /// So many seconds, saturating.
  @inlinable
  public static func seconds(_ count: Int64) -> Self {
    Self(nanoseconds: Saturating.product(count, 1_000_000_000))
  }

  /// So many minutes, saturating.
  @inlinable
  public static func minutes(_ count: Int64) -> Self {
    Self(nanoseconds: Saturating.product(count, 60_000_000_000))
  }

  /// So many hours, saturating.
  @inlinable
  public static func hours(_ count: Int64) -> Self {
    Self(nanoseconds: Saturating.product(count, 3_600_000_000_000))
  }
}
