import Simulation

extension World {
  /// The request that arrives next, and why the balancer would choose what it would; nil when the
  /// next arrival is not a first try or no server is in service.
  ///
  /// The world is not changed: a copy is asked.
  public var nextPick: (request: Request, explanation: Explanation)? {
    var engine = engine
    guard engine.nextFirst <= engine.nextRetry, engine.nextFirst < Engine.never else { return nil }
    var balancer = balancer
    if engine.fleet.changed {
      engine.fleet.refreshEligible()
      engine.withColumns { _, columns in
        if columns.eligibleCount > 0 { balancer.changed(columns.view) }
      }
    }
    return engine.explainNext(balancer)
  }

  /// The name of the load whose request arrives next, or nil when none will.
  public var nextLoad: String? {
    engine.nextFirst < Engine.never ? engine.loads[engine.nextLoad].load.name : nil
  }

  /// Whether the next arrival belongs to `send`.
  public var nextIsSent: Bool { nextLoad == Load.sendName }

  /// About how many bytes a copy takes once it is written to.
  public var footprint: Int {
    engine.fleet.rows.count * 256 + engine.requests.rows.count * 80 + (64 << 10)
  }
}

extension Engine {
  fileprivate mutating func explainNext(
    _ balancer: any Balancer
  ) -> (request: Request, explanation: Explanation)? {
    guard !fleet.eligible.isEmpty else { return nil }
    let load = loads[nextLoad]
    var draws = load.draws
    let work = load.load.work.sample(first: draws.number(.work), draws: &draws)
    var detail = RequestDetail()
    if load.flags.contains(.detailed) {
      let memory = load.load.memory.sample(first: draws.number(.memory), draws: &draws)
      detail.memory = Int(min(memory.rounded(), 4e18))
      detail.key = load.load.key.sample(first: draws.number(.key), draws: &draws)
    }
    let request = Request(
      id: RequestID(number: numbered + 1), time: Instant(nanoseconds: nextFirst),
      work: Duration(nanoseconds: Int64(min(work.rounded(), 4e18))), key: detail.key,
      memory: detail.memory)
    let choices = choices
    return withColumns { _, columns in
      (request, balancer.explain(request, from: columns.view, using: choices))
    }
  }
}
