import Cloud

extension Session {
  /// The language at this moment: the commands and the names that exist.
  public var grammar: Grammar {
    let specs = commands.map { $0.spec }
    let names = Names(state: state, guide: guide, specs: specs)
    return Grammar(specs) { names.candidates(for: $0) }
  }
}

/// What names are looked up in.
private struct Names: Sendable {
  var state: State
  var guide: (any Guide)?
  var specs: [Spec]

  func candidates(for kind: NameKind) -> [Candidate]? {
    if let known = guide?.names(of: kind) { return known }
    return state.names(of: kind, specs: specs)
  }
}

extension State {
  /// The names of a kind that exist; nil where any name will do.
  func names(of kind: NameKind, specs: [Spec]) -> [Candidate]? {
    switch kind {
    case .server:
      world.servers.filter { $0.state != .gone }.map {
        Candidate($0.id.name, "\($0.stateWords), \($0.active) active")
      }
    case .run: [Candidate("last", "the latest run")] + runs.map { Candidate($0.name, "a run") }
    case .fork: forks.map { Candidate($0.name, "a world") }
    case .load: world.loads.map { Candidate($0.name, "a load") }
    case .fault: world.faults.map { Candidate($0.name, "a fault") }
    case .scaler: world.autoscalers.map { Candidate($0.name, "a scaler") }
    case .measurement: measurementNames
    case .contestant:
      Balancers.all.map { Candidate($0.name, $0.summary) }
        + Autoscalers.all.map { Candidate($0.name, $0.summary) }
        + runs.map { Candidate($0.name, "a run") }
    case .balancer: Balancers.all.map { Candidate($0.name, $0.summary) }
    case .policy: Autoscalers.all.map { Candidate($0.name, $0.summary) }
    case .topic:
      specs.map { Candidate($0.name, $0.summary) }
        + Balancers.all.map { Candidate($0.name, $0.summary) }
        + Autoscalers.all.map { Candidate($0.name, $0.summary) }
        + HealthRules.all.map { Candidate($0.name, $0.summary) }
        + Limits.all.map { Candidate($0.name, $0.summary) }
        + HelpTopic.allCases.map { Candidate($0.rawValue, $0.summary) }
    default: nil
    }
  }
}

extension Server {
  /// The state in words, warming and preparing told apart.
  var stateWords: String {
    if isPreparing { return "preparing for the pool" }
    return isWarming && state == .inService ? "warming" : state.words
  }
}

extension ServerState {
  /// The state in words.
  var words: String {
    switch self {
    case .booting: "booting"
    case .inService: "in service"
    case .draining: "draining"
    case .crashed: "crashed"
    case .gone: "gone"
    case .pooled: "in the pool"
    }
  }
}
