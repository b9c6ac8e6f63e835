import Cloud
import Display
import Simulation

/// `fault`: lets something befall servers, at once, later or at random.
package enum FaultCommand: Command {
  package static let spec = Spec(
    "fault", group: "fleet", "Let servers crash, slow down or fail, now, later or at random.",
    positionals: [
      ServerChoice.servers,
      Parameter("fault", .choice(kinds + [off]), "what befalls them", example: "crash"),
    ],
    options: [
      ServerChoice.zone,
      Parameter(
        "errors", .percent, "short for errors --share, at once", example: "100%"),
      Parameter("after", .duration, "work that an error takes", example: "50ms"),
    ],
    alternatives: [Alternatives(["servers", "zone"])],
    examples: [
      Example("fault", "what is to come and what goes on"),
      Example("fault crash s2 --in 5m --for 30s", "down after 5m; 30s later it starts anew"),
      Example("fault crash all --mtbf 1h --mttr 5m", "each at random, once an hour on average"),
      Example("fault zone a --in 5m --for 10m", "the whole zone is out"),
      Example("fault slow s3 --factor 4 --in 1m --for 2m", "four times slower for a while"),
      Example("fault errors s2 --share 100% --in 1m", "s2 fails whatever it is given"),
      Example("fault spot --share 40% --in 10m", "a wave: two in five get their notice"),
      Example("fault s2 --errors 10% --after 50ms", "now: one in ten fails, after 50ms"),
      Example("fault all --errors 0%", "nobody fails any more"),
      Example("fault off", "no more; what goes on is over now"),
    ],
    details: [
      "The verb comes first, then the servers or --zone, then how, then --in (from now) and --for "
        + "(how long). Without --in it begins at once; without --for a crash, slowness or error "
        + "stays. `fault S --errors P` is short for `fault errors S --share P`.",
      "A server that fails fast looks idle: rules that count requests send it more and more.",
    ],
    synonyms: ["error", "errors", "chaos", "inject", "outage", "incident"])
  package static let effect = CommandEffect.changes

  package static func effect(of call: Call) -> CommandEffect { call.isBare ? .looks : .changes }

  private static let servers = ServerChoice.servers

  private static let timing = [
    Parameter("in", .duration, "when it begins, from now; by default at once", example: "5m"),
    Parameter("for", .positive(.duration), "how long it lasts", example: "2m"),
  ]

  private static let kinds = [
    Variant(
      "crash", "they die, now and then if at random", positionals: [servers],
      options: timing + [
        Parameter(
          "mtbf", .distribution(.duration), "at random: time to a failure; 1h is exp(1h)",
          example: "1h"),
        Parameter(
          "mttr", .distribution(.duration), "at random: time to its repair", example: "5m"),
      ], synonyms: ["kill", "die", "failure"]),
    Variant(
      "zone", "a whole zone is out",
      positionals: [Parameter("name", .word, "the zone", required: true, example: "a")],
      options: timing, synonyms: ["outage", "az"]),
    Variant(
      "slow", "they are slower than they should be", positionals: [servers],
      options: [
        Parameter(
          "factor", .number(.leastNonzeroMagnitude...1e6), "how many times slower",
          required: true, example: "4")
      ] + timing, synonyms: ["degrade", "latency"]),
    Variant(
      "errors", "they answer requests with errors", positionals: [servers],
      options: [
        Parameter(
          "share", .percent, "share of the requests; 0% cures", required: true, example: "100%")
      ] + timing, synonyms: ["error", "fail"]),
    Variant(
      "spot", "spot machines are taken back in a wave",
      options: [
        Parameter("share", .percent, "share of them", required: true, example: "40%"), timing[0],
      ], synonyms: ["wave", "reclaim", "preempt"]),
  ]

  private static let off = Variant(
    "off", "it is over, or called off", positionals: [Parameter("name", .name(.fault), "which")],
    synonyms: ["none", "stop", "end", "clear"])

  package static func start(_ call: Call, in session: inout Session, on host: any Host)
    throws(Diagnostic) -> Activity
  {
    if call.isBare { return .done(show(session.world)) }
    guard call.has("fault") else { return .done(try fail(call, in: &session.world)) }
    let word = try call.word("fault")
    if word == off.name { return .done(try end(call, in: &session.world)) }
    for flag in ["errors", "after"] where call.isGiven(flag) {
      guard flag == "after", word == "errors" else {
        throw call.mistake("\(word) has no option --\(flag)", about: flag)
      }
    }
    let now = session.world.now
    let begin = now + (try call.timeIfGiven("in") ?? .zero)
    let length = try call.timeIfGiven("for")
    let kind = try Self.kind(word, call)
    let target = try Self.target(word, call, in: session.world)
    let fault = Fault(
      kind, target, start: begin, end: length.map { begin + $0 })
    let outcome = session.world.add(fault)
    return .done(said(outcome, fault, in: session.world))
  }

  /// `fault S --errors P`: errors from now on.
  private static func fail(_ call: Call, in world: inout World) throws(Diagnostic) -> Output {
    guard call.isGiven("errors") else {
      throw call.mistake(
        "fault needs what befalls them: crash, slow, errors",
        help: "as in: fault errors s1 --share 100%")
    }
    let share = try call.ratio("errors")
    let ids = try call.chosenServers(in: world)
    world.fail(ids, share: share, after: try call.timeIfGiven("after") ?? .zero)
    let names = Text.servers(ids)
    let line =
      share == 0
      ? "\(names) without errors"
      : "\(names): \(Text.exact(ratio: share)) of the requests answered with an error"
    return Output(["servers": ids.json, "errors": .number(share)], line: StyledText(line))
  }

  private static func kind(_ word: String, _ call: Call) throws(Diagnostic) -> Fault.Kind {
    switch word {
    case "zone": return .outage
    case "slow": return .slow(factor: try call.number("factor"))
    case "errors":
      return .errors(
        share: try call.ratio("share"), after: try call.timeIfGiven("after") ?? .zero)
    case "spot": return .spotWave(share: try call.ratio("share"))
    default:
      guard call.isGiven("mtbf") else {
        guard !call.isGiven("mttr") else {
          throw call.mistake(
            "--mttr is how long a repair takes after a crash at random", about: "mttr",
            help: "as in: fault crash all --mtbf 1h --mttr 5m")
        }
        return .crash
      }
      let mttr = call.isGiven("mttr") ? try call.work("mttr") : nil
      var mtbf = try call.work("mtbf")
      if case .constant(let mean) = mtbf { mtbf = .exponential(mean: mean) }
      guard mtbf.mean > 0 else {
        throw call.mistake("a failure takes some time to come", about: "mtbf", try: "1h")
      }
      return .randomCrash(mtbf: mtbf, mttr: mttr)
    }
  }

  private static func target(_ word: String, _ call: Call, in world: World) throws(Diagnostic)
    -> Fault.Target
  {
    let given = call.isGiven("servers") ? "servers" : "zone"
    switch word {
    case "zone", "spot":
      guard !call.isGiven(given) else {
        throw call.mistake("fault \(word) takes no servers", about: given)
      }
      return word == "zone" ? .zone(try call.word("name")) : .all
    default:
      guard call.isGiven(given) else {
        throw call.mistake(
          "which servers?", about: "fault", help: "as in: fault \(word) s1, or --zone a, or all")
      }
      if call.isGiven("zone") { return .zone(try call.word("zone")) }
      if call.servers("servers").contains(where: { if case .all = $0 { true } else { false } }) {
        return .all
      }
      return .servers(try call.chosenServers(in: world))
    }
  }

  private static func end(_ call: Call, in world: inout World) throws(Diagnostic) -> Output {
    let name = call.has("name") ? try call.word("name") : nil
    let ended = world.faults.filter { name == nil || $0.name == name }
    if name == nil { world.endFault() } else { for fault in ended { world.endFault(fault.number) } }
    let line = ended.isEmpty ? "no fault was to come" : "\(ended.map(\.name).listed("and")) off"
    return Output(["ended": .array(ended.map { .string($0.name) })], line: StyledText(line))
  }

  private static func said(_ outcome: Fault.Outcome, _ fault: Fault, in world: World)
    -> Output
  {
    let kept = world.faults.first { $0.number == outcome.number }
    var parts: [String] = []
    if let servers = outcome.servers, !fault.kind.isAtRandom {
      let names = servers.isEmpty ? "no server" : Text.servers(servers)
      parts.append("\(names) \(fault.kind.strikes)")
      if outcome.lost > 0 { parts.append("\(Text.count(outcome.lost, "request")) lost") }
    }
    if let kept { parts.append(kept.line) }
    return Output(
      [
        "fault": kept?.json ?? .null, "servers": outcome.servers?.json ?? .null,
        "lost": .int(outcome.lost),
      ], line: StyledText(parts.joined(separator: "; ") + world.emptiness))
  }

  private static func show(_ world: World) -> Output {
    let lines = world.faults.map { StyledText($0.line) }
    return Output(
      ["faults": .array(world.faults.map(\.json))],
      [.lines(lines.isEmpty ? ["no fault goes on or is to come"] : lines)])
  }
}
