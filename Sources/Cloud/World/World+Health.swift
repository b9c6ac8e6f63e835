public import Simulation

/// Whether a server is offered requests, by somebody's order.
public enum Standing: String, CaseIterable, Hashable, Sendable, BitwiseCopyable {
  /// As its health says.
  case up
  /// Only when those that are well are not enough.
  case degraded
  /// Nothing new; it finishes what it has.
  case drain
  /// Nothing new, as if it failed its checks; what it has goes on.
  case down
}

extension World {
  /// Sets servers aside, or takes them back; the balancer is told at once.
  public mutating func set(_ ids: [ServerID], _ standing: Standing) {
    // What it was configured with is known before it changes.
    tellBalancer()
    var wasDrained = false
    for id in ids where engine.fleet.records.indices.contains(id.index) {
      if engine.fleet.rows[id.index].standing == .drain { wasDrained = true }
      engine.fleet.rows[id.index].standing = standing
      engine.fleet.note(id)
    }
    if wasDrained { noteAsThere() }
    if standing == .degraded { engage() }
    tellBalancer()
  }

  /// Whether the present balancer can tell degraded servers from others: not where levels of servers,
  /// or backups, are part of its own rule.
  public var knowsDegraded: Bool {
    !type(of: balancer).ownsPriorities && balancer.standbys == nil
  }

  /// Lets the balancer, as it is now, work behind the proxy.
  private mutating func engage() {
    guard knowsDegraded, !(dispatcher is ProxiedBalancer) else { return }
    dispatcher = ProxiedBalancer(dispatcher, proxy)
    engine.fleet.changes = .everything
    engine.fleet.changed = true
  }

  /// Makes servers answer a share of their requests with an error, after so much work; 0 cures them.
  public mutating func fail(_ ids: [ServerID], share: Double, after work: Duration) {
    for id in ids where engine.fleet.records.indices.contains(id.index) {
      engine.fail(id, share: share, after: work)
    }
  }

  /// Lets the balancer know now what changed, so that two changes without a request between them
  /// are two.
  mutating func tellBalancer() {
    guard engine.fleet.changed else { return }
    dispatcher.follow(&engine)
  }

  /// Lists servers that were there all the time, though nothing went to them, before the balancer is
  /// told: they do not come back and call for what waits.
  mutating func noteAsThere() {
    engine.refreshEligible()
    engine.fleet.changed = true
  }

  /// The number of a key that is a text: of a number in decimal that number, else a negative one.
  public mutating func key(named text: String) -> Int {
    if let number = Int(text), number >= 0, String(number) == text { return number }
    let bytes = Array(text.utf8)
    if let place = engine.names.place(of: bytes) { return -1 - place }
    engine.names = engine.names.adding(bytes)
    return -1 - (engine.names.keyCount - 1)
  }
}

extension Balancer {
  fileprivate mutating func follow(_ engine: inout Engine) { engine.tellChanges(to: &self) }
}
