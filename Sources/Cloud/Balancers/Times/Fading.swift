package import Simulation

/// How much of what was known is left after a time: e^(-elapsed ÷ decay).
package enum Fading {
  /// The share that is left, 1 when no time has passed; the decay is in seconds and positive.
  @inline(__always)
  package static func left(since then: Instant, at now: Instant, decay: Double) -> Double {
    let elapsed = now - then
    guard elapsed > .zero else { return 1 }
    return Elementary.exp(-elapsed.seconds / decay)
  }
}

extension Figure {
  /// A time from nanoseconds, in milliseconds: 12.5ms.
  static func milliseconds(_ nanoseconds: Double) -> String { plain(nanoseconds / 1e6) + "ms" }
}
