/// A moment of simulated time, in whole nanoseconds since the world's start.
///
/// Arithmetic saturates at `.max` and `.min` and never traps. `.max` reads as "never".
@frozen
public struct Instant: Hashable, Sendable {
  /// Nanoseconds since the world's start.
  public var nanoseconds: Int64

  /// The moment so many nanoseconds after the world's start.
  @inlinable
  public init(nanoseconds: Int64) {
    self.nanoseconds = nanoseconds
  }

  /// The moment so many seconds after the world's start, to the nearest nanosecond.
  ///
  /// Saturates; NaN gives zero.
  @inlinable
  public init(seconds: Double) {
    self.nanoseconds = Duration(seconds: seconds).nanoseconds
  }

  /// Seconds since the world's start.
  @inlinable
  public var seconds: Double { sinceStart.seconds }

  /// The time since the world's start.
  @inlinable
  public var sinceStart: Duration { Duration(nanoseconds: nanoseconds) }

  /// The world's start.
  @inlinable
  public static var zero: Self { Self(nanoseconds: 0) }

  /// The last moment, which reads as "never".
  @inlinable
  public static var max: Self { Self(nanoseconds: .max) }

  /// The moment a duration later, saturating.
  @inlinable
  public static func + (instant: Self, duration: Duration) -> Self {
    Self(nanoseconds: Saturating.sum(instant.nanoseconds, duration.nanoseconds))
  }

  /// The moment a duration earlier, saturating.
  @inlinable
  public static func - (instant: Self, duration: Duration) -> Self {
    Self(nanoseconds: Saturating.difference(instant.nanoseconds, duration.nanoseconds))
  }

  /// The time from the second to the first, saturating.
  @inlinable
  public static func - (first: Self, second: Self) -> Duration {
    Duration(nanoseconds: Saturating.difference(first.nanoseconds, second.nanoseconds))
  }

  /// Moves later, saturating.
  @inlinable
  public static func += (instant: inout Self, duration: Duration) {
    instant = instant + duration
  }

  /// Moves earlier, saturating.
  @inlinable
  public static func -= (instant: inout Self, duration: Duration) {
    instant = instant - duration
  }
}

extension Instant: Comparable {
  /// Whether the first is earlier.
  @inlinable
  public static func < (first: Self, second: Self) -> Bool {
    first.nanoseconds < second.nanoseconds
  }
}
