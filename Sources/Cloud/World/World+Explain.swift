import Simulation

extension World {
  /// The request that arrives next, and why the balancer would choose what it would; nil when the
  /// next arrival is not a first try or no server is in service.
  ///
  /// The world is not changed: a copy is asked.
  public var nextPick: (request: Request, explanation: Explanation)? {
    var engine = engine
    guard engine.nextFirst <= engine.nextRetry, engine.nextFirst < Engine.never else { return nil }
    var balancer = dispatcher
    if engine.fleet.changed {
      engine.refreshEligible()
      if !engine.fleet.eligible.isEmpty {
        balancer.changed(engine.fleet.changes, in: engine.lend().view(at: engine.clock))
      }
    }
    if engine.fullconn > 0 {
      let columns = engine.lend()
      engine.settleLimits(&balancer, open: engine.requests.used + 1, columns)
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
    let (work, detail) = drawnNext
    let request = Request(
      id: RequestID(number: numbered + 1), time: Instant(nanoseconds: nextFirst),
      work: Duration(nanoseconds: work), key: detail.key, memory: detail.memory)
    guard waiting.common == 0 || !queuesBehind else {
      let line = waiting.common == 1 ? "the one that waits" : "the \(waiting.common) that wait"
      return (
        request,
        Explanation(
          eligible: fleet.eligible.count, search: "\(line), and nobody passes", candidates: [],
          chosen: nil, draws: 0)
      )
    }
    return (request, balancer.explain(request, from: lend().view(at: nextFirst), using: choices))
  }
}
