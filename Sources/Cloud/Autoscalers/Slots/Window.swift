import Simulation

/// The mean of a level over the time just past, each reading weighted by the time it stands for.
///
/// Until the window is full the mean is over what there is, so that a young policy reads no less
/// than there was (Knative's rule).
struct Window: Sendable {
  /// Its length in seconds.
  var length: Double
  private var readings: [Reading] = []

  private struct Reading: Sendable {
    let begin: Instant
    let end: Instant
    let level: Level
  }

  init(_ length: Double) { self.length = length }

  /// Takes in a reading of the time `elapsed` before `now` and returns the mean.
  mutating func mean(with level: Level, of elapsed: Duration, at now: Instant) -> Level {
    readings.append(Reading(begin: now - elapsed, end: now, level: level))
    let start = now - Duration(seconds: length)
    readings.removeAll { $0.end <= start && $0.end < now }
    var sum = 0.0
    var time = 0.0
    for reading in readings {
      let seconds = (reading.end - max(reading.begin, start)).seconds
      guard seconds > 0 else { continue }
      sum += reading.level.value * seconds
      time += seconds
    }
    return time > 0 ? Level(sum / time) : level
  }
}
