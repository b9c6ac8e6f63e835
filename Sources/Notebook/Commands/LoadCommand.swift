import Cloud
import Display
import Simulation

/// `load`: shows, begins or ends the streams of requests.
package enum LoadCommand: Command {
  package static let spec = Spec(
    "load", group: "traffic", "Begin or end a stream of requests, or show what there is.",
    positionals: [Parameter("shape", .choice(shapes), "when requests arrive")],
    examples: [
      Example("load", "what is at work, and its share of the capacity"),
      Example("load poisson 50/s --work exp(100ms)", "at random, fifty per second"),
      Example("load constant 10/s --as health", "another one beside it, evenly spaced"),
      Example("load sale 20/s --peak 200/s", "a flash sale after a minute"),
      Example("load wave 20/s --peak 80/s --every 24h", "days and nights"),
      Example("load trace monday.csv --factor 0.1", "a tenth of what was recorded"),
      Example("load off", "no more requests; those under way go on"),
    ],
    details: [
      "A load begins now; one of the same name is replaced. What its requests bring is drawn from "
        + "its own stream, so that no policy and no other load changes it."
    ],
    synonyms: ["traffic", "workload", "arrivals", "generate"], meaning: meaning)
  package static let effect = CommandEffect.changes

  package static func effect(of call: Call) -> CommandEffect { call.isBare ? .looks : .changes }

  private static let shapes = [
    Variant(
      "constant", "evenly spaced", positionals: [rate], options: options,
      synonyms: ["fixed", "steady", "uniform", "even"]),
    Variant(
      "poisson", "at random, independent of one another", positionals: [rate], options: options,
      synonyms: ["random", "exp", "exponential"]),
    Variant(
      "sale", "a flash sale: the rate leaps up and decays",
      positionals: [
        Parameter("base", .rate, "requests per second before", required: true, example: "20/s")
      ],
      options: [
        Parameter(
          "peak", .rate, "requests per second at the top", required: true, example: "200/s"),
        Parameter("at", .duration, "when the rise begins", default: "1m"),
        Parameter("rise", .duration, "how long it takes", default: "1m"),
        Parameter(
          "half-life", .positive(.duration), "the time in which the excess halves", default: "2m"),
      ] + options, synonyms: ["flash", "flash-sale", "peak"]),
    Variant(
      "ramp", "at random, with a rate that rises or falls evenly",
      positionals: [
        Parameter(
          "from", anyRate, "requests per second at the start", required: true, example: "10/s")
      ],
      options: [
        Parameter(
          "to", anyRate, "requests per second at the end", required: true, example: "100/s"),
        Parameter("over", .positive(.duration), "how long it takes", default: "10m"),
      ] + options, synonyms: ["linear", "rise", "grow"]),
    Variant(
      "wave", "at random, with a rate that goes up and down",
      positionals: [
        Parameter(
          "base", anyRate, "requests per second at the lowest", required: true, example: "20/s")
      ],
      options: [
        Parameter(
          "peak", anyRate, "requests per second at the highest", required: true, example: "80/s"),
        Parameter("every", .positive(.duration), "from one low to the next", default: "10m"),
        Parameter("form", .choice(forms), "how it goes up and down", default: "sine"),
      ] + options, synonyms: ["sine", "day", "daily", "square", "season"]),
    Variant(
      "spike", "at random, with a rate that leaps up, or down, and back",
      positionals: [
        Parameter(
          "base", anyRate, "requests per second before and after", required: true, example: "20/s")
      ],
      options: [
        Parameter("peak", anyRate, "requests per second then", required: true, example: "200/s"),
        Parameter("at", .duration, "when it leaps", default: "1m"),
        Parameter("for", .positive(.duration), "how long it stays there", default: "4m"),
      ] + options, synonyms: ["step", "leap", "jump", "outage", "dip"]),
    Variant(
      "bursts", "at random, quiet times and bursts in turn",
      positionals: [
        Parameter(
          "base", anyRate, "requests per second in quiet times", required: true, example: "20/s")
      ],
      options: [
        Parameter(
          "peak", anyRate, "requests per second in a burst", required: true, example: "200/s"),
        Parameter("quiet", .positive(.duration), "mean length of a quiet time", default: "50s"),
        Parameter("burst", .positive(.duration), "mean length of a burst", default: "10s"),
      ] + options, synonyms: ["mmpp", "bursty", "onoff", "on-off"]),
    Variant(
      "trace", "as recorded: counts, arrival times or an access log",
      positionals: [Parameter("file", .file, "the recording", required: true, example: "log.csv")],
      options: [
        Parameter("every", .positive(.duration), "the length of an interval of counts"),
        Parameter("factor", .factor, "requests sent for each recorded one", default: "1"),
      ] + options, synonyms: ["file", "csv", "log", "replay", "recording"]),
    Variant(
      "off", "no more requests", positionals: [Parameter("name", .name(.load), "which load")],
      synonyms: ["none", "stop", "end"]),
  ]

  /// A rate that may be zero: nobody comes.
  private static let anyRate = Kind.measure(.rate, 0...1e9)

  private static let forms = [
    Variant("sine", "gently"), Variant("square", "in leaps, half of the time each"),
  ]

  private static let rate = Parameter("rate", .rate, "requests per second", required: true)

  private static let options = [
    Parameter("work", .distribution(.duration), "the work of a request", default: "100ms"),
    Parameter("key", .keys, "the key of a request"),
    Parameter("memory", .distribution(.bytes), "memory a request holds while a server has it"),
    Parameter("timeout", .positive(.duration), "how long a client waits", example: "1s"),
    Parameter("retries", .count(0...254), "how often a client sends again", default: "0"),
    Parameter(
      "backoff", .positive(.duration), "the wait before it does, twice as long each time",
      example: "1s"),
    Parameter(
      "jitter",
      .choice([Variant("full", "a random part of the wait"), Variant("none", "all of it")]),
      "how chance spreads the waits", default: "full"),
    Parameter(
      "priority", .count(0...9), "how important it is, 0 the most, to limit priority", default: "0"),
    Parameter("as", .newName, "the load's name", default: "main"),
  ]

  /// The line that is meant by words that name no shape.
  private static let meaning: @Sendable ([String]) -> String? = { words in
    guard let first = words.first else { return nil }
    let rest = words.dropFirst().map { " " + $0 }.joined()
    if first.hasPrefix("lesson") {
      let lesson = first.hasSuffix(".md") ? " " + first : words.count > 1 ? rest : nil
      return lesson.map { "learn" + $0 } ?? "lessons"
    }
    if first.hasSuffix(".md") { return "open \(first)" }
    if first.hasSuffix(".csv") || first.hasSuffix(".log") { return "load trace \(first)\(rest)" }
    if first.contains("/"), first.first?.isDigit == true { return "load poisson \(first)\(rest)" }
    let number = first.prefix { $0.isDigit }
    let isLesson =
      (1...2).contains(number.count) && (first == number || first.hasPrefix("\(number)-"))
    return isLesson ? "learn \(first)" : nil
  }

  package static func start(_ call: Call, in session: inout Session, on host: any Host)
    throws(Diagnostic) -> Activity
  {
    if call.isBare { return .done(show(session.world)) }
    if try call.word("shape") == "off" { return .done(try end(call, in: &session.world)) }
    let name = try call.word("as")
    guard name != "send" else {
      throw call.mistake("'send' is the name of what `send` sends", about: "as", try: "main")
    }
    guard !call.has("backoff") || call.isGiven("retries") else {
      throw call.mistake(
        "a back-off is for retries", about: "backoff", help: "as in: --retries 3 --backoff 1s")
    }
    let load = Load(
      name: name, shape: try shape(call, on: host), work: try call.work("work"),
      key: call.has("key") ? try call.keyDistribution("key") : .none,
      memory: call.has("memory") ? try call.memory("memory") : .constant(0),
      timeout: try call.timeIfGiven("timeout"), retries: try call.count("retries"),
      backoff: try call.backoff, priority: try call.count("priority"))
    session.world.begin(load)
    let line = "\(load.words); \(session.world.share(of: load))"
    return .done(Output(["load": load.json(in: session.world)], line: StyledText(line)))
  }

  private static func shape(_ call: Call, on host: any Host) throws(Diagnostic) -> Shape {
    switch try call.word("shape") {
    case "constant": return .constant(perSecond: try call.rate("rate"))
    case "poisson": return .poisson(perSecond: try call.rate("rate"))
    case "trace": return .trace(try call.recording(on: host))
    case "ramp":
      return .ramp(
        Ramp(
          from: try call.rate("from"), to: try call.rate("to"), over: try call.time("over")))
    case "wave":
      let (base, peak) = try baseAndPeak(of: "a wave", call)
      return .wave(
        Wave(
          base: base, peak: peak, period: try call.time("every"),
          form: Wave.Form(rawValue: try call.word("form")) ?? .sine))
    case "spike":
      return .spike(
        Spike(
          base: try call.rate("base"), peak: try call.rate("peak"), start: try call.time("at"),
          length: try call.time("for")))
    case "bursts":
      let (base, peak) = try baseAndPeak(of: "a burst", call)
      return .bursts(
        Bursts(
          base: base, peak: peak, quiet: try call.time("quiet"), burst: try call.time("burst")))
    default:
      let (base, peak) = try baseAndPeak(of: "a sale", call)
      return .sale(
        Sale(
          base: base, peak: peak, start: try call.time("at"), rise: try call.time("rise"),
          halfLife: try call.time("half-life")))
    }
  }

  private static func baseAndPeak(of shape: String, _ call: Call) throws(Diagnostic)
    -> (base: Double, peak: Double)
  {
    let base = try call.rate("base")
    let peak = try call.rate("peak")
    guard peak > base else {
      throw call.mistake(
        "the peak of \(shape) lies above its base of \(Text.exact(rate: base))",
        about: "peak", try: Text.exact(rate: base > 0 ? base * 10 : 10))
    }
    return (base, peak)
  }

  private static func end(_ call: Call, in world: inout World) throws(Diagnostic) -> Output {
    let name = call.has("name") ? try call.word("name") : nil
    let ended = world.loads.map(\.name).filter { name == nil || $0 == name }
    world.end(load: name)
    let open = world.arrived - world.settled
    let under = open > 0 ? "; \(Text.count(open, "request")) still under way" : ""
    let line = ended.isEmpty ? "no load was at work" : "\(ended.listed("and")) ended\(under)"
    return Output(
      ["ended": .array(ended.map { .string($0) }), "inFlight": .int(open)],
      line: StyledText(line))
  }

  private static func show(_ world: World) -> Output {
    let loads = world.loads
    var lines = loads.map { StyledText("\($0.words); \(world.share(of: $0))") }
    let rate = loads.reduce(0) { $0 + ($1.offeredWork ?? 0) }
    let offered = world.capacity > 0 ? rate / world.capacity : nil
    if lines.isEmpty {
      lines = ["no load is at work; begin one: \("load poisson 50/s", .command)"]
    } else if loads.count > 1, let offered {
      lines.append("together \(Text.share(offered), .value) of the capacity")
    }
    return Output(
      ["loads": .array(loads.map { $0.json(in: world) }), "offered": JSON(offered)],
      [.lines(lines)])
  }
}

extension Call {
  /// How long clients wait before they send again; nil when that was not given.
  fileprivate var backoff: Backoff? {
    get throws(Diagnostic) {
      guard let base = try timeIfGiven("backoff") else { return nil }
      return Backoff(base, jitter: Backoff.Jitter(rawValue: try word("jitter")) ?? .full)
    }
  }
}
