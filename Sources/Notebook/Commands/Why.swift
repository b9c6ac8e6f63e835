import Cloud
import Display
import Simulation

/// `why`: the reasons for a request's server, a server's life, a scaling decision.
package enum Why: Command {
  package static let spec = Spec(
    "why", group: "seeing", "Explain a choice, with the numbers in it.",
    positionals: [
      Parameter(
        "subject",
        .either([
          .choice([Variant("last", "the last check of an autoscaler, or else the last request")]),
          .item([.request, .server, .tick]),
        ]),
        "a request r7, a server s2, a scaling action t1, or the last of them", required: true,
        example: "last")
    ],
    options: [Parameter("of", .name(.run), "the run; by default the latest that has it")],
    examples: [
      Example("why r7", "why it went to its server, and what became of it"),
      Example("why s2", "where the server came from, and its share"),
      Example("why t1", "every slot of a scaling decision"),
      Example("why last", "what an autoscaler decided last, or where the last request went"),
    ],
    details: [
      "A run is played again up to the request; the balancer is asked right before it chooses.",
      "last is what an autoscaler decided at its last check in the latest run, even if that was to "
        + "change nothing; after a send, and where none was at work, it is the last request.",
    ],
    synonyms: ["explain", "trace", "reason"])
  package static let effect = CommandEffect.looks

  package static func start(_ call: Call, in session: inout Session, on host: any Host)
    throws(Diagnostic) -> Activity
  {
    guard case .item(let item)? = call["subject"]?.value else {
      let run = try runs(call, session.state).last
      if let check = lastCheck(run, isOnly: call.has("of"), session.world) {
        return .done(ScalingReasons.output(check))
      }
      guard let run else { throw nothingYet(call) }
      if run.end != .sent { return .working(WhyRequest(nil, in: run, title: call.source)) }
      guard let record = run.records.last else { throw nothingYet(call) }
      return .done(LifeOfRequest.output(record, in: run))
    }
    switch item.sort {
    case .request: return try request(UInt64(item.number), call, session.state)
    case .server: return .done(try server(ServerID(item.number - 1), call, session))
    case .tick: return .done(try action(item.number, call, session.state))
    }
  }

  private static func nothingYet(_ call: Call) -> Diagnostic {
    call.mistake(
      "no request was sent yet", about: "subject", help: "send some: send 5, or load and run")
  }

  /// The runs to look in, the latest last.
  private static func runs(_ call: Call, _ state: State) throws(Diagnostic) -> [Run] {
    guard call.has("of"), let run = state.run(try call.word("of")) else { return state.runs }
    return [run]
  }

  // MARK: - Requests

  private static func request(_ number: UInt64, _ call: Call, _ state: State)
    throws(Diagnostic) -> Activity
  {
    let runs = try runs(call, state)
    guard let latest = runs.last else { throw nothingYet(call) }
    for run in runs.reversed() {
      if let record = run.records.first(where: { $0.id.number == number }) {
        return .done(LifeOfRequest.output(record, in: run))
      }
      if run.end != .sent, run.mayHave(number) {
        return .working(WhyRequest(number, in: run, title: call.source))
      }
    }
    let arrived = latest.start.arrived + latest.measurement.counts.arrived
    throw call.mistake(
      arrived == 0
        ? "no request has arrived yet"
        : "there is no request r\(number); the last of \(latest.name) is r\(arrived)",
      about: "subject", try: arrived == 0 ? nil : "r\(arrived)")
  }

  // MARK: - Scaling

  /// The last check of an autoscaler in a run, or in what was stepped since; nil after a send.
  private static func lastCheck(_ run: Run?, isOnly: Bool, _ world: World) -> ScalingCheck? {
    guard run?.end != .sent else { return nil }
    if !isOnly, let check = world.lastCheck, check.time > run?.measurement.until ?? .zero {
      return check
    }
    return run?.measurement.lastCheck
  }

  private static func action(_ number: Int, _ call: Call, _ state: State)
    throws(Diagnostic) -> Output
  {
    let runs = try runs(call, state)
    let ofWorld = call.has("of") ? [] : state.world.actions
    let all = [ofWorld] + runs.reversed().map(\.measurement.actions)
    guard let action = all.lazy.flatMap({ $0 }).first(where: { $0.number == number }) else {
      let known = all.flatMap { $0 }.map(\.number).max()
      throw call.mistake(
        known == nil
          ? "no autoscaler has changed anything yet" : "there is no scaling action t\(number)",
        about: "subject", try: known.map { "t\($0)" },
        help: known == nil ? "put one to work: scale demand, then run" : nil)
    }
    return ScalingReasons.output(action)
  }

  // MARK: - Servers

  private static func server(_ id: ServerID, _ call: Call, _ session: Session)
    throws(Diagnostic) -> Output
  {
    guard let server = session.world.server(id) else {
      let last = session.world.servers.last?.id.name
      throw call.mistake(
        "there is no server \(id.name)", about: "subject", try: last,
        help: last == nil ? "rent one first: spawn 1" : nil)
    }
    return LifeOfServer.output(server, in: session)
  }
}

extension Run {
  /// Whether a request can have arrived in it; how many came in a warm-up is not known.
  fileprivate func mayHave(_ number: UInt64) -> Bool {
    let before = UInt64(start.arrived)
    return number > before
      && (warmup > .zero || number <= before + UInt64(measurement.counts.arrived))
  }
}
