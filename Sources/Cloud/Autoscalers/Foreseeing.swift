public import Simulation

/// A policy that knows the future, and says so: a yardstick that no real autoscaler can be.
public protocol Foreseeing: Autoscaler {
  /// How far ahead it must see, beyond the time between two checks.
  var foresight: Duration { get }

  /// Is told, just before each check, what will arrive from now on for `foresight` and a period.
  mutating func foresee(_ arrivals: [Foreseen])
}

/// A request that will arrive.
public struct Foreseen: Hashable, Sendable {
  /// When.
  public var time: Instant
  /// Its work, at speed 1 on one slot.
  public var work: Duration

  /// A request that will arrive.
  public init(time: Instant, work: Duration) {
    self.time = time
    self.work = work
  }
}
