package import Simulation

/// What some containers of a kind have used: processor samples and daily memory peaks.
///
/// Source: kubernetes/autoscaler, `pkg/recommender/model/aggregate_container_state.go`.
package struct UsageHistory: Hashable, Sendable {
  /// Cores in use.
  package private(set) var cores: DecayingHistogram
  /// The highest use of memory in each interval, in bytes.
  package private(set) var peaks: DecayingHistogram
  private var first: Instant?
  private var last: Instant?
  package private(set) var samples = 0

  package init(halfLife: Duration = .seconds(86400)) {
    cores = DecayingHistogram(.cores, halfLife: halfLife)
    peaks = DecayingHistogram(.bytes, halfLife: halfLife)
  }

  /// Takes in a sample in thousandths of a core; all weigh the same.
  package mutating func add(milliCores: Int, at time: Instant) {
    cores.add(Double(milliCores) / 1000, weight: 0.1, at: time)
    first = min(first ?? time, time)
    last = max(last ?? time, time)
    samples += 1
  }

  /// How much there is to go by, in intervals: the time covered, or the samples if they are fewer
  /// than one a minute.
  package func confidence(per interval: Duration) -> Double {
    guard let first, let last else { return 0 }
    let minutes = interval / Duration.minutes(1)
    return min((last - first) / interval, Double(samples) / minutes)
  }

  /// Takes in a peak of memory of the interval that ends at `end`.
  mutating func add(peak bytes: Int, endingAt end: Instant) {
    peaks.add(Double(bytes), weight: 1, at: end)
  }

  /// Takes a peak out again.
  mutating func subtract(peak bytes: Int, endingAt end: Instant) {
    peaks.subtract(Double(bytes), weight: 1, at: end)
  }
}

/// The highest use of memory of one container in the present interval.
///
/// Source: kubernetes/autoscaler, `pkg/recommender/model/container.go`.
package struct MemoryPeaks: Hashable, Sendable {
  /// The length of an interval: `--memory-aggregation-interval`.
  package var interval = Duration.seconds(86400)
  /// How many times as much a container gets that ran out of memory: `--oom-bump-up-ratio`.
  package var bumpRatio = 1.2
  /// How much more it gets at least: `--oom-min-bump-up-bytes`.
  package var bumpBytes = 104_857_600
  private var end: Instant?
  private var lastSample: Instant?
  private var used = 0
  /// The highest need that was guessed when it ran out.
  private var needed = 0

  package init() {}

  /// The peak of the present interval.
  package var peak: Int { max(used, needed) }

  /// Takes in a sample of memory in use; one that is older than the last is left out.
  package mutating func add(_ bytes: Int, at time: Instant, to history: inout UsageHistory) {
    if let lastSample, time < lastSample { return }
    if record(bytes, at: time, to: &history) { used = bytes }
  }

  /// Takes in that it ran out of memory, which it had asked for so much of.
  ///
  /// The need is guessed from what was asked for or seen in use, not from earlier guesses, so that
  /// it does not run away.
  package mutating func ranOut(of asked: Int, at time: Instant, to history: inout UsageHistory) {
    if let end, time < end - interval { return }
    let used = max(asked, used)
    let need = max(used.addingClamped(bumpBytes), Int(within: Double(used) * bumpRatio))
    if record(need, at: time, to: &history) { needed = need }
  }

  /// Whether a sample is the interval's new peak, which then takes the old one's place.
  private mutating func record(_ bytes: Int, at time: Instant, to history: inout UsageHistory)
    -> Bool
  {
    guard bytes >= 0 else { return false }
    lastSample = time
    let end = self.end ?? time
    if time < end {
      let old = peak
      guard old != 0, bytes > old else { return false }
      history.subtract(peak: old, endingAt: end)
      history.add(peak: bytes, endingAt: end)
      return true
    }
    let length = max(1, interval.nanoseconds)
    let next = end + Duration(nanoseconds: (time - end).nanoseconds / length * length) + interval
    self.end = next
    used = 0
    needed = 0
    history.add(peak: bytes, endingAt: next)
    return true
  }
}
