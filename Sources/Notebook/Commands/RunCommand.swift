import Cloud
import Display
import Simulation

/// `run`: lets time pass and measures.
package enum RunCommand: Command {
  package static let spec = Spec(
    "run", group: "time", "Let time pass and measure.",
    positionals: [Parameter("duration", .positive(.duration), "how long", example: "60s")],
    options: [
      Parameter("requests", .count, "until so many requests are over"),
      Parameter("events", .count, "for so many events"),
      Parameter(
        "until", .expression(.measurement), "until this holds", example: "queue > 10"),
      Parameter("again", .flag, "the last run once more, with the present policies"),
      Parameter("warmup", .positive(.duration), "a first part that is not measured"),
      Parameter("as", .newName, "a name for what is measured"),
    ],
    alternatives: [
      Alternatives(["duration", "requests", "events", "until", "again"], required: true)
    ],
    examples: [
      Example("run 60s", "one simulated minute"),
      Example("run 40m --warmup 4m --as rr", "forty minutes, measured after the first four"),
      Example("run --until queue > 10", "until more than ten requests wait"),
      Example("run --again", "the same requests, under the policies of now"),
    ],
    synonyms: ["go", "simulate", "wait", "advance"])
  package static let effect = CommandEffect.passesTime

  package static func start(_ call: Call, in session: inout Session, on host: any Host)
    throws(Diagnostic) -> Activity
  {
    var warmup = try call.timeIfGiven("warmup") ?? .zero
    let goal: RunWork.Goal
    if call.flag("again") {
      guard let last = session.state.runs.last(where: { $0.end != .sent }) else {
        throw call.mistake("there is no run to repeat", about: "again", help: "run first: run 60s")
      }
      goal = RunWork.Goal(last.end)
      if warmup == .zero { warmup = last.warmup }
      session.world = last.start.adopting(policiesOf: session.world)
      session.state.segment = Segment(start: session.world)
    } else if call.has("requests") {
      goal = .requests(try call.count("requests"))
    } else if call.has("events") {
      goal = .events(try call.count("events"))
    } else if call.has("until") {
      goal = .until(try session.condition(call, "until"))
    } else {
      goal = .time(try call.time("duration"))
    }
    if case .time(let duration) = goal, warmup >= duration {
      throw call.mistake("the warm-up must be shorter than the run", about: "warmup")
    }
    if case .time(let duration) = goal, session.world.now.seconds + duration.seconds > 3e9 {
      throw call.mistake("a world lasts a hundred years at most", about: "duration")
    }
    let name = call.has("as") ? try call.word("as") : session.state.nextRunName
    if Balancers.all.contains(where: { $0.name == name }) || name == "last" {
      throw call.mistake("'\(name)' means something else already", about: "as")
    }
    return .working(
      RunWork(name: name, goal: goal, warmup: warmup, start: session.world, title: call.source))
  }
}

/// A run at work.
struct RunWork: Work {
  /// When it is over.
  enum Goal: Sendable {
    case time(Simulation.Duration)
    case requests(Int)
    case events(Int)
    case until(Condition)
  }

  let name: String
  let goal: Goal
  let warmup: Simulation.Duration
  let start: World
  let title: String
  private var measuring = false
  private var settled = 0
  private var now: Instant
  private var done = 0

  init(name: String, goal: Goal, warmup: Simulation.Duration, start: World, title: String) {
    self.name = name
    self.goal = goal
    self.warmup = warmup
    self.start = start
    self.title = title
    now = start.now
  }

  var progress: Progress {
    let passed = now - start.now
    return switch goal {
    case .time(let duration):
      Progress(
        title, fraction: passed.seconds / duration.seconds,
        detail: "\(Text.time(passed)) of \(Text.time(duration))")
    case .requests(let count):
      Progress(
        title, fraction: Double(done) / Double(count),
        detail: "\(Text.count(done)) of \(Text.count(count)) requests")
    case .events(let count):
      Progress(
        title, fraction: Double(done) / Double(count),
        detail: "\(Text.count(done)) of \(Text.count(count)) events")
    case .until: Progress(title, detail: Text.time(passed))
    }
  }

  mutating func proceed(in session: inout Session, events: Int) throws(Diagnostic) -> Output? {
    var left = events
    while left > 0 {
      let chunk = min(left, Segment.stride)
      left -= chunk
      let exit = try advance(&session, events: chunk)
      session.state.segment.pass(session.world)
      now = session.world.now
      switch exit {
      case .stopped: return finish(in: &session, end: nil)
      case .idle: throw neverEnds(session)
      case .full: return finish(in: &session, end: .events(session.world.position - start.position))
      case .budget, .check: continue
      }
    }
    return nil
  }

  private mutating func advance(_ session: inout Session, events: Int) throws(Diagnostic)
    -> Engine.Exit
  {
    if !measuring {
      if warmup > .zero {
        let exit = session.state.world.advance(
          until: Stop(time: start.now + warmup), budget: events)
        guard exit == .stopped else { return exit }
      }
      session.state.segment.act(.measure, on: &session.state.world)
      settled = session.world.settled
      measuring = true
    }
    switch goal {
    case .time(let duration):
      return session.state.world.advance(until: Stop(time: start.now + duration), budget: events)
    case .requests(let count):
      let exit = session.state.world.advance(
        until: Stop(settled: settled.clampedSum(count)), budget: events)
      done = session.world.settled - settled
      return exit
    case .events(let count):
      let exit = session.state.world.advance(
        until: Stop(position: start.position.clampedSum(count)), budget: events)
      done = session.world.position - start.position
      return exit
    case .until(let condition): return session.advance(until: condition, events: events)
    }
  }

  mutating func stop(in session: inout Session) -> Output {
    if !measuring {
      session.state.segment.act(.measure, on: &session.state.world)
    }
    return finish(in: &session, end: .events(session.world.position - start.position))
  }

  func stoppedInput(in session: Session) -> String? {
    let events = session.world.position - start.position
    let name = title.contains("--as") ? " --as \(name)" : ""
    return "run --events \(max(1, events))\(name)  # \(title), stopped"
  }

  private func finish(in session: inout Session, end: Run.End?) -> Output {
    let measurement = session.world.measurement
    let natural: Run.End =
      switch goal {
      case .time(let duration): .time(duration)
      case .requests(let count): .requests(count)
      case .events(let count): .events(count)
      case .until: .events(session.world.position - start.position)
      }
    session.state.keep(
      Run(
        name: name, start: start, warmup: warmup, end: end ?? natural, measurement: measurement,
        records: []))
    var blocks = [Block.lines(ResultCard.lines(measurement, name: name))]
    if end != nil {
      blocks.append(.note("stopped after \(Text.time(now - start.now), .value)"))
    }
    return Output(measurement.json(name: name), blocks)
  }

  private func neverEnds(_ session: Session) -> Diagnostic {
    let world = session.world
    let why =
      world.loads.isEmpty
      ? "nothing is left that could happen, so this would never end"
      : "no more requests will come, so this would never end"
    return Diagnostic(why, help: "give a load first: load poisson 50/s, or run for a time: run 60s")
  }
}

extension RunWork.Goal {
  /// The goal that ended a run, to be reached again.
  init(_ end: Run.End) {
    self =
      switch end {
      case .time(let duration): .time(duration)
      case .requests(let count): .requests(count)
      case .events(let count): .events(count)
      case .sent: .events(1)
      }
  }
}

extension Int {
  func clampedSum(_ other: Int) -> Int {
    let (sum, overflow) = addingReportingOverflow(other)
    return overflow ? .max : sum
  }
}

extension State {
  /// The name of a run that was given none: `run1`, `run2`, ….
  var nextRunName: String {
    var number = runs.count + 1
    while runs.contains(where: { $0.name == "run\(number)" }) { number += 1 }
    return "run\(number)"
  }
}
