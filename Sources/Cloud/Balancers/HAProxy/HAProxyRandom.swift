public import Simulation

/// HAProxy's `balance random(draws)`.
public struct HAProxyRandom: HAProxyRule {
  /// The name it is typed by.
  public static let name = "haproxy.random"
  /// What it does, in a sentence.
  public static let summary = "The less loaded of a few points drawn on its ring."
  /// What `help` says.
  public static let details = StrategyDetails(
    rule: """
      Draw d numbers of 32 bits; each finds the server of the nearest point on the ring of \
      `haproxy.consistent`, or the next along it that was not tried before. Of the servers, the \
      same one perhaps twice, take the least active ÷ weight. If it has its `maxconn`, the request \
      waits, though others may have room.
      """,
    source: "HAProxy 2.6, backend.c get_server_rnd. Weights are rounded, from 1 to 256.",
    ties: "The last drawn wins. d draws a pick.",
    failure: """
      The ring of 16 points a server is uneven, and so are the shares: three equal servers had 35, \
      30 and 35 %.
      """,
    lesson: "08")
  /// What can be set.
  public static var parameters: [Parameter<Self>] {
    [
      Parameter("draws", \.draws, in: 1...1000, "How many points are drawn."), backupParameter,
    ]
  }

  /// How many points are drawn.
  public var draws = 2

  /// Which backups serve when no other server is there.
  public var backups = HAProxyBackups.first

  package private(set) var order = HAProxyRing()

  /// With two draws.
  public init() {}

  /// Hashes the servers that are new or have another weight.
  public mutating func changed(_ changes: FleetChanges, in view: borrowing View) {
    order.follow(changes, in: view)
  }

  /// The less loaded of the servers drawn.
  public mutating func pick(
    for request: borrowing Request, from view: borrowing View, using random: inout RandomStream
  ) -> Int? {
    choose(from: view, using: &random) { _, _ in }
  }

  private func load(_ place: Int, in view: borrowing View) -> Ratio {
    let weight = view.wholeWeight(place, atMost: HAProxyMap.largestWeight)
    return Ratio(Double(view.active(place)), Double(weight))
  }

  private func choose(
    from view: borrowing View, using random: inout RandomStream, _ drawn: (Int, UInt32) -> Void
  ) -> Int? {
    var best: Int?
    for _ in 0..<max(1, draws) {
      let hash = UInt32(truncatingIfNeeded: random.next() >> 32)
      guard let found = untried(from: order.first(for: hash), in: view) else { continue }
      drawn(found, hash)
      if let best, load(best, in: view) < load(found, in: view) { continue }
      best = found
    }
    guard let best, view.accepts(best) else { return nil }
    return best
  }

  /// From a point on, the first server in the view that was not tried before; it may be full.
  private func untried(
    from first: HashRing.Step?, in view: borrowing View
  ) -> Int? {
    var step = first
    while let here = step {
      if let place = view.place(of: order.server(at: here)),
        !view.wasTried(place)
      {
        return place
      }
      step = order.next(after: here)
    }
    return nil
  }

  /// The servers drawn and their loads.
  public func explain(
    _ request: borrowing Request, from view: borrowing View, using random: RandomStream
  ) -> Explanation {
    var chance = random
    var found: [Explanation.Candidate] = []
    let chosen = choose(from: view, using: &chance) { place, hash in
      let load = load(place, in: view)
      found.append(
        Explanation.Candidate(
          server: view.id(place), cost: load.numerator / load.denominator,
          terms: """
            \(Figure.plain(load.numerator)) active ÷ weight \(Figure.plain(load.denominator)), \
            drawn by \(order.ring.text(UInt64(hash)))
            """))
    }.map { view.id($0) }
    let cost = found.first { $0.server == chosen }?.cost
    return Explanation(
      eligible: view.count, cost: "active ÷ weight",
      search: "\(draws) of \(order.ring.count) points at random",
      candidates: found,
      tie: chosen != nil && found.count(where: { $0.cost == cost }) > 1
        ? "the last one drawn wins" : nil,
      chosen: chosen, draws: Int(clamping: chance.counter &- random.counter))
  }
}
