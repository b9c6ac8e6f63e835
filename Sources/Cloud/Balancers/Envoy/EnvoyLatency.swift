import Simulation

/// The mean response time for each request that the server would have, as Envoy counts it.
package struct EnvoyLatency: Cost {
  static var name: String? { "EWMA in ms × (active + 1)" }

  /// What was heard of a server.
  struct Mean: Sendable {
    /// In milliseconds; zero when nothing is known.
    var milliseconds = 0.0
    var since = Instant.zero
  }

  /// How much a moment weighs against the past: 1 - e^(-elapsed ÷ decay), in seconds.
  static let decay = 10.0
  var means = PerServer(Mean())

  /// The cost in milliseconds; a mean of zero stands for none.
  package static func cost(
    mean: Double, active: Double, initial: Double = 10, penalty: Double = 1e6
  ) -> Double {
    if mean > 0 { return mean * (active + 1) }
    return active > 0 ? penalty + active : initial * (active + 1)
  }

  /// Takes in an answer; the first one is taken as it is, and so is one at the same moment.
  mutating func hear(_ taken: Duration, from server: ServerID, at now: Instant) {
    let old = means[server]
    let time = taken.seconds * 1000
    let left =
      now > old.since ? Fading.left(since: old.since, at: now, decay: Self.decay) : 0
    means[server] = Mean(
      milliseconds: old.milliseconds == 0 ? time : (1 - left) * time + left * old.milliseconds,
      since: now)
  }

  @inline(__always)
  func value(of place: Int, in view: borrowing View) -> Double {
    Self.cost(mean: means[view.id(place)].milliseconds, active: Double(view.active(place)))
  }

  func number(_ value: Double) -> Double? { value }

  func terms(_ place: Int, in view: borrowing View) -> String {
    let mean = means[view.id(place)].milliseconds
    let active = view.active(place)
    if mean > 0 { return "EWMA \(Figure.plain(mean))ms × (\(active) active + 1)" }
    return active > 0
      ? "no answer yet: penalty 1000000 + \(active) active" : "no answer yet: initially 10ms"
  }
}
