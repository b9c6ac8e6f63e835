import Cloud
import Display

/// `limit`: shows what turns requests away, puts a limit to work, or takes it off.
package enum LimitCommand: Command {
  package static let spec = Spec(
    "limit", group: "traffic", "Turn requests away before they harm, or list the limits.",
    positionals: [
      Parameter("limit", .choice(kinds + [off]), "what is limited, and how", example: "rate 5/s")
    ],
    examples: [
      Example("limit", "what is at work, and every limit"),
      Example("limit rate 5/s --burst 10", "a client's tries beyond that are turned away"),
      Example("limit breaker --max-requests 40", "no more than forty at once"),
      Example("limit retry-budget --percent 20%", "one retry for five requests, and a few more"),
      Example("limit off rate", "everybody may come as often as they like"),
    ],
    details: [
      "Who is turned away has an error at once and counts as limited; a client with --retries may "
        + "come again. Of limits of one kind, such as the three of retries, the latest is at work.",
      "A budget of retries holds for the retries of clients and for the balancer's --tries: without "
        + "the budget's leave a try that came to nothing is the last.",
    ],
    synonyms: [
      "limits", "throttle", "ratelimit", "rate-limit", "circuit-breaker", "breaker", "shed",
      "budget",
    ])
  package static let effect = CommandEffect.changes

  package static func effect(of call: Call) -> CommandEffect { call.isBare ? .looks : .changes }

  private static let kinds = Limits.all.map { limit in
    let leading = limit.options.first { $0.name == limit.leading }
    return Variant(
      limit.name, limit.summary.asPhrase,
      positionals: leading.map { [$0.asked] } ?? [],
      options: limit.options.filter { $0.name != limit.leading })
  }

  private static let off = Variant(
    "off", "take a limit off, or all of them",
    positionals: [
      Parameter("kind", .choice(Limits.all.map { Variant($0.name) }), "which one")
    ], synonyms: ["none", "stop", "end", "remove"])

  package static func start(_ call: Call, in session: inout Session, on host: any Host)
    throws(Diagnostic) -> Activity
  {
    if call.isBare { return .done(list(session.world.limits)) }
    let word = try call.word("limit")
    if word == off.name { return .done(try end(call, in: &session.world)) }
    guard let kind = Limits.named(word) else {
      throw call.mistake("no limit has this name", about: "limit")
    }
    var limit: any Limit = kind.init()
    try call.configure(&limit)
    session.world.limit(limit)
    let limits = session.world.limits
    return .done(Output(["limits": limits.json], line: StyledText(limits.words)))
  }

  private static func end(_ call: Call, in world: inout World) throws(Diagnostic) -> Output {
    let name = call.has("kind") ? try call.word("kind") : nil
    let ended = world.limits.map { type(of: $0).name }.filter { name == nil || $0 == name }
    world.endLimit(name)
    let line =
      ended.isEmpty
      ? "no \(name.map { "\($0) " } ?? "")limit was at work"
      : "\(ended.listed("and")) off: \(world.limits.words)"
    return Output(["ended": .array(ended.map { .string($0) })], line: StyledText(line))
  }

  private static func list(_ limits: [any Limit]) -> Output {
    let names = limits.map { type(of: $0).name }
    let rows = Limits.all.map { limit in
      let isPresent = names.contains(limit.name)
      return [
        StyledText((isPresent ? "* " : "  ") + limit.name, isPresent ? .accent : .plain),
        StyledText(limit.summary.asPhrase),
      ]
    }
    return Output(
      ["limits": limits.json, "kinds": .array(Limits.all.map { .object($0.listed) })],
      [
        .lines([StyledText(limits.words)]),
        .table(Table([Table.Column(""), Table.Column("")], rows: rows)),
      ])
  }
}

extension Parameter {
  /// The parameter where it must be given.
  fileprivate var asked: Parameter {
    Parameter(name, kind, summary, required: true, example: defaultText)
  }
}

extension Limit {
  /// The limit as one types it, such as `rate 5/s --burst 10 --per client`.
  fileprivate var words: String {
    typedSettings.reduce(Self.name) { text, setting in
      setting.name == Self.leading
        ? "\(text) \(setting.value)" : "\(text) --\(setting.name) \(setting.value)"
    }
  }

  fileprivate var json: JSON {
    ["name": .string(Self.name), "parameters": parametersJSON]
  }
}

extension [any Limit] {
  /// All of them in words.
  fileprivate var words: String {
    isEmpty ? "no limit is at work" : "at work: \(map(\.words).joined(separator: ", and "))"
  }

  fileprivate var json: JSON { .array(map(\.json)) }
}
