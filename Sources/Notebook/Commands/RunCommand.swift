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
      Parameter("events", .count(0...Int.max), "for so many events"),
      Parameter(
        "until", .expression(.measurement), "until this holds", example: "queue > 10"),
      Parameter(
        "again", .flag, "from where the last run began, with the present policies, for as long"),
      Parameter("warmup", .positive(.duration), "a first part that is not measured"),
      Parameter(
        "objective", .positive(.duration),
        "how long a good answer may take, here and in later runs; at first 1s"),
      Parameter("as", .newName, "a name for what is measured"),
    ],
    alternatives: [
      Alternatives(["duration", "requests", "events", "until"])
    ],
    examples: [
      Example("run 60s", "one simulated minute"),
      Example("run 40m --warmup 4m --as rr", "forty minutes, measured after the first four"),
      Example("run --until queue > 10", "until more than ten requests wait"),
      Example("run 10m --objective 300ms", "who answers later is not good"),
      Example("run --again", "the same requests, under the policies of now"),
    ],
    synonyms: ["go", "simulate", "wait", "advance"])
  package static let effect = CommandEffect.passesTime

  package static func start(_ call: Call, in session: inout Session, on host: any Host)
    throws(Diagnostic) -> Activity
  {
    var warmup = try call.timeIfGiven("warmup") ?? .zero
    var usual: RunWork.Goal?
    var omitted = 0
    if call.flag("again") {
      guard let last = session.state.runs.last(where: { $0.end != .sent }) else {
        throw call.mistake("there is no run to repeat", about: "again", help: "run first: run 60s")
      }
      usual = RunWork.Goal(last.end)
      if warmup == .zero { warmup = last.warmup }
      omitted = session.world.rentedByHand(since: last.start)
      session.world = last.start.adopting(policiesOf: session.world)
      session.state.segment = Segment(start: session.world)
    }
    let goal = try goal(of: call, in: session) ?? usual
    guard let goal else {
      throw call.mistake(
        "run needs a duration, --requests, --events, --until or --again", try: "run 60s")
    }
    if case .time(let duration) = goal, warmup >= duration {
      throw call.mistake("the warm-up must be shorter than the run", about: "warmup")
    }
    if case .time(let duration) = goal, session.world.now.seconds + duration.seconds > 3e9 {
      throw call.mistake("a world lasts a hundred years at most", about: "duration")
    }
    let name = call.has("as") ? try call.word("as") : session.state.nextRunName
    guard session.state.isFreeForRun(name) else {
      throw call.mistake(
        "'\(name)' means something else already", about: "as", try: session.state.nextRunName)
    }
    if let objective = try call.timeIfGiven("objective") {
      session.state.segment.act(.aim(objective), on: &session.state.world)
    }
    return .working(
      RunWork(
        call, name: name, goal: goal, warmup: warmup, start: session.world, omitted: omitted))
  }

  /// When it is over, if that was typed.
  private static func goal(of call: Call, in session: Session) throws(Diagnostic) -> RunWork.Goal? {
    if call.has("requests") { return .requests(try call.count("requests")) }
    if call.has("events") { return .events(try call.count("events")) }
    if call.has("until") { return .until(try session.condition(call, "until")) }
    return call.has("duration") ? .time(try call.time("duration")) : nil
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
  /// Servers that were rented after the world it starts from.
  let omitted: Int
  private let call: Call
  private var measuring = false
  /// When a condition is tested next, if that is not at every event.
  private var due: Instant?
  /// Whether it ended because there were too many requests at once.
  private var isFull = false
  private var settled = 0
  private var now: Instant
  private var done = 0

  init(
    _ call: Call, name: String, goal: Goal, warmup: Simulation.Duration, start: World,
    omitted: Int
  ) {
    self.call = call
    self.name = name
    self.goal = goal
    self.warmup = warmup
    self.start = start
    self.omitted = omitted
    now = start.now
  }

  private var title: String { call.typedOnOneLine }

  var progress: Progress {
    let passed = now - start.now
    return switch goal {
    case .time(let duration):
      Progress(
        title, fraction: passed.seconds / duration.seconds,
        detail: "\(Text.time(passed)) of \(Text.time(duration))")
    case .requests(let count):
      Progress(
        title, fraction: Double(done) / Double(max(1, count)),
        detail: "\(Text.count(done)) of \(Text.count(count)) requests")
    case .events(let count):
      Progress(
        title, fraction: Double(done) / Double(max(1, count)),
        detail: "\(Text.count(done)) of \(Text.count(count)) events")
    case .until: Progress(title, detail: Text.time(passed))
    }
  }

  mutating func proceed(in session: inout Session, events: Int) throws(Diagnostic) -> Output? {
    // A condition is looked at after every event: it gives way to the keys more often.
    var left = if case .until = goal { min(events, 4096) } else { events }
    while left > 0 {
      let chunk = min(left, session.state.segment.stride)
      left -= chunk
      let exit = try advance(&session, events: chunk)
      session.state.segment.pass(session.world)
      now = session.world.now
      switch exit {
      case .stopped: return finish(in: &session, end: nil)
      case .idle: throw neverEnds(session)
      case .full:
        isFull = true
        return finish(in: &session, end: .events(session.world.position - start.position))
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
        var stop = Stop(time: start.now + warmup)
        if case .events(let count) = goal { stop.position = start.position.clampedSum(count) }
        let exit = session.state.world.advance(until: stop, budget: events)
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
    case .until(let condition):
      return session.advance(until: condition, events: events, due: &due)
    }
  }

  mutating func stop(in session: inout Session) -> Output {
    if !measuring {
      session.state.segment.act(.measure, on: &session.state.world)
    }
    return finish(in: &session, end: .events(session.world.position - start.position))
  }

  func stoppedInput(in session: Session) -> String? {
    var words = ["run"]
    if call.flag("again") { words.append("--again") }
    words.append("--events \(session.world.position - start.position)")
    if let warmup = call["warmup"]?.text { words.append("--warmup \(warmup)") }
    if let objective = call["objective"]?.text { words.append("--objective \(objective)") }
    if call.has("as") { words.append("--as \(name)") }
    return words.joined(separator: " ") + "  # \(title), stopped"
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
    if isFull { blocks.append(.note("it ended early: no more requests fit into memory at once")) }
    if omitted > 0 {
      let (servers, them) =
        omitted == 1 ? ("a server was", "it") : ("\(omitted) servers were", "them")
      blocks.append(
        .note("\(servers) rented later and had no part; to go on with \(them), just run"))
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

extension World {
  /// Servers rented since an earlier state of it, where nothing else rents than the one who types.
  fileprivate func rentedByHand(since start: World) -> Int {
    autoscalers.isEmpty && start.autoscalers.isEmpty && faults.isEmpty
      ? rented - start.rented : 0
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
    while !isFree("run\(number)") { number += 1 }
    return "run\(number)"
  }
}
