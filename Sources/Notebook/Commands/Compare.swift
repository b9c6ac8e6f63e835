import Cloud
import Display
import Simulation

/// `compare`: the same requests under different policies.
package enum Compare: Command {
  package static let spec = Spec(
    "compare", group: "experiment", "Run the same requests under different policies.",
    positionals: [
      Parameter(
        "contestants", .either([.name(.contestant), .word]),
        "balancers, scaling policies or runs", required: true,
        repeats: true, example: "random")
    ],
    options: [
      Parameter("for", .positive(.duration), "how long, from now; by default the last run again"),
      Parameter("requests", .count, "until so many requests are over, from now"),
      Parameter("warmup", .positive(.duration), "a first part that is not measured"),
      Parameter("objective", .positive(.duration), "how long a good answer may take"),
    ],
    alternatives: [Alternatives(["for", "requests"])],
    examples: [
      Example("compare random round-robin least-connections", "the last run again"),
      Example("compare two-choices two-choices(d=5) --for 60s", "a minute from now"),
      Example("compare hpa(min=2) kpa oracle --for 1h", "money, tail and regret"),
      Example("compare hpa(every=15s) hpa(every=60s,boot=2m)", "the same rule, slower"),
      Example("compare run1 run2", "what was measured before"),
    ],
    details: [
      "Parameters stand in brackets: two-choices(d=5). Each policy meets the same requests from the same world; the results are kept as runs of "
        + "their names. Changes are against the first.",
      "Scaling policies also take min, max, every and boot. Regret is what one costs above the oracle, which knows "
        + "the future, on the same requests; it is shown where the oracle is among them.",
    ],
    synonyms: ["versus", "vs", "benchmark", "race", "bench"])
  package static let effect = CommandEffect.changes

  package static func start(_ call: Call, in session: inout Session, on host: any Host)
    throws(Diagnostic) -> Activity
  {
    let state = session.state
    var contestants: [Contestant] = []
    for argument in call.all("contestants") {
      let contestant = try Contestant(argument, call, state)
      guard !contestants.contains(where: { $0.name == contestant.name }) else {
        throw Diagnostic("'\(contestant.name)' is named twice", at: argument.range)
      }
      contestants.append(contestant)
    }
    let needsRunning = contestants.contains { $0.run == nil }
    if contestants.count == 1, !call.has("for"), !call.has("requests"),
      let last = state.runs.last(where: { $0.end != .sent }),
      last.name != contestants[0].name
    {
      contestants.insert(Contestant(last), at: 0)
    }
    guard contestants.count > 1 else {
      throw call.mistake(
        "one alone has nothing to be compared with", about: "contestants",
        try: "\(call["contestants"]?.text ?? "random") \(Contestant.other(contestants[0].name))")
    }
    guard contestants.count <= 20 else {
      throw call.mistake("at most twenty are compared at once", about: "contestants")
    }
    return .working(
      CompareWork(
        contestants, try needsRunning ? course(call, state) : nil, title: call.source))
  }

  /// From which world and how long each contestant runs.
  private static func course(_ call: Call, _ state: State) throws(Diagnostic) -> Course {
    let warmup = try call.timeIfGiven("warmup")
    var course: Course
    if call.has("for") || call.has("requests") {
      guard !state.world.loads.isEmpty else {
        throw call.mistake(
          "no load is at work, so there would be nothing to compare",
          help: "give a load first: load poisson 20/s")
      }
      let end: Run.End =
        call.has("for") ? .time(try call.time("for")) : .requests(try call.count("requests"))
      course = Course(start: state.world, warmup: warmup ?? .zero, end: end)
    } else {
      guard let run = state.runs.last(where: { $0.end != .sent }) else {
        throw call.mistake(
          state.runs.isEmpty
            ? "there is no run to repeat" : "a send is not repeated: its requests came one by one",
          help: "run first, with a load: run 60s; or say how long: --for 60s")
      }
      course = Course(
        start: run.start, warmup: warmup ?? run.warmup,
        end: .time(run.measurement.until - run.start.now))
    }
    if let objective = try call.timeIfGiven("objective") { course.start.objective = objective }
    if case .time(let duration) = course.end, course.warmup >= duration {
      throw call.mistake("the warm-up must be shorter than the run", about: "warmup")
    }
    return course
  }
}

/// From which world, after which warm-up and until when each contestant runs.
struct Course: Sendable {
  var start: World
  var warmup: Simulation.Duration
  var end: Run.End
}

/// One that is compared: a policy to run, or what was measured before.
struct Contestant: Sendable {
  /// The name it is listed and kept under.
  var name: String
  /// What was measured, once it was.
  var run: Run?
  private var policy: Policy?

  private enum Policy: Sendable {
    case balancer(any Balancer)
    case scaler(any Autoscaler, Usage)
  }

  /// How a policy is put to work, where it is to be otherwise than now.
  private struct Usage: Sendable {
    var least: Int?
    var most: Int?
    var every: Simulation.Duration?
    var boot: Distribution?

    /// What can be set of any policy.
    static let settings = [
      Setting(name: "min", summary: "Fewest servers.", kind: .count(0...1_000_000)),
      Setting(name: "max", summary: "Most servers.", kind: .count(1...1_000_000)),
      Setting(name: "every", summary: "Time between checks.", kind: .duration(1e-3...86_400)),
      Setting(name: "boot", summary: "Time a new server boots.", kind: .duration(0...86_400)),
    ]

    mutating func set(_ name: String, to value: SettingValue) {
      guard case .number(let number) = value else { return }
      switch name {
      case "min": least = Int(exactly: number)
      case "max": most = Int(exactly: number)
      case "every": every = Simulation.Duration(seconds: number)
      default: boot = .constant(number * 1e9)
      }
    }
  }

  /// A run from before.
  init(_ run: Run) {
    name = run.name
    self.run = run
  }

  /// A policy with its parameters, or a run from before.
  init(_ argument: Argument, _ call: Call, _ state: State) throws(Diagnostic) {
    let text = argument.text
    let base = String(text.prefix { $0 != "(" })
    name = base
    if let type = Balancers.named(base) {
      var balancer: any Balancer = type.init()
      for (setting, value) in try Self.settings(argument, type.settings) {
        _ = balancer.set(setting, to: value.value)
        name += "-\(setting)\(value.slug)"
      }
      policy = .balancer(balancer)
    } else if let type = Autoscalers.named(base) {
      var scaler: any Autoscaler = type.init()
      var usage = Usage()
      let own = type.settings
      let known = own + Usage.settings.filter { usual in !own.contains { $0.name == usual.name } }
      for (setting, value) in try Self.settings(argument, known) {
        if own.contains(where: { $0.name == setting }) {
          _ = scaler.set(setting, to: value.value)
        } else {
          usage.set(setting, to: value.value)
        }
        name += "-\(setting)\(value.slug)"
      }
      if let least = usage.least, let most = usage.most, least > most {
        throw Diagnostic(
          "the fewest servers, \(least), are more than the most, \(most)", at: argument.range)
      }
      policy = .scaler(scaler, usage)
    } else if let run = state.run(text) {
      name = run.name
      self.run = run
    } else {
      let names = state.names(of: .contestant, specs: [])?.map(\.text) ?? []
      let known = names.first { StrategyNames.synonyms(of: $0).contains(base.lowercased()) }
      let meant = known ?? Suggestion.nearest(to: base, in: names)
      throw Diagnostic(
        "no policy or run is called \(base.quoted)", at: argument.range,
        suggestion: meant.map { Source(call.source).replacing(argument.range, with: $0) },
        help: meant == nil ? "there is \(names.listed("and"))" : nil)
    }
  }

  /// Somebody to be compared with, for a suggestion.
  static func other(_ name: String) -> String {
    if Autoscalers.named(name) != nil { return name == "demand" ? "resource" : "demand" }
    return name == "random" ? "round-robin" : "random"
  }

  /// The world under this policy.
  func world(from start: World) -> World {
    var world = start
    switch policy {
    case .balancer(let balancer): world.use(balancer)
    case .scaler(let policy, let usage):
      let old = world.autoscalers.first
      let usual = old?.bounds ?? 1...1000
      let first = usage.least ?? usage.most.map { min($0, usual.lowerBound) } ?? usual.lowerBound
      let last = max(first, usage.most ?? usual.upperBound)
      var provisioning = old?.provisioning ?? Provisioning()
      if let boot = usage.boot { provisioning.boot = boot }
      world.endScaler(nil)
      world.scale(
        Scaler(
          policy: policy, every: usage.every, bounds: first...last, drain: old?.drain,
          provisioning: provisioning))
    case nil: break
    }
    return world
  }

  /// The parameters in brackets: `two-choices(d=3)`.
  private static func settings(_ argument: Argument, _ known: [Setting])
    throws(Diagnostic) -> [(String, (value: SettingValue, slug: String))]
  {
    guard let open = argument.text.firstIndex(of: "(") else { return [] }
    let inside = argument.text[open...].dropFirst().prefix { $0 != ")" }
    var settings: [(String, (value: SettingValue, slug: String))] = []
    for part in parts(of: inside, known) {
      let sides = sides(of: part)
      guard sides.count == 2 else {
        throw Diagnostic(
          "parameters are written name=value, as in two-choices(d=3)", at: argument.range)
      }
      guard let setting = known.first(where: { $0.name == sides[0] }) else {
        let names = known.map(\.name)
        throw Diagnostic(
          "it has no parameter \(sides[0].quoted)", at: argument.range,
          help: names.isEmpty ? "it has none" : "there is \(names.listed("and"))")
      }
      guard let value = SettingValue(sides[1], setting.kind) else {
        throw Diagnostic(
          "\(setting.name) must be \(setting.kind.typed.description), not \(sides[1].quoted)",
          at: argument.range)
      }
      settings.append((setting.name, (value, sides[1].filter { $0.isLetter || $0.isNumber })))
    }
    return settings
  }

  /// What stands between the commas; a list goes on after its own.
  private static func parts(of inside: Substring, _ known: [Setting]) -> [String] {
    inside.split(separator: ",").reduce(into: []) { parts, part in
      let before = parts.last.flatMap { last in
        known.first { $0.name == sides(of: last).first }
      }
      if !part.contains("="), case .rows? = before?.kind {
        parts[parts.count - 1] += "," + part.filter { $0 != " " }
      } else {
        parts.append(String(part))
      }
    }
  }

  /// A name and its value.
  private static func sides(of part: String) -> [String] {
    func parts(_ character: Character) -> Bool { "=: ".contains(character) }
    let text = part.drop(while: parts)
    let name = text.prefix { !parts($0) }
    let value = text.dropFirst(name.count).drop(while: parts)
    return [name, value].filter { !$0.isEmpty }.map(String.init)
  }
}

extension SettingValue {
  /// Reads what was typed for a parameter as its flag would; nil when it does not fit.
  init?(_ text: String, _ kind: SettingKind) {
    let word = Word(text: text, range: 0..<text.count, isQuoted: false)
    let reading = Reading(source: Source(text), word: word, label: "value", names: { _ in nil })
    switch try? kind.typed.read(reading) {
    case .word(let name)?: self = .choice(name)
    case .count(let count)?: self = .number(Double(count))
    case .quantity(let quantity)?: self = .number(quantity.value)
    case .rows(let rows)?: self = .rows(rows)
    default: return nil
    }
    guard kind.accepts(self) else { return nil }
  }
}
