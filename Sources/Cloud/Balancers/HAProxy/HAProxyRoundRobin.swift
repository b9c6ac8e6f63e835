public import Simulation

/// HAProxy's roundrobin: smooth turns by weight that may change on the fly.
public struct HAProxyRoundRobin: HAProxyRule {
  /// The name it is typed by.
  public static let name = "haproxy.roundrobin"
  /// What it does, in a sentence.
  public static let summary = "Turns by weight on a wheel of positions."
  /// Backups are part of its rule.
  public static var ownsPriorities: Bool { true }
  /// Nobody passes those that wait.
  public static var queuesBehind: Bool { true }
  /// The first backup, when it serves alone, has a queue of its own.
  public static var waitsAtServer: Bool { true }
  /// What `help` says.
  public static let details = StrategyDetails(
    rule: """
      A server of effective weight w = 16 × weight has a turn every W ÷ w positions of a wheel, W \
      being the sum, with remainders carried: position += W ÷ w. Whose position is reached is next, \
      else the heaviest without a position. One that comes up waits from position p to \
      p + (2W - p) ÷ w, about. Weights 5, 1, 1 give s1 s1 s1 s2 s1 s1 s3. Servers of a priority \
      above 0 are backups.
      """,
    source: "HAProxy 2.6, src/lb_fwrr.c. Its own weights are whole, up to 256.",
    ties: "Equal positions: the heavier, then the one queued first. No draws.",
    failure: """
      A server that comes up may wait for long in a large farm, for a whole turn at worst; the \
      first cycle may be a pick off the weights.
      """,
    lesson: "07")
  /// What can be set.
  public static var parameters: [Parameter<Self>] {
    [backupParameter]
  }

  /// Which backups serve when no other server is there.
  public var backups = HAProxyBackups.first
  private var actives = FastWeightedTurns()
  private var standbys = FastWeightedTurns()
  /// How many servers are known to be in the view.
  private var count = 0
  private var isConfigured = false

  /// An empty wheel.
  public init() {}

  /// The next on the wheel; O(log n).
  public mutating func pick(
    for request: borrowing Request, from view: borrowing View, using random: inout RandomStream
  ) -> Int? {
    if view.count != count { changed(.everything, in: view) }
    if let place = turn(in: view) { return place }
    guard view.hasTaker else { return nil }
    changed(.everything, in: view)
    return turn(in: view)
  }

  private mutating func turn(in view: borrowing View) -> Int? {
    if actives.count > 0 { return actives.pick(in: view) }
    return backups == .first ? backups.first(in: view) : standbys.pick(in: view)
  }

  /// Tells the wheel who went, then who came or has another weight, in declared order; O(log n) each.
  public mutating func changed(_ changes: FleetChanges, in view: borrowing View) {
    let servers = changes.servers(in: view)
    for server in servers where view.place(of: server) == nil { remove(server.index) }
    for server in servers {
      guard let place = view.place(of: server) else { continue }
      let server = server.index
      if view.priority(place) > 0 {
        if actives.weight(of: server) > 0 { actives.remove(server) }
        follow(server, view.weight(place), in: \.standbys)
      } else {
        if standbys.weight(of: server) > 0 { standbys.remove(server) }
        follow(server, view.weight(place), in: \.actives)
      }
    }
    count = view.count
    isConfigured = true
  }

  private mutating func remove(_ server: Int) {
    if actives.weight(of: server) > 0 { actives.remove(server) }
    if standbys.weight(of: server) > 0 { standbys.remove(server) }
  }

  private mutating func follow(
    _ server: Int, _ weight: Double, in group: WritableKeyPath<Self, FastWeightedTurns>
  ) {
    let weight = FastWeightedTurns.effective(weight)
    let known = self[keyPath: group].weight(of: server)
    guard known != weight else { return }
    if known > 0 {
      self[keyPath: group].reweigh(server, to: weight)
    } else if isConfigured {
      self[keyPath: group].add(server, weight: weight)
    } else {
      self[keyPath: group].configure(server, weight: weight)
    }
  }

  /// Where each server is on the wheel.
  public func explain(
    _ request: borrowing Request, from view: borrowing View, using random: RandomStream
  ) -> Explanation {
    var picking = self
    var chance = random
    if view.count != count { picking.changed(.everything, in: view) }
    let before = picking
    let chosen = picking.pick(for: request, from: view, using: &chance)
    let isBackup = chosen.map { view.priority($0) > 0 } ?? false
    let group = isBackup ? before.standbys : before.actives
    var candidates: [Explanation.Candidate] = []
    for place in 0..<view.count
    where (view.priority(place) > 0) == isBackup && (view.accepts(place) || place == chosen) {
      let server = view.id(place)
      candidates.append(Explanation.Candidate(server: server, terms: group.terms(server.index)))
    }
    return Explanation(
      eligible: view.count,
      search: isBackup && backups == .first ? "the first backup" : group.state,
      candidates: candidates, chosen: chosen.map { view.id($0) }, draws: 0)
  }
}

/// Which of HAProxy's backup servers serve when no other server is there.
public enum HAProxyBackups: String, CaseIterable, Sendable {
  /// The first one alone.
  case first
  /// All of them, in turn: `option allbackups`.
  case all

  /// The place of the first backup, for which requests wait when it is full; nil when there is none or
  /// it was tried before.
  func first(in view: borrowing View) -> Int? {
    for place in 0..<view.count where view.priority(place) > 0 {
      return view.wasTried(place) ? nil : place
    }
    return nil
  }
}
