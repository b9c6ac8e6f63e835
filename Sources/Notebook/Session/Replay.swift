import Cloud
import Simulation

/// A run played again, in parts of any size, from where it began to where it ended.
struct Replay: Sendable {
  /// The run.
  let run: Run
  /// The world as far as it has come.
  private(set) var world: World
  /// Whether the warm-up is over and the measurement has begun.
  private(set) var isMeasuring = false
  private var settled = 0

  init(_ run: Run) {
    self.run = run
    world = run.start
    if run.warmup <= .zero { begin() }
  }

  /// Goes on to the end of the run or to an earlier instant, for at most so many events; true when
  /// it is there.
  mutating func advance(to time: Instant = Instant(nanoseconds: .max), events: Int = .max) -> Bool {
    let before = world.position
    if !isMeasuring {
      let warm = run.start.now + run.warmup
      var stop = Stop(time: min(warm, time))
      stop.position = lastPosition
      guard world.advance(until: stop, budget: events) == .stopped else { return false }
      if world.position == stop.position { return true }
      if world.now == warm { begin() }
      if time <= warm { return true }
    }
    let left = events - min(events, world.position - before)
    guard left > 0 else { return false }
    var stop = Stop(time: min(time, run.measurement.until), position: lastPosition)
    if case .requests(let count) = run.end { stop.settled = settled.clampedSum(count) }
    return world.advance(until: stop, budget: left) != .budget
  }

  /// Lets one event happen; false when the run is over.
  mutating func step() -> Bool {
    let position = world.position
    let isThere = advance(events: 1)
    return world.position > position || !isThere
  }

  /// Measures anew from here, as for the next stretch of a picture.
  mutating func measureAnew() { world.beginMeasurement() }

  /// The share of the run that is done.
  var fraction: Double {
    let whole = run.measurement.until - run.start.now
    return whole > .zero ? min(1, (world.now - run.start.now) / whole) : 1
  }

  private mutating func begin() {
    world.beginMeasurement()
    settled = world.settled
    isMeasuring = true
  }

  private var lastPosition: Int? {
    if case .events(let count) = run.end { run.start.position.clampedSum(count) } else { nil }
  }
}

extension State {
  /// The latest run that can be played again.
  ///
  /// - Throws: when there is none.
  func replayable(_ call: Call) throws(Diagnostic) -> Run {
    if let run = runs.last(where: { $0.end != .sent }) { return run }
    throw call.mistake(
      runs.isEmpty ? "nothing was run yet" : "only send was used: nothing was run yet",
      help: "run first, with a load: load poisson 20/s, then run 60s")
  }
}
