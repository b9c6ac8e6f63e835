import Cloud
import Display
import Simulation

/// `scale`: shows what grows and shrinks the fleet, puts an autoscaler to work, or takes it off.
package enum Scale: Command {
  package static let spec = Spec(
    "scale", group: "policy", "Let the fleet grow and shrink by itself, or list the policies.",
    positionals: [
      Parameter("policy", .choice(policies + [off]), "the policy", example: "demand")
    ],
    examples: [
      Example("scale", "what is at work, and every policy"),
      Example("scale demand --target 20/s", "a server for every 20 requests per second"),
      Example("scale resource --target 60% --min 2 --max 20 --boot 45s", "within bounds"),
      Example("scale step --out-steps 0%:10,20%:30,40%:50", "a tenth more, or three, or half"),
      Example("scale scheduled --times 8h..18h:10,18h..22h:4", "day, evening, and else as few"),
      Example("scale vpa --mode recreate --as up", "larger servers, beside the one that adds them"),
      Example("scale off", "the fleet stays as it is"),
    ],
    details: [
      "A new server is like those of the last `spawn`, except for its boot time. With several "
        + "scalers the largest wish wins, and one without an opinion wishes for nothing; one of the "
        + "same name is replaced. Under vpa a new server has the size that it wants.",
      "With --zones a new server goes to the zone with the fewest, of equals the first, and to none "
        + "that is out; the zone with the most gives back first.",
      "With --replace a server that has crashed, or does not answer when its grace is over, is given "
        + "back and another comes. A grace shorter than the boot replaces servers for ever.",
      "A scale-out takes servers of the warm pool first. With --min 0, requests wait at the balancer "
        + "for the first server under policies that can bring it: demand, kpa, keda.",
    ],
    synonyms: ["autoscale", "scaler", "autoscaler", "hpa", "asg"],
    meaning: { words in words.first.flatMap { Int($0) }.map { "spawn \(max(1, $0))" } })
  package static let effect = CommandEffect.changes

  package static func effect(of call: Call) -> CommandEffect { call.isBare ? .looks : .changes }

  private static let policies = Autoscalers.all.map { policy in
    Variant(
      policy.name, policy.summary.asPhrase,
      options: policy.options + [
        Parameter(
          "every", .positive(.duration), "time between checks",
          default: Text.exact(time: policy.period)),
        Parameter("min", .count(0...1_000_000), "fewest servers", default: "1"),
        Parameter("max", .count(1...1_000_000), "most servers", default: "1000"),
        Parameter(
          "drain", .duration, "how long one that is given back may finish what it has",
          example: "30s"),
        Parameter("as", .newName, "the scaler's name", default: "main"),
      ] + MachineOptions.scaling, synonyms: StrategyNames.synonyms(of: policy.name))
  }

  private static let off = Variant(
    "off", "take a scaler off, or all of them",
    positionals: [Parameter("name", .name(.scaler), "which one")],
    synonyms: ["none", "stop", "end", "remove"])

  package static func start(_ call: Call, in session: inout Session, on host: any Host)
    throws(Diagnostic) -> Activity
  {
    if call.isBare { return .done(list(session.world.autoscalers)) }
    let word = try call.word("policy")
    if word == off.name { return .done(try end(call, in: &session.world)) }
    guard let kind = Autoscalers.named(word) else {
      throw call.mistake("no policy has this name", about: "policy")
    }
    var policy: any Autoscaler = kind.init()
    try call.configure(&policy)
    let least = try call.count("min")
    let most = try call.count("max")
    guard least <= most else {
      let given = call.isGiven("min") ? "min" : "max"
      throw call.mistake(
        "the fewest servers, \(least), are more than the most, \(most)", about: given,
        try: "\(given == "min" ? most : least)")
    }
    let scaler = Scaler(
      name: try call.word("as"), policy: policy, every: try call.time("every"),
      bounds: least...most, drain: try call.timeIfGiven("drain"),
      provisioning: try MachineOptions.provisioning(call))
    session.world.scale(scaler)
    return .done(Output(["scaler": scaler.json], line: StyledText(scaler.words)))
  }

  private static func end(_ call: Call, in world: inout World) throws(Diagnostic) -> Output {
    let name = call.has("name") ? try call.word("name") : nil
    let ended = world.autoscalers.map(\.name).filter { name == nil || $0 == name }
    world.endScaler(name)
    let left = world.autoscalers.map(\.name)
    let line =
      ended.isEmpty
      ? "no scaler was at work"
      : "\(ended.listed("and")) off: \(left.isEmpty ? "the fleet stays as it is" : "\(left.listed("and")) goes on")"
    return Output(["ended": .array(ended.map { .string($0) })], line: StyledText(line))
  }

  private static func list(_ scalers: [Scaler]) -> Output {
    let names = scalers.map { type(of: $0.policy).name }
    let rows = Autoscalers.all.map { policy in
      let isPresent = names.contains(policy.name)
      return [
        StyledText((isPresent ? "* " : "  ") + policy.name, isPresent ? .accent : .plain),
        StyledText(policy.summary.asPhrase),
      ]
    }
    let lines = scalers.map { StyledText($0.words) }
    return Output(
      [
        "scalers": .array(scalers.map(\.json)),
        "policies": .array(Autoscalers.all.map { .object($0.listed) }),
      ],
      [
        .lines(lines.isEmpty ? ["no scaler is at work"] : lines),
        .table(Table([Table.Column(""), Table.Column("")], rows: rows)),
      ])
  }
}

extension Scaler {
  /// The scaler in words, such as "main: demand --target 20/s …, every 15s, 1..1000 servers".
  var words: String {
    let drain = drain.map { ", drain \(Text.exact(time: $0))" } ?? ""
    return "\(name): \(policy.typed), every \(Text.exact(time: every)), "
      + "\(bounds.lowerBound)..\(bounds.upperBound) servers, "
      + provisioning.words.joined(separator: ", ") + drain
      + (size.map { ", wants \($0.target.words) a server" } ?? "")
  }

  /// The scaler under the keys of the machine interface.
  var json: JSON {
    .object(
      [
        JSON.Member("name", .string(name)),
        JSON.Member("policy", .string(type(of: policy).name)),
        JSON.Member("parameters", policy.parametersJSON),
        JSON.Member("every", .number(every.seconds)),
        JSON.Member("min", .int(bounds.lowerBound)), JSON.Member("max", .int(bounds.upperBound)),
      ] + provisioning.members + [
        JSON.Member("drain", JSON(drain?.seconds)),
        JSON.Member("wanted", wanted.map { .int($0) } ?? .null),
      ] + (size.map { [JSON.Member("size", JSON($0))] } ?? []))
  }
}
