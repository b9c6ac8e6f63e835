public import Simulation

/// A policy that knows the future, and says so: a yardstick that no real autoscaler can be.
public protocol Foreseeing: Autoscaler {
  /// How far ahead it must see, beyond the time between two checks, when servers boot for so long.
  func foresight(boot: Duration) -> Duration

  /// Is told, just before each check, what arrives in the second of the clock in which it is made
  /// and in each one after it, as far as `foresight` and a period.
  mutating func foresee(_ seconds: [Foreseen])
}

/// What arrives in one second of the clock: first tries only, since others depend on the policies.
public struct Foreseen: Hashable, Sendable {
  /// When the second begins.
  public var time: Instant
  /// How many requests there are.
  public var requests: Int
  /// Their work in all, at speed 1 on one slot.
  public var work: Duration

  /// What arrives in a second.
  public init(time: Instant, requests: Int = 0, work: Duration = .zero) {
    self.time = time
    self.requests = requests
    self.work = work
  }
}
