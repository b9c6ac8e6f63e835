public import Simulation

/// How long a client waits before it sends again: twice as long each time.
///
/// Source: AWS Architecture Blog, Exponential Backoff And Jitter (2015).
public struct Backoff: Hashable, Sendable {
  /// How chance spreads the waits, so that those who failed together do not come back together.
  public enum Jitter: String, CaseIterable, Sendable {
    /// Evenly between nothing and the wait.
    case full
    /// Not at all.
    case none
  }

  /// The wait before the first retry.
  public var base: Duration
  /// How chance spreads it.
  public var jitter: Jitter

  /// Waits of the base, twice the base, and so on up to 1024 times the base.
  public init(_ base: Duration, jitter: Jitter = .full) {
    self.base = base
    self.jitter = jitter
  }

  /// The wait before a try, from the second on; by a draw of the try's own.
  func wait(before attempt: Int, of id: UInt64, key: UInt64) -> Int64 {
    let doublings = min(max(0, attempt - 2), 10)
    let most = max(0, base.nanoseconds).multipliedClamped(1 << doublings)
    guard jitter == .full else { return most }
    var draw = RandomStream(key: Hash.mix(key &+ 1))
    draw.counter = id
    return Int64(amount: Double(most) * draw.uniform())
  }
}
