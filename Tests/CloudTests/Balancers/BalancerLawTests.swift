import Cloud
import Simulation
import Testing

@Suite("Laws of every balancer")
struct BalancerLawTests {
  static let names = Balancers.all.map { $0.name }

  private func make(_ name: String) throws -> any Balancer {
    try #require(Balancers.named(name)).init()
  }

  /// Loads and weights that leave ties and unequal servers.
  private static let active = [3, 0, 1, 0, 5, 1, 2]
  private static let weights = [5.0, 1, 1, 2.5, 3, 1, 1]

  @Test(arguments: names)
  func `explain names the server that pick returns and counts its draws`(_ name: String) throws {
    var bench = Bench(try make(name), active: Self.active, weights: Self.weights)
    for turn in 0..<200 {
      let explained = bench.explain()
      let before = bench.random.counter
      let server = bench.pick()
      #expect(explained.chosen?.index == server)
      #expect(explained.draws == Int(bench.random.counter - before))
      #expect(explained.eligible == 7)
      #expect(explained.candidates.contains { $0.server.index == server })
      bench.active[server] = turn % 4
    }
  }

  @Test(arguments: names)
  func `the least cost is chosen`(_ name: String) throws {
    var bench = Bench(try make(name), active: Self.active, weights: Self.weights)
    for _ in 0..<50 {
      let explained = bench.explain()
      let chosen = try #require(explained.candidates.first { $0.server == explained.chosen })
      #expect((chosen.cost == nil) == (explained.cost == nil))
      for other in explained.candidates { #expect((chosen.cost ?? 0) <= (other.cost ?? 0)) }
      bench.active[bench.pick()] += 1
    }
  }

  @Test(arguments: names)
  func `a pick is inside the view, also after the fleet shrinks and grows`(_ name: String) throws {
    var bench = Bench(try make(name), active: Self.active, weights: Self.weights)
    for eligible in [[0, 1, 2, 3, 4, 5, 6], [1, 4], [4], [4, 5, 6], [0, 2, 4, 6], [6]] {
      bench.eligible = eligible
      bench.change()
      for server in bench.picks(40) { #expect(eligible.contains(server)) }
    }
  }

  @Test(arguments: names)
  func `a fleet that changes behind its back harms nobody`(_ name: String) throws {
    var bench = Bench(try make(name), active: Self.active, weights: Self.weights)
    for eligible in [[0, 1, 2, 3, 4, 5, 6], [1, 4], [4], [0, 2, 4, 6]] {
      bench.eligible = eligible
      for server in bench.picks(20) { #expect(eligible.contains(server)) }
    }
  }

  @Test(arguments: names)
  func `one server takes everything`(_ name: String) throws {
    var bench = Bench(try make(name), active: [9])
    #expect(bench.picks(5) == [0, 0, 0, 0, 0])
  }

  @Test(arguments: names)
  func `a copy picks the same and leaves the original alone`(_ name: String) throws {
    var bench = Bench(try make(name), active: Self.active, weights: Self.weights)
    _ = bench.picks(5)
    var copy = bench
    let copied = copy.picks(50)
    #expect(bench.picks(50) == copied)
  }

  /// Those whose rule gives everything to one server while nothing is in flight.
  ///
  /// Of equals they take the first in declared order; least time goes by (1 + active) ÷ weight, so
  /// that the heaviest is the best of idle ones; a server that has no requests has no work left.
  private static let faithful = [
    "first", "haproxy.first", "ipvs.wlc", "ipvs.sed", "ipvs.nq", "least-work-left", "least-time",
    "nginx.least-time",
  ]

  @Test(arguments: names.filter { !faithful.contains($0) })
  func `every server gets something`(_ name: String) throws {
    var bench = Bench(try make(name), active: [0, 0, 0, 0], weights: [3, 1, 1, 1])
    #expect(Set(bench.picks(400)) == [0, 1, 2, 3])
  }

  @Test(arguments: names)
  func `names, summaries and details are there`(_ name: String) throws {
    let type = try #require(Balancers.named(name))
    #expect(name.allSatisfy { $0.isLowercase || $0.isNumber || "-.".contains($0) })
    #expect(type.summary.hasSuffix("."))
    for text in [type.details.rule, type.details.source, type.details.ties, type.details.failure] {
      #expect(!text.isEmpty)
    }
  }

  @Test func `names are told apart, unknown ones are not found`() {
    #expect(Set(Self.names).count == Self.names.count)
    #expect(Balancers.named("rondo") == nil)
  }

  @Test(arguments: names)
  func `settings are inside their own kind`(_ name: String) throws {
    let balancer = try make(name)
    for setting in type(of: balancer).settings {
      let value = try #require(balancer.value(of: setting.name))
      #expect(setting.kind.accepts(value))
    }
  }
}
