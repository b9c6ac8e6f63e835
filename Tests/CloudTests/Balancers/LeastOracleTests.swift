import Cloud
import Simulation
import Testing

/// Trees against plain loops over all servers, event by event.
@Suite("Fast forms against plain ones")
struct LeastOracleTests {
  /// nginx's least connections as a loop over all servers.
  private struct PlainLeastConnections {
    var credits: [Double] = []

    mutating func pick(_ bench: Bench) -> Int? {
      while credits.count < bench.servers.count { credits.append(0) }
      let accepting = bench.accepting
      func ratio(_ a: Int, isBelow b: Int) -> Bool {
        Double(bench.active[a]) * bench.weights[b] < Double(bench.active[b]) * bench.weights[a]
      }
      guard var least = accepting.first else { return nil }
      for server in accepting where ratio(server, isBelow: least) { least = server }
      let tied = accepting.filter { !ratio(least, isBelow: $0) }
      guard tied.count > 1 else { return least }
      for server in tied { credits[server] += bench.weights[server] }
      var best = tied[0]
      for server in tied where credits[server] > credits[best] { best = server }
      credits[best] -= tied.reduce(0) { $0 + bench.weights[$1] }
      return best
    }
  }

  /// Servers that lie in lines of equal keys, as HAProxy's tree has them.
  private struct PlainLeastconn {
    var line: [Int] = []

    mutating func requeue(_ server: Int) {
      line.removeAll { $0 == server }
      line.append(server)
    }

    func pick(_ bench: Bench) -> Int? {
      func key(_ server: Int) -> Int {
        let active = bench.active[server]
        return active == 0 ? 0 : (active + 1) * 4096 / Int(16 * bench.weights[server])
      }
      let accepting = line.filter { bench.accepting.contains($0) }
      guard var best = accepting.first else { return nil }
      for server in accepting where key(server) < key(best) { best = server }
      return best
    }
  }

  /// What happens to a farm, by a seed.
  private struct Farm {
    var bench: Bench
    var chance: RandomStream
    let weights: [Double]

    init(_ balancer: any Balancer, seed: UInt64, servers: Int, weights: [Double], maxconn: Int?) {
      chance = RandomStream(key: seed)
      self.weights = weights
      var made: [ViewServer] = []
      for _ in 0..<servers {
        var server = ViewServer(weight: weights[chance.index(below: weights.count)])
        if chance.index(below: 2) == 0 { server.spec.maxconn = maxconn }
        made.append(server)
      }
      bench = Bench(balancer, servers: made)
    }

    enum Happening {
      case pick
      case finish(Int)
      case changed([Int])
    }

    mutating func next() -> Happening {
      let roll = chance.index(below: 100)
      if roll < 45 {
        let busy = bench.active.indices.filter { bench.active[$0] > 0 }
        if !busy.isEmpty {
          let server = busy[chance.index(below: busy.count)]
          bench.finish(server)
          return .finish(server)
        }
      }
      if roll >= 98 {
        let server = chance.index(below: bench.servers.count)
        switch chance.index(below: 3) {
        case 0:
          bench.servers[server].isEligible.toggle()
          if bench.eligible.isEmpty { bench.servers[server].isEligible = true }
        case 1: bench.servers[server].spec.weight = weights[chance.index(below: weights.count)]
        default:
          var added = ViewServer(weight: weights[chance.index(below: weights.count)])
          added.spec.maxconn = bench.servers[server].spec.maxconn
          bench.servers.append(added)
        }
        let changed = [server, bench.servers.count - 1]
        bench.change(FleetChanges(changed.map { ServerID($0) }))
        return .changed(changed)
      }
      bench.tried = []
      if chance.index(below: 10) == 0 {
        bench.tried = (0..<2).map { _ in chance.index(below: bench.servers.count) }
      }
      return .pick
    }

    /// A picked request stays, unless it is refused on the way.
    mutating func take(_ server: Int?) {
      guard let server, chance.index(below: 8) > 0 else { return }
      bench.active[server] += 1
    }
  }

  @Test(
    arguments: [
      (1, 1, [1.0], nil), (2, 5, [1.0], nil), (3, 12, [1.0, 2, 3, 5], nil), (4, 7, [1.0, 2, 4], 2),
      (5, 20, [10.0, 3, 1], 3), (6, 9, [0.25, 0.5, 1.5, 7], nil), (7, 16, [1.0, 2], 1),
      (8, 3, [1000.0, 1], 4),
    ] as [(UInt64, Int, [Double], Int?)])
  func `least connections picks as the plain loop`(
    _ seed: UInt64, _ servers: Int, _ weights: [Double], _ maxconn: Int?
  ) {
    var farm = Farm(
      LeastConnections(), seed: seed, servers: servers, weights: weights, maxconn: maxconn)
    var plain = PlainLeastConnections()
    for turn in 0..<3000 {
      guard case .pick = farm.next() else { continue }
      let expected = plain.pick(farm.bench)
      if turn % 50 == 0 { #expect(farm.bench.explain().chosen?.index == expected) }
      let server = farm.bench.choose()
      #expect(server == expected, "seed \(seed), event \(turn)")
      guard server == expected else { return }
      farm.take(server)
    }
  }

  @Test(
    arguments: [
      (1, 1, [1.0], nil), (2, 6, [1.0], 2), (3, 12, [1.0, 2, 5], nil), (4, 9, [1.0, 256, 3], 3),
    ] as [(UInt64, Int, [Double], Int?)])
  func `leastconn picks as the plain line`(
    _ seed: UInt64, _ servers: Int, _ weights: [Double], _ maxconn: Int?
  ) {
    var farm = Farm(
      HAProxyLeastconn(), seed: seed, servers: servers, weights: weights, maxconn: maxconn)
    var plain = PlainLeastconn(line: Array(0..<servers))
    for turn in 0..<3000 {
      let before = farm.bench.weights
      switch farm.next() {
      case .finish(let server):
        if farm.bench.eligible.contains(server) { plain.requeue(server) }
      case .changed(let servers):
        let eligible = farm.bench.eligible
        let known = plain.line
        for server in servers where server < before.count && known.contains(server) {
          if before[server] != farm.bench.weights[server] { plain.requeue(server) }
        }
        plain.line.removeAll { !eligible.contains($0) }
        for server in eligible where !plain.line.contains(server) { plain.requeue(server) }
      case .pick:
        let expected = plain.pick(farm.bench)
        let server = farm.bench.choose()
        #expect(server == expected, "seed \(seed), event \(turn)")
        guard server == expected else { return }
        if let server { plain.requeue(server) }
        farm.take(server)
      }
    }
  }

  private static let costs: [(String, @Sendable (Int, Double) -> (Double, Double))] = [
    ("ipvs.wlc", { (Double($0), $1) }), ("ipvs.sed", { (Double($0) + 1, $1) }),
    ("ipvs.nq", { $0 == 0 ? (0, 1) : (Double($0) + 1, $1) }),
    ("haproxy.first", { _, _ in (0, 1) }),
    ("join-shortest-queue", { active, _ in (Double(active), 1) }),
  ]

  @Test(arguments: ["ipvs.wlc", "ipvs.sed", "ipvs.nq", "haproxy.first", "join-shortest-queue"])
  func `the least cost is found as by a loop`(_ name: String) throws {
    let cost = try #require(Self.costs.first { $0.0 == name }).1
    for seed in 1...3 as ClosedRange<UInt64> {
      var farm = Farm(
        try #require(Balancers.named(name)).init(), seed: seed, servers: 11,
        weights: [1, 2, 3, 0.5], maxconn: 2)
      for turn in 0..<1500 {
        guard case .pick = farm.next() else { continue }
        let bench = farm.bench
        func value(_ server: Int) -> (Double, Double) {
          cost(bench.active[server], bench.weights[server])
        }
        func isBelow(_ a: Int, _ b: Int) -> Bool {
          value(a).0 * value(b).1 < value(b).0 * value(a).1
        }
        let accepting = bench.accepting
        var best = accepting.first
        for server in accepting { if let least = best, isBelow(server, least) { best = server } }
        let server = farm.bench.choose()
        #expect((server == nil) == (best == nil))
        if let server, let best {
          let isSame = name == "join-shortest-queue" ? !isBelow(best, server) : server == best
          #expect(isSame, "\(name), seed \(seed), event \(turn): \(server), not \(best)")
        }
        farm.take(server)
      }
    }
  }
}

extension Bench {
  /// Servers that may take the next request.
  fileprivate var accepting: [Int] {
    eligible.filter {
      active[$0] < servers[$0].spec.maxconn ?? .max && !tried.contains($0)
    }
  }
}
