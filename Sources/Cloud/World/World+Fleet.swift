public import Simulation

extension World {
  /// Every server that was ever rented, in order.
  public var servers: [Server] {
    engine.fleet.records.indices.map { engine.fleet.server(ServerID($0), now: now) }
  }

  /// A server by its place, or nil when there is none.
  public func server(_ id: ServerID) -> Server? {
    engine.fleet.records.indices.contains(id.index)
      ? engine.fleet.server(id, now: now) : nil
  }

  /// How many servers were ever rented.
  public var rented: Int { engine.fleet.records.count }

  /// How many servers are in a state.
  public func count(of state: ServerState) -> Int {
    engine.fleet.rows.reduce(0) { $0 + ($1.state == state ? 1 : 0) }
  }

  /// Rents servers; autoscalers will copy the last ones rented.
  public mutating func spawn(_ count: Int, _ spec: ServerSpec) -> [ServerID] {
    template = spec
    defer { if spec.priority > 0, !(dispatcher is ProxiedBalancer) { dispatch() } }
    return (0..<max(0, count)).map { _ in engine.rent(spec) }
  }

  /// Gives servers back when they have finished what they have, or when the limit is up.
  ///
  /// Here and below, servers that there are not are passed over.
  public mutating func stop(_ ids: [ServerID], drain limit: Duration? = nil) {
    for id in known(ids) { engine.drain(id, limit: limit) }
  }

  /// Crashes servers; what is on them fails.
  ///
  /// Returns how many clients lost their answer.
  public mutating func kill(_ ids: [ServerID]) -> Int {
    known(ids).reduce(0) { $0 + engine.crash($1) }
  }

  /// Boots servers anew; what is on them fails.
  ///
  /// Those that were given back stay away.
  public mutating func restart(_ ids: [ServerID]) {
    for id in known(ids) { engine.restart(id) }
  }

  /// Makes servers so many times slower than they should be; 1 cures them.
  public mutating func slow(_ ids: [ServerID], factor: Double) {
    for id in known(ids) {
      engine.fleet.records[id.index].slowness = factor
      reshape(id)
    }
  }

  /// Turns a server into a larger or smaller one, in place or by a restart.
  ///
  /// It keeps its discipline. One that was given back stays as it was.
  public mutating func resize(_ id: ServerID, to spec: ServerSpec, restart: Bool) {
    guard !known([id]).isEmpty, engine.fleet.rows[id.index].state != .gone else { return }
    tellBalancer()
    let old = engine.fleet.records[id.index]
    if let since = old.paidSince, spec.effectivePrice != old.spec.effectivePrice {
      // Paid so far at the old price.
      engine.fleet.closePaid(id, now: now)
      engine.fleet.records[id.index].paidSince = now
      if !restart { engine.fleet.records[id.index].paidBefore = old.paidBefore + (now - since) }
    }
    engine.fleet.settleWork(id, now: now)
    engine.fleet.records[id.index].spec = spec
    engine.fleet.records[id.index].spec.discipline = old.spec.discipline
    engine.fleet.rows[id.index].weight = spec.effectiveWeight
    engine.fleet.rows[id.index].memory = spec.memory
    engine.fleet.rows[id.index].limit = spec.limit
    engine.fleet.rows[id.index].priority = Int32(clamping: spec.priority)
    engine.fleet.rows[id.index].maxconn = spec.mostAtOnce
    if spec.maxconn != nil { engine.fleet.hasLimits = true }
    engine.fleet.growing.removeAll { Int($0) == id.index }
    if spec.grows { engine.fleet.growing.append(Int32(id.index)) }
    engine.name(id, spec)
    engine.fleet.note(id)
    reshape(id)
    if restart { engine.restart(id) }
    noteAsThere()
    tellBalancer()
    if engine.callsServers, engine.waiting.head >= 0, spec.maxconn != nil,
      spec.maxconn != old.spec.maxconn
    {
      engine.callers.append(Int32(truncatingIfNeeded: id.index))
    }
  }

  private mutating func reshape(_ id: ServerID) {
    engine.reshape(id)
  }

  private func known(_ ids: [ServerID]) -> [ServerID] {
    ids.filter { engine.fleet.records.indices.contains($0.index) }
  }
}
