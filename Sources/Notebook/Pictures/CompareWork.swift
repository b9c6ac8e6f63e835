import Cloud
import Display
import Simulation

/// Runs one contestant after another over the same course.
struct CompareWork: Work {
  private let title: String
  private let course: Course?
  private var contestants: [Contestant]
  private var place = 0
  private var world: World?
  private var start: World?
  private var isMeasuring = false
  private var settled = 0

  init(_ contestants: [Contestant], _ course: Course?, title: String) {
    self.contestants = contestants
    self.course = course
    self.title = title
  }

  var progress: Progress {
    let name = place < contestants.count ? contestants[place].name : ""
    return Progress(
      title, fraction: (Double(place) + passed) / Double(max(1, contestants.count)), detail: name)
  }

  /// The share of the present contestant's course that is behind it.
  private var passed: Double {
    guard let world, let course else { return 0 }
    switch course.end {
    case .time(let duration): return min(1, (world.now - course.start.now) / duration)
    case .requests(let count): return min(1, Double(world.settled - settled) / Double(count))
    case .events, .sent: return 0
    }
  }

  mutating func proceed(in session: inout Session, events: Int) throws(Diagnostic) -> Output? {
    var left = events
    while place < contestants.count {
      if contestants[place].run != nil {
        place += 1
        continue
      }
      guard left > 0, let course else { return nil }
      if world == nil { begin(course) }
      let before = world?.position ?? 0
      let exit = advance(course, events: left)
      left -= (world?.position ?? before) - before
      switch exit {
      case .stopped: finish(course)
      case .idle:
        throw Diagnostic(
          "no more requests will come, so this would never end",
          help: "say how long instead: --for 60s")
      case .full:
        throw Diagnostic(
          "\(contestants[place].name) piles up more requests than fit into memory",
          help: "add servers, send less, or bound the queues: spawn --queue 100")
      case .budget, .check: continue
      }
    }
    return answer(in: &session)
  }

  mutating func stop(in session: inout Session) -> Output {
    contestants.removeAll { $0.run == nil }
    guard contestants.count > 1 else {
      return Output(["runs": []], line: "stopped before there was anything to compare")
    }
    return answer(in: &session)
  }

  func stoppedInput(in session: Session) -> String? {
    contestants.isEmpty ? nil : "compare " + contestants.map(\.name).joined(separator: " ")
  }

  private mutating func begin(_ course: Course) {
    let begun = contestants[place].world(from: course.start)
    start = begun
    world = begun
    isMeasuring = false
    settled = begun.settled
  }

  private mutating func advance(_ course: Course, events: Int) -> Engine.Exit {
    if !isMeasuring {
      if course.warmup > .zero {
        let stop = Stop(time: course.start.now + course.warmup)
        guard let exit = world?.advance(until: stop, budget: events), exit == .stopped else {
          return .budget
        }
      }
      world?.beginMeasurement()
      settled = world?.settled ?? 0
      isMeasuring = true
      return .budget
    }
    var stop = Stop()
    switch course.end {
    case .time(let duration): stop.time = course.start.now + duration
    case .requests(let count): stop.settled = settled.clampedSum(count)
    case .events, .sent: return .stopped
    }
    return world?.advance(until: stop, budget: events) ?? .stopped
  }

  private mutating func finish(_ course: Course) {
    if let world, let start {
      contestants[place].run = Run(
        name: contestants[place].name, start: start, warmup: course.warmup, end: course.end,
        measurement: world.measurement, records: [])
    }
    world = nil
    start = nil
    place += 1
  }

  private func answer(in session: inout Session) -> Output {
    let runs = contestants.compactMap(\.run)
    for run in runs { session.state.keep(run) }
    return ComparisonTable.output(runs)
  }
}
