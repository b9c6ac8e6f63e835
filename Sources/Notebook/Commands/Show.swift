import Cloud
import Display
import Simulation

/// `show`: the world in words, tables and bars.
package enum Show: Command {
  package static let spec = Spec(
    "show", group: "seeing", "Show what there is and what happened.",
    positionals: [
      Parameter(
        "list",
        .choice([
          Variant("servers", "what they are and what they do", synonyms: ["server", "fleet"]),
          Variant(
            "requests", "the life of each request of the last run or send", options: [of],
            synonyms: ["request"]),
          Variant("queues", "requests in service and waiting on each server", synonyms: ["queue"]),
          Variant("events", "what happened last, event by event", options: [of]),
          Variant(
            "decisions", "what autoscalers changed, and why",
            options: [
              Parameter("of", .name(.run), "those of a run; by default all since the start")
            ], synonyms: ["scaling"]),
          Variant(
            "cost", "what was paid for and what it was used for", synonyms: ["bill", "money"]),
          Variant("loads", "where requests come from", synonyms: ["load"]),
          Variant("runs", "what was measured so far", synonyms: ["run", "results"]),
          Variant(
            "algorithm", "what a balancer or policy does",
            positionals: [
              Parameter(
                "name", .choice(strategies), "which", required: true, repeats: true,
                example: "two-choices")
            ], synonyms: ["algorithms", "balancer", "policy"]),
        ]), "what to show; by default a picture of everything")
    ],
    examples: [
      Example("show", "a picture of the world"),
      Example("show servers", "a table of servers"),
      Example("show requests", "the requests of the last run or send"),
      Example("show algorithm two-choices", "its rule, where it comes from, where it fails"),
    ],
    synonyms: ["list", "ls", "status", "get", "describe", "info", "ps"])
  package static let effect = CommandEffect.looks

  /// Every balancer and policy, with what it is called elsewhere.
  private static let strategies: [Variant] = {
    let all: [(String, String)] =
      Balancers.all.map { ($0.name, $0.summary) } + Autoscalers.all.map { ($0.name, $0.summary) }
    return all.map { Variant($0, $1, synonyms: StrategyNames.synonyms(of: $0)) }
  }()

  private static let of = Parameter("of", .name(.run), "the run; by default the last")

  package static func start(_ call: Call, in session: inout Session, on host: any Host)
    throws(Diagnostic) -> Activity
  {
    let state = session.state
    guard call.has("list") else { return .done(WorldPicture.output(state)) }
    switch try call.word("list") {
    case "servers": return .done(ServerTable.output(state.world))
    case "queues": return .done(QueueBars.output(state.world))
    case "requests": return try requests(call, state)
    case "events": return try events(call, state)
    case "decisions":
      guard call.has("of") else { return .done(DecisionTable.output(state.world.actions)) }
      let run = try run(call, state)
      return .done(DecisionTable.output(run.measurement.actions, of: run.name))
    case "cost": return .done(CostTable.output(state))
    case "loads": return .done(LoadTable.output(state.world))
    case "runs": return .done(RunTable.output(state.runs))
    default: return .done(try algorithms(call, state))
    }
  }

  /// The run that is asked for, by default the latest.
  private static func run(_ call: Call, _ state: State) throws(Diagnostic) -> Run {
    if call.has("of"), let run = state.run(try call.word("of")) { return run }
    guard let run = state.runs.last else {
      throw call.mistake(
        "no request was sent yet", about: "list", help: "send some: send 5, or load and run")
    }
    return run
  }

  private static func requests(_ call: Call, _ state: State) throws(Diagnostic) -> Activity {
    let run = try run(call, state)
    guard run.end == .sent else { return .working(RequestReplay(run, title: call.source)) }
    return .done(RequestTable.output(run.records, measurement: run.measurement))
  }

  private static func events(_ call: Call, _ state: State) throws(Diagnostic) -> Activity {
    let run = try run(call, state)
    guard run.end == .sent else { return .working(EventReplay(run, title: call.source)) }
    return .done(EventTable.output(EventTable.lines(of: run.records), run: run))
  }

  private static func algorithms(_ call: Call, _ state: State) throws(Diagnostic) -> Output {
    var blocks: [Block] = []
    var results: [JSON] = []
    for name in call.words("name") {
      guard let strategy = state.strategy(name) else { continue }
      if !blocks.isEmpty { blocks.append(.lines([""])) }
      blocks += strategy.card
      let isPresent = type(of: state.world.chosen).name == name
      let balancer = isPresent ? state.world.chosen : Balancers.named(name)?.init()
      let facts = balancer.flatMap { state.world.facts(of: $0) }
      if let facts { blocks.append(.lines([""] + facts.lines)) }
      results.append(.object(strategy.members + [JSON.Member("facts", facts?.json ?? .null)]))
    }
    return Output(["algorithm": .array(results)], blocks)
  }
}

extension State {
  /// A balancer, policy, health rule or limit: the present one with its parameters if it is at
  /// work, else a new one.
  func strategy(_ name: String) -> (any Strategy)? {
    if type(of: world.balancer).name == name { return world.balancer }
    if let scaler = world.autoscalers.first(where: { type(of: $0.policy).name == name }) {
      return scaler.policy
    }
    if let balancer = Balancers.named(name) { return balancer.init() }
    if let limit = world.limits.first(where: { type(of: $0).name == name }) { return limit }
    return Autoscalers.named(name)?.init() ?? HealthRules.named(name)?.init()
      ?? Limits.named(name)?.init()
  }
}
