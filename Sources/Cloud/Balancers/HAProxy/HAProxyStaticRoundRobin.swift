public import Simulation

/// HAProxy's static-rr: turns by weight from a map that is made once.
public struct HAProxyStaticRoundRobin: HAProxyRule {
  /// The name it is typed by.
  public static let name = "haproxy.static-rr"
  /// What it does, in a sentence.
  public static let summary = "Turns by weight along a map of slots that stays fixed."
  /// Backups are part of its rule.
  public static var ownsPriorities: Bool { true }
  /// Nobody passes those that wait.
  public static var queuesBehind: Bool { true }
  /// What `help` says.
  public static let details = StrategyDetails(
    rule: """
      Weights are divided by their greatest common divisor; W, their sum, is the number of slots. \
      For each slot every score gains its weight, the largest floor((score + W) ÷ W) gets the slot \
      and pays W. An index walks along the slots and stays where it is when the map is made anew. \
      Weights 5, 1, 1 give s1 s1 s1 s2 s1 s1 s3. Servers of a priority above 0 are backups.
      """,
    source: "HAProxy 2.6, src/lb_map.c. Its own weights are whole, up to 256.",
    ties: "Equal values: the first in declared order. No draws.",
    failure: """
      Any change makes the whole map anew, and the index then points somewhere else in the cycle.
      """,
    lesson: "07")
  /// What can be set.
  public static var parameters: [Parameter<Self>] {
    [backupParameter]
  }

  /// Which backups serve when no other server is there.
  public var backups = HAProxyBackups.first {
    didSet { isStale = true }
  }
  /// By server, the last weight that it was seen with.
  private var weights: [Double] = []
  private var map = SlotMap(weights: [])
  private var index = 0
  private var seen = 0
  private var isStale = true

  /// At the first slot.
  public init() {}

  /// The server of the next slot; O(1).
  public mutating func pick(
    for request: borrowing Request, from view: borrowing View, using random: inout RandomStream
  ) -> Int? {
    if isStale || view.count != seen { rebuild(view) }
    if let place = walk(in: view) { return place }
    guard view.hasTaker else { return nil }
    rebuild(view)
    return walk(in: view)
  }

  /// The slots from the index on, until one whose server accepts the request.
  private mutating func walk(in view: borrowing View) -> Int? {
    let slots = map.slots
    for step in 0..<slots.count {
      let slot = slot(step)
      guard let place = view.place(of: ServerID(slots[slot])), view.accepts(place) else { continue }
      index = slot + 1
      return place
    }
    return nil
  }

  private func slot(_ step: Int) -> Int {
    let count = map.slots.count
    return ((index < count ? index : 0) + step) % count
  }

  /// The map is made anew at the next pick.
  public mutating func changed(_ changes: FleetChanges, in view: borrowing View) {
    isStale = true
  }

  /// Makes the map: O((W + n) log n).
  private mutating func rebuild(_ view: borrowing View) {
    isStale = false
    seen = view.count
    var primaries: [Int] = []
    var standbys: [Int] = []
    for place in 0..<view.count {
      let server = view.id(place).index
      while weights.count <= server { weights.append(0) }
      weights[server] = view.weight(place)
      if view.priority(place) > 0 { standbys.append(server) } else { primaries.append(server) }
    }
    if backups == .first, standbys.count > 1 { standbys.removeSubrange(1...) }
    let members = primaries.isEmpty ? standbys : primaries
    // The divisor is that of all servers there are, also of those that are out.
    let whole = SlotMap.whole(weights)
    map = SlotMap(weights: members.map { ($0, whole[$0]) })
  }

  /// The slots that were looked at.
  public func explain(
    _ request: borrowing Request, from view: borrowing View, using random: RandomStream
  ) -> Explanation {
    var picking = self
    if isStale || view.count != seen { picking.rebuild(view) }
    let before = picking
    var chance = random
    let chosen = picking.pick(for: request, from: view, using: &chance)
    var candidates: [Explanation.Candidate] = []
    let slots = before.map.slots
    if let chosen {
      let weight = slots.count { $0 == view.id(chosen).index }
      candidates.append(
        Explanation.Candidate(
          server: view.id(chosen),
          terms: "slot \(picking.index) of \(picking.map.slots.count), \(weight) of them its own"))
    }
    return Explanation(
      eligible: view.count,
      search: slots.isEmpty
        ? "no slot" : "slot \(before.slot(0) + 1) of \(slots.count), then those after it",
      candidates: candidates, chosen: chosen.map { view.id($0) }, draws: 0)
  }
}
