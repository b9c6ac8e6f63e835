import Cloud
import Display
import Simulation

/// `balance`: shows or changes how requests are spread.
package enum Balance: Command {
  package static let spec = Spec(
    "balance", group: "policy", "Choose how requests are spread, or list the ways.",
    positionals: [
      Parameter(
        "algorithm",
        .choice(
          Balancers.all.map {
            Variant(
              $0.name, $0.summary.asPhrase, options: $0.options,
              synonyms: StrategyNames.synonyms(of: $0.name))
          }), "the algorithm", example: "round-robin")
    ],
    options: [
      Parameter(
        "stale", .positive(.duration), "it sees loads from a board that is renewed so often",
        example: "1s"),
      Parameter(
        "balancers", .count(1...1000), "so many of it, which do not see one another's requests",
        default: "1"),
      Parameter(
        "tries", .count(1...254), "servers a request is taken to in turn until one answers",
        example: "2"),
      Parameter(
        "hedge", .positive(.duration),
        "a first try without an answer after so long is copied to another server",
        example: "200ms"),
      Parameter(
        "fullconn", .count(1...1_000_000_000),
        "open requests at which servers may have maxconn; with fewer a part, at least minconn",
        example: "100"),
      Parameter(
        "slow-start", .positive(.duration), "a server that comes back grows to its weight so long",
        example: "10s"),
      Parameter(
        "aggression", .number(0.01...100),
        "by Envoy's slow start: above 1 it grows faster at first",
        example: "1"),
      Parameter("zone", .word, "its zone: servers there come first", example: "a"),
      Parameter(
        "panic", .count(0...100), "percent of healthy servers below which all are used",
        default: "50"),
    ],
    examples: [
      Example("balance", "every algorithm, the present one marked"),
      Example("balance least-connections", "the server with the fewest requests for its weight"),
      Example("balance two-choices --d 3", "the least busy of three drawn at random"),
      Example("balance least-connections --stale 1s", "by loads that are up to a second old"),
      Example(
        "balance --hedge 1s", "the present one; what takes a second is tried elsewhere as well"),
    ],
    synonyms: ["balancer", "lb", "algorithm", "route", "spread"])
  package static let effect = CommandEffect.changes

  package static func effect(of call: Call) -> CommandEffect { call.isBare ? .looks : .changes }

  package static func start(_ call: Call, in session: inout Session, on host: any Host)
    throws(Diagnostic) -> Activity
  {
    if call.isBare { return .done(list(session.world.balancer, session.world.proxy)) }
    var balancer = session.world.chosen
    if call.has("algorithm") {
      guard let algorithm = Balancers.named(try call.word("algorithm")) else {
        throw call.mistake("no algorithm has this name", about: "algorithm")
      }
      balancer = algorithm.init()
      try call.configure(&balancer)
    }
    var proxy = Proxy()
    proxy.health = session.world.proxy.health
    proxy.stale = try call.timeIfGiven("stale")
    proxy.balancers = try call.count("balancers")
    proxy.tries = call.has("tries") ? try call.count("tries") : nil
    proxy.hedge = try call.timeIfGiven("hedge")
    proxy.fullconn = call.has("fullconn") ? try call.count("fullconn") : nil
    proxy.slowStart = try slowStart(call)
    proxy.zone = call.has("zone") ? try call.word("zone") : nil
    proxy.panic = try call.count("panic")
    session.world.use(proxy)
    session.world.use(balancer)
    return .done(
      Output(
        .object(members(balancer) + proxy.members),
        line: "requests are spread by \(balancer.typed, .accent)\(proxy.words)"))
  }

  /// HAProxy's slow start, or Envoy's when its aggression is given.
  private static func slowStart(_ call: Call) throws(Diagnostic) -> SlowStart? {
    let length = try call.timeIfGiven("slow-start")
    guard call.isGiven("aggression") else { return length.map { .sixteenths(over: $0) } }
    guard let length else {
      throw call.mistake(
        "--aggression goes with --slow-start", about: "aggression",
        try: (call["aggression"]?.text ?? "") + " --slow-start 60s")
    }
    return .power(over: length, aggression: try call.number("aggression"))
  }

  private static func list(_ present: any Balancer, _ proxy: Proxy) -> Output {
    let name = type(of: present).name
    var rows: [[StyledText]] = []
    for group in Balancers.groups {
      rows.append([StyledText(group.title, .title), ""])
      for algorithm in group.members {
        let isPresent = algorithm.name == name
        rows.append([
          StyledText((isPresent ? "* " : "  ") + algorithm.name, isPresent ? .accent : .plain),
          StyledText(algorithm.summary.asPhrase),
        ])
      }
    }
    let algorithms = Balancers.all.map { JSON.object($0.listed) }
    return Output(
      .object(members(present) + [JSON.Member("algorithms", .array(algorithms))]),
      [
        .lines(["requests are spread by \(present.typed, .accent)\(proxy.words)"]),
        .table(Table([Table.Column(""), Table.Column("")], rows: rows)),
      ])
  }

  private static func members(_ balancer: any Balancer) -> [JSON.Member] {
    [
      JSON.Member("balancer", .string(type(of: balancer).name)),
      JSON.Member("parameters", balancer.parametersJSON),
    ]
  }
}

extension Proxy {
  /// What it adds to the rule, in words; empty when it adds nothing.
  fileprivate var words: String {
    var parts: [String] = []
    if let stale { parts.append("loads up to \(Text.exact(time: stale)) old") }
    if balancers > 1 { parts.append("\(balancers) balancers that do not see one another") }
    if let tries { parts.append(tries == 1 ? "1 try" : "\(tries) tries") }
    if let hedge { parts.append("a copy to another server after \(Text.exact(time: hedge))") }
    if let fullconn { parts.append("fullconn \(fullconn)") }
    if case .sixteenths(let length)? = slowStart {
      parts.append("slow start over \(Text.exact(time: length))")
    } else if case .power(let length, let aggression)? = slowStart {
      parts.append(
        "slow start over \(Text.exact(time: length)) with aggression \(Text.exact(aggression))")
    }
    if let zone { parts.append("from zone \(zone)") }
    return parts.isEmpty ? "" : "; " + parts.joined(separator: ", ")
  }

  fileprivate var members: [JSON.Member] {
    var members = [
      JSON.Member("stale", JSON(stale?.seconds)), JSON.Member("balancers", .int(balancers)),
    ]
    if let tries { members.append(JSON.Member("tries", .int(tries))) }
    if let hedge { members.append(JSON.Member("hedge", .number(hedge.seconds))) }
    if let fullconn { members.append(JSON.Member("fullconn", .int(fullconn))) }
    if let zone { members.append(JSON.Member("zone", .string(zone))) }
    return members
  }
}
