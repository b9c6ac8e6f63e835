import Cloud
import Display

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
    examples: [
      Example("balance", "every algorithm, the present one marked"),
      Example("balance least-connections", "the server with the fewest requests for its weight"),
      Example("balance two-choices --d 3", "the least busy of three drawn at random"),
    ],
    synonyms: ["balancer", "lb", "algorithm", "route", "spread"])
  package static let effect = CommandEffect.changes

  package static func effect(of call: Call) -> CommandEffect { call.isBare ? .looks : .changes }

  package static func start(_ call: Call, in session: inout Session, on host: any Host)
    throws(Diagnostic) -> Activity
  {
    if call.isBare { return .done(list(session.world.balancer)) }
    guard let algorithm = Balancers.named(try call.word("algorithm")) else {
      throw call.mistake("no algorithm has this name", about: "algorithm")
    }
    var balancer: any Balancer = algorithm.init()
    try call.configure(&balancer)
    session.world.use(balancer)
    return .done(
      Output(.object(members(balancer)), line: "requests are spread by \(balancer.typed, .accent)"))
  }

  private static func list(_ present: any Balancer) -> Output {
    let name = type(of: present).name
    let rows = Balancers.all.map { algorithm in
      let isPresent = algorithm.name == name
      return [
        StyledText((isPresent ? "* " : "  ") + algorithm.name, isPresent ? .accent : .plain),
        StyledText(algorithm.summary.asPhrase),
      ]
    }
    let algorithms = Balancers.all.map { JSON.object($0.listed) }
    return Output(
      .object(members(present) + [JSON.Member("algorithms", .array(algorithms))]),
      [
        .lines(["requests are spread by \(present.typed, .accent)"]),
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
