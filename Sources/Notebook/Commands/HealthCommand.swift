import Cloud
import Display
import Simulation

/// `health`: sets servers aside, or chooses how their health is found out.
package enum HealthCommand: Command {
  package static let spec = Spec(
    "health", group: "policy", "Set servers aside, or choose how their health is found out.",
    positionals: [
      Parameter("servers", .servers, "which servers", repeats: true),
      Parameter("state", .choice(states + rules), "their state, or a rule", example: "down"),
    ],
    examples: [
      Example("health", "how health is found out, and who is set aside"),
      Example("health s2 down", "nothing new goes to s2; what it has goes on"),
      Example("health s2 up", "it is offered requests again"),
      Example("health s3 degraded", "s3 serves only what the others are too few for"),
      Example("health checks --inter 1s", "every server is asked once a second"),
      Example("health off", "everybody knows at once, as at the start"),
    ],
    details: [
      "Without a rule a server that crashes leaves the balancer's view at once. With one, requests go "
        + "to it until the rule finds out; the balancers of nginx bring their own.",
      "Degraded servers are Envoy's: the healthy ones of a level count 1.4 times; only what they "
        + "cannot take then goes to the degraded.",
    ],
    synonyms: ["check", "checks", "healthcheck", "maintenance", "maint", "drain"])
  package static let effect = CommandEffect.changes

  package static func effect(of call: Call) -> CommandEffect { call.isBare ? .looks : .changes }

  private static let states = [
    Variant("up", "offered requests, as its health says", synonyms: ["ready", "enable"]),
    Variant("degraded", "offered requests when the healthy are not enough", synonyms: ["degrade"]),
    Variant("down", "nothing new, as if it failed its checks", synonyms: ["maint", "disable"]),
    Variant("drain", "nothing new; it finishes what it has", synonyms: ["draining"]),
    Variant("off", "no rule: everybody knows at once", synonyms: ["none"]),
  ]

  private static let rules = HealthRules.all.map {
    Variant($0.name, $0.summary.asPhrase, options: $0.options)
  }

  package static func start(_ call: Call, in session: inout Session, on host: any Host)
    throws(Diagnostic) -> Activity
  {
    if call.isBare { return .done(list(session.world)) }
    guard call.has("state") else {
      throw call.mistake(
        "health needs a state: up, degraded, down or drain", help: "as in: health s2 down")
    }
    let word = try call.word("state")
    if let standing = Standing(rawValue: word) {
      guard call.isGiven("servers") else {
        throw call.mistake("which servers?", about: "state", help: "as in: health s2 \(word)")
      }
      let ids = try call.serverIDs(in: session.world)
      if standing == .degraded, !session.world.knowsDegraded {
        throw call.mistake(
          "\(type(of: session.world.balancer).name) does not know degraded servers", about: "state",
          help: "as in: balance envoy.round-robin")
      }
      session.world.set(ids, standing)
      let given = session.world.giveWaiting()
      let line: StyledText =
        "\(Text.servers(ids), .accent) \(standing.words)\(session.world.emptiness)"
      return .done(
        Output(
          ["servers": ids.json, "state": .string(word), "given": given.json],
          line: line + given.words))
    }
    guard !call.isGiven("servers") else {
      throw call.mistake(
        "a rule is for all servers", about: "servers", help: "as in: health \(word)")
    }
    var proxy = session.world.proxy
    proxy.health = nil
    if var rule = HealthRules.named(word)?.init() as (any HealthRule)? {
      try call.configure(&rule)
      proxy.health = rule
    }
    session.world.use(proxy)
    return .done(show(session.world))
  }

  /// What is at work, and the rules there are.
  private static func list(_ world: World) -> Output {
    let name = world.proxy.health.map { type(of: $0).name }
    let rows = HealthRules.all.map { rule in
      let isPresent = rule.name == name
      return [
        StyledText((isPresent ? "* " : "  ") + rule.name, isPresent ? .accent : .plain),
        StyledText(rule.summary.asPhrase),
      ]
    }
    var output = show(world)
    output.blocks.append(.table(Table([Table.Column(""), Table.Column("")], rows: rows)))
    return output
  }

  private static func show(_ world: World) -> Output {
    let rule = world.proxy.health
    let aside = world.servers.filter { $0.standing != .up && $0.state != .gone }
    var lines: [StyledText] = [
      rule.map { "health is found out by \($0.typed, .accent)" }
        ?? "no rule: everybody knows at once which server has crashed"
    ]
    lines += aside.map { "\($0.id.name, .accent) \($0.standing.words)" }
    return Output(
      [
        "rule": rule.map { .string(type(of: $0).name) } ?? .null,
        "parameters": rule?.parametersJSON ?? .null,
        "aside": .array(
          aside.map { ["id": .string($0.id.name), "state": .string($0.standing.rawValue)] }),
      ], [.lines(lines)])
  }
}

extension Standing {
  /// The standing in words, after a server's name.
  var words: String {
    switch self {
    case .up: "may be offered requests"
    case .degraded: "is degraded: it serves what the healthy ones are too few for"
    case .drain: "gets nothing new and finishes what it has"
    case .down: "is marked down: nothing new goes there"
    }
  }
}
