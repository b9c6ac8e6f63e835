import Simulation

/// What can be found out about a balancer by asking it, on the servers there are now.
public enum BalancerFacts: Hashable, Sendable {
  /// It goes by keys.
  ///
  /// By server, the share of 10 000 keys; then the share of keys that move when the last server
  /// leaves, and how many of those had no need to, their server being still there.
  case keys(shares: [Share], moved: Double, needless: Double)
  /// It goes by turns: its first picks on idle servers, and after how many they repeat, if they do.
  case turns(first: [ServerID], cycle: Int?)
  /// It draws so many numbers a pick, on idle servers.
  case draws(Int)

  /// A server and its share.
  public struct Share: Hashable, Sendable {
    /// Which one.
    public var server: ServerID
    /// From 0 to 1.
    public var share: Double
  }
}

extension World {
  /// What a balancer that begins now would do on the present servers; nil when there are none.
  ///
  /// The world is not changed. O(keys × lookup) or O(2000 picks).
  public func facts(of balancer: any Balancer) -> BalancerFacts? {
    var engine = engine
    engine.fleet.listEligible(Fleet.Listing())
    guard !engine.fleet.eligible.isEmpty else { return nil }
    for index in engine.fleet.actives.indices { engine.fleet.actives[index] = 0 }
    if let hashing = balancer as? any Hashing { return Self.keyFacts(hashing, &engine) }
    return Self.turnFacts(balancer, &engine)
  }

  private static let keys = 10_000

  private static func owners(_ balancer: any Hashing, _ engine: inout Engine) -> [ServerID?] {
    var asked = balancer
    let view = engine.lend().view(at: engine.clock)
    asked.changed(.everything, in: view)
    return (0..<keys).map { key in
      asked.owner(of: Array("\(key)".utf8), in: view).map { view.id($0) }
    }
  }

  private static func keyFacts(_ balancer: any Hashing, _ engine: inout Engine) -> BalancerFacts {
    let before = owners(balancer, &engine)
    let servers = engine.fleet.eligible.map { ServerID(Int($0)) }
    var counts: [Int: Int] = [:]
    for owner in before { if let owner { counts[owner.index, default: 0] += 1 } }
    let shares = servers.map {
      BalancerFacts.Share(server: $0, share: Double(counts[$0.index] ?? 0) / Double(keys))
    }
    guard let last = servers.last, servers.count > 1 else {
      return .keys(shares: shares, moved: 0, needless: 0)
    }
    engine.fleet.rows[last.index].standing = .down
    engine.fleet.listEligible(Fleet.Listing())
    let after = owners(balancer, &engine)
    let pairs = zip(before, after)
    let moved = pairs.count { $0 != $1 }
    let needless = pairs.count { $0 != $1 && $0 != last }
    return .keys(
      shares: shares, moved: Double(moved) / Double(keys),
      needless: Double(needless) / Double(keys))
  }

  private static func turnFacts(_ balancer: any Balancer, _ engine: inout Engine) -> BalancerFacts {
    var asked = balancer
    var random = engine.choices
    let before = random.counter
    let view = engine.lend().view(at: engine.clock)
    asked.changed(.everything, in: view)
    var picks: [ServerID] = []
    for number in 1...UInt64(2000) {
      let request = Request(
        id: RequestID(number: number), time: view.now, work: .milliseconds(100))
      guard let place = asked.pick(for: request, from: view, using: &random) else { break }
      picks.append(view.id(place))
      // Answered at once, so that the next one finds idle servers.
      asked.finished(request, on: view.id(place), .answered, after: .milliseconds(100))
      let drawn = Int(clamping: random.counter &- before)
      if drawn > 0 { return .draws(drawn) }
    }
    let cycle = (1...500).first { length in
      picks.count >= 2 * length
        && picks.indices.dropFirst(length).allSatisfy {
          picks[$0] == picks[$0 - length]
        }
    }
    return .turns(first: Array(picks.prefix(24)), cycle: cycle)
  }
}
