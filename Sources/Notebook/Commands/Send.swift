import Cloud
import Display
import Simulation

/// `send`: sends requests and follows each of them.
package enum Send: Command {
  package static let spec = Spec(
    "send", group: "traffic", "Send requests and follow each one.",
    positionals: [Parameter("count", .count(1...10_000_000), "how many", default: "1")],
    options: [
      Parameter("rate", .rate, "so many per second, so that they may overlap"),
      Parameter("together", .flag, "all at one instant"),
      Parameter("paused", .flag, "they arrive, but time waits for step or run"),
      Parameter("hold", .flag, "they stay open until: finish r1"),
      Parameter("work", .distribution(.duration), "work of a request", default: "100ms"),
      Parameter(
        "key", .either([.keys, .word]), "key of a request, such as a customer", example: "alice"),
      Parameter("memory", .distribution(.bytes), "memory a request holds"),
      Parameter("events", .count(0...Int.max), "stop after so many events, whatever is still open"),
    ],
    alternatives: [Alternatives(["rate", "together"])],
    examples: [
      Example("send 3", "three, one after another"),
      Example("send 20 --rate 50/s", "twenty, 20ms apart"),
      Example("send 5 --together --work exp(200ms)", "five at once, of random work"),
    ],
    details: [
      "One request after another: each is sent when the one before it is over. With --rate or "
        + "--together they overlap. `why r1` says more about the choice of its server."
    ],
    synonyms: ["request", "requests", "curl", "hit"])
  package static let effect = CommandEffect.passesTime

  package static func start(_ call: Call, in session: inout Session, on host: any Host)
    throws(Diagnostic) -> Activity
  {
    let count = try call.count("count")
    let work = try call.work("work")
    let (key, text) = try keys(call)
    let memory = call.has("memory") ? try call.memory("memory") : .constant(0)
    let gap = call.has("rate") ? 1 / (try call.rate("rate")) : 0
    let pace: SendWork.Pace =
      call.flag("paused") || call.flag("hold")
      ? .paused : call.has("rate") || call.flag("together") ? .overlapping : .oneByOne
    let order = SendOrder(
      count: count, gap: Simulation.Duration(seconds: gap), work: work, key: key, keyText: text,
      memory: memory, hold: call.flag("hold"))
    let most = call.has("events") ? try call.count("events") : nil
    return .working(
      SendWork(
        call, order, pace: pace, most: most, start: session.world, name: session.state.nextRunName))
  }
}

extension Send {
  /// The keys that were typed: a distribution, or one key as a text.
  private static func keys(_ call: Call) throws(Diagnostic) -> (KeyDistribution, String?) {
    guard call.has("key") else { return (.none, nil) }
    guard case .word(let text)? = call["key"]?.value else {
      return (try call.keyDistribution("key"), nil)
    }
    if ["uniform", "zipf"].contains(text) {
      let example = text == "zipf" ? "zipf(1000, 1.1)" : "uniform(1000)"
      throw call.mistake(
        "\(text) needs its values in brackets, as in \(example)", about: "key", try: example)
    }
    if text.contains("(") {
      throw call.mistake("--key must be \(Kind.keys.description), or a word", about: "key")
    }
    return (.none, text)
  }
}

extension World {
  /// Why what was sent would never be over.
  fileprivate var endlessness: Diagnostic {
    let isHeld = servers.contains { $0.active > 0 }
    return Diagnostic(
      "nothing is left that could happen, so this would never end",
      help: isHeld
        ? "requests that are held open have the slots: finish one, or spawn --cpu 100" : nil)
  }

  /// Whether nothing more happens at this instant.
  fileprivate var isAtRest: Bool {
    var next = self
    next.advance(until: Stop(time: now), budget: 1)
    return next.position == position
  }
}

/// A `send` at work.
struct SendWork: Work {
  /// Whether a request waits for the one before it, and time for the requests.
  enum Pace: Sendable { case oneByOne, overlapping, paused }

  let order: SendOrder
  let pace: Pace
  let start: World
  let name: String
  private let call: Call
  /// The events after which it stops.
  private let most: Int
  private var recorder = Recorder()
  private var hasBegun = false
  private var sent = 0

  init(
    _ call: Call, _ order: SendOrder, pace: Pace, most: Int?, start: World, name: String
  ) {
    self.call = call
    self.order = order
    self.pace = pace
    self.most = most ?? .max
    self.start = start
    self.name = name
  }

  private var count: Int { order.count }

  var progress: Progress {
    Progress(
      call.typedOnOneLine, fraction: Double(recorder.settled) / Double(count),
      detail: "\(Text.count(recorder.settled)) of \(Text.count(count, "request"))")
  }

  mutating func proceed(in session: inout Session, events: Int) throws(Diagnostic) -> Output? {
    begin(in: &session)
    for _ in 0..<events {
      if session.world.position - start.position >= most { return stop(in: &session) }
      if sent < count, pace != .oneByOne || recorder.open == 0 {
        var next = order
        next.count = pace == .oneByOne ? 1 : count
        session.state.segment.act(.send(next), on: &session.state.world)
        sent += next.count
      }
      if try isOver(session.world) { return finish(in: &session) }
      try step(&session.state.world)
    }
    session.state.segment.pass(session.world)
    return nil
  }

  private mutating func begin(in session: inout Session) {
    guard !hasBegun else { return }
    hasBegun = true
    session.state.segment.act(.measure, on: &session.state.world)
  }

  private func isOver(_ world: World) throws(Diagnostic) -> Bool {
    let arrived = recorder.records.count == count
    guard pace == .paused else { return arrived && recorder.open == 0 }
    return arrived && (!order.hold || recorder.open == 0 || world.isAtRest)
  }

  /// Lets one event happen, after asking why when it is one of ours that arrives.
  private mutating func step(_ world: inout World) throws(Diagnostic) {
    var explanation: Explanation?
    var ours: UInt64?
    let position = world.position
    if world.nextIsSent {
      // Stops just before the arrival if nothing else comes first.
      let next = UInt64(world.arrived) + 1
      let exit = world.advance(until: Stop(position: position + 1, arrival: next))
      if exit == .stopped, world.position == position {
        explanation = world.nextPick?.explanation
        ours = next
        world.advance(until: Stop(position: position + 1))
      }
    } else if world.isStuck || world.advance(until: Stop(position: position + 1)) == .idle {
      throw world.endlessness
    }
    guard world.position > position, let event = world.lastEvent else {
      throw world.endlessness
    }
    if let ours { recorder.follow(ours) }
    recorder.note(event, explanation: explanation)
  }

  mutating func stop(in session: inout Session) -> Output {
    begin(in: &session)
    var output = finish(in: &session)
    let time = Text.time(session.world.now - start.now)
    output.blocks.append(
      .note(
        """
        stopped after \(time, .value): \(Text.count(recorder.records.count), .value) of \
        \(Text.count(count, "request"), .value) arrived, \(Text.count(recorder.settled), .value) over
        """))
    return output
  }

  func stoppedInput(in session: Session) -> String? {
    let events = session.world.position - start.position
    guard let typed = call["events"], !typed.isDefault else {
      return "\(call.typed) --events \(events)  # stopped"
    }
    return Source(call.typed).replacing(typed.range, with: "\(events)") + "  # stopped"
  }

  private func finish(in session: inout Session) -> Output {
    let measurement = session.world.measurement
    session.state.keep(
      Run(
        name: name, start: start, warmup: .zero, end: .sent, measurement: measurement,
        records: recorder.records))
    return RequestTable.output(recorder.records, measurement: measurement)
  }
}
