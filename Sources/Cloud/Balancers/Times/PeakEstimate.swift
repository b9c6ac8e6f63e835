package import Simulation

/// What to expect of a server's response times: up at once, down slowly.
///
/// A peak moving average. An answer that took longer than the peak replaces it; any other is
/// averaged in with the weight 1 - e^(-elapsed ÷ decay); reading fades towards zero. Source:
/// Finagle, PeakEwma.scala; tower and linkerd have the same.
package struct PeakEstimate: Sendable {
  /// In nanoseconds, as of `since`; zero when nothing is known.
  package private(set) var value: Double
  private var since: Instant

  /// An estimate in nanoseconds, as of a moment.
  package init(_ value: Double = 0, since: Instant = .zero) {
    self.value = value
    self.since = since
  }

  /// The estimate as it has faded, in nanoseconds; reading it changes nothing.
  @inline(__always)
  package func present(at now: Instant, decay: Double) -> Double {
    value * Fading.left(since: since, at: now, decay: decay)
  }

  /// Keeps the estimate as it has faded, as Finagle does whenever it looks.
  package mutating func fade(to now: Instant, decay: Double) {
    value = present(at: now, decay: decay)
    since = max(since, now)
  }

  /// Takes in an answer that took so many nanoseconds; above the peak it becomes the estimate.
  package mutating func hear(_ taken: Double, at now: Instant, decay: Double, peak: Double) {
    let left = Fading.left(since: since, at: now, decay: decay)
    value = taken > peak ? taken : value * left + taken * (1 - left)
    since = max(since, now)
  }
}
