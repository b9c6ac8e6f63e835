public import Simulation

/// While a burst lasts, the fleet only grows (Knative).
///
/// Source: knative/serving, `pkg/autoscaler/scaling/autoscaler.go`.
public struct KnativePanic: Hashable, Sendable {
  /// When the burst was last over the threshold; nil in stable mode.
  public var since: Instant?
  /// The most that was wanted in this panic.
  public var peak: Int

  /// Stable mode, or panic from the start when there are several pods: an autoscaler that begins
  /// anew has no history, and that must not shrink the fleet.
  public init(ready: Int, at time: Instant) {
    since = ready > 1 ? time : nil
    peak = ready
  }

  /// Enters or extends the panic while over the threshold; leaves it once a window has passed.
  public mutating func update(isOver: Bool, window: Duration, at now: Instant) {
    if isOver {
      since = now
    } else if let begun = since, begun + window < now {
      since = nil
      peak = 0
    }
  }

  /// In panic, the most that was wanted since it began; else what is wanted.
  public mutating func hold(_ count: Int) -> Int {
    guard since != nil else { return count }
    peak = max(peak, count)
    return peak
  }
}
