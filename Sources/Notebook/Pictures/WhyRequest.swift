import Cloud
import Display
import Simulation

/// Plays a run again up to a request, asks why, and follows the request to its end.
struct WhyRequest: Work {
  private let run: Run
  private let title: String
  private var number: UInt64?
  /// Finds out how many requests came in the warm-up, where the last one is asked for.
  private var counting: Replay?
  private var world: World
  private var recorder = Recorder()
  private var hasArrived = false

  /// A request, by default the last one of the run.
  init(_ number: UInt64?, in run: Run, title: String) {
    self.number = number
    self.run = run
    self.title = title
    world = run.start
    if number == nil { counting = Replay(run) }
  }

  var progress: Progress {
    let span = run.measurement.until - run.start.now
    let passed = (counting?.world.now ?? world.now) - run.start.now
    return Progress(
      title, fraction: span > .zero ? min(1, passed / span) : nil, detail: run.name)
  }

  mutating func proceed(in session: inout Session, events: Int) throws(Diagnostic) -> Output? {
    var left = events
    guard let number = count(&left) else { return nil }
    if !hasArrived {
      let before = world.position
      let stop = Stop(time: run.measurement.until, arrival: number)
      let exit = world.advance(until: stop, budget: left)
      left -= world.position - before
      guard exit != .budget else { return nil }
      guard UInt64(world.arrived) + 1 == number,
        world.nextPick != nil || world.now < run.measurement.until
      else { throw missing(number) }
      hasArrived = true
      recorder.follow(number)
      step(explaining: world.nextPick?.explanation)
      guard !recorder.records.isEmpty else { throw missing(number) }
    }
    while left > 0 {
      let before = world.position
      guard recorder.open > 0 else { return answer() }
      step(explaining: nil)
      guard world.position > before else { return answer() }
      left -= 1
    }
    return nil
  }

  mutating func stop(in session: inout Session) -> Output { answer() }

  /// The request's number; nil while it is not known.
  private mutating func count(_ left: inout Int) -> UInt64? {
    if let number { return number }
    guard var replay = counting else { return nil }
    // Only one copy of the world may be held while it advances.
    counting = nil
    let before = replay.world.position
    let isThere = replay.advance(to: run.measurement.since, events: left)
    left -= replay.world.position - before
    guard isThere else {
      counting = replay
      return nil
    }
    let warm = run.warmup > .zero ? replay.world.arrived : run.start.arrived
    number = UInt64(max(1, warm + run.measurement.counts.arrived))
    return number
  }

  private func missing(_ number: UInt64) -> Diagnostic {
    let last = run.measurement.counts.arrived > 0 ? "; its last is r\(world.arrived)" : ""
    return Diagnostic("r\(number) did not arrive in \(run.name)\(last)")
  }

  private mutating func step(explaining explanation: Explanation?) {
    let before = world.position
    world.advance(until: Stop(time: run.measurement.until, position: before + 1))
    guard world.position > before, let event = world.lastEvent else { return }
    recorder.note(event, explanation: explanation)
  }

  private func answer() -> Output {
    guard let record = recorder.records.first else {
      return Output(line: "stopped before the request arrived in \(run.name)")
    }
    return LifeOfRequest.output(record, in: run)
  }
}
