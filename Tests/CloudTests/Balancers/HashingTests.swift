import Cloud
import Simulation
import Testing

@Suite("Balancers that hash")
struct HashingTests {
  private static func key(_ number: Int) -> [UInt8] { Array("key\(number)".utf8) }

  /// The servers that own the first keys, by their index.
  private func owners(
    _ balancer: some Hashing, _ servers: [ViewServer], keys: Int = 2000
  ) -> [Int] {
    View.with(servers) { view in
      var balancer = balancer
      balancer.changed(.everything, in: view)
      return (0..<keys).map { number in
        balancer.owner(of: Self.key(number), in: view).map { view.id($0).index } ?? -1
      }
    }
  }

  private func servers(_ count: Int, without gone: Int? = nil) -> [ViewServer] {
    (0..<count).map { index in
      var server = ViewServer(weight: 1, address: "10.0.0.\(index + 1):80")
      server.isEligible = index != gone
      return server
    }
  }

  static let hashing: [any Hashing] = Balancers.all.compactMap { $0.init() as? any Hashing }
  /// Those by which only the keys of a server that goes find another one.
  static let consistent: [any Hashing] = [
    Ring(), Ketama(), Rendezvous(), BoundedLoad(), consistentNginx, HAProxyConsistent(),
  ]

  private static var consistentNginx: NginxHash {
    var balancer = NginxHash()
    balancer.method = .consistent
    return balancer
  }

  @Test func `twelve can be asked for owners`() {
    #expect(
      Self.hashing.map { type(of: $0).name } == [
        "ring", "ketama", "maglev", "rendezvous", "jump", "bounded-load", "nginx.hash",
        "nginx.ip-hash", "haproxy.hash", "haproxy.consistent", "envoy.ring-hash", "envoy.maglev",
      ])
  }

  @Test(arguments: hashing.indices)
  func `the owner is who is picked while everybody accepts`(_ index: Int) {
    let owners = owners(Self.hashing[index], servers(5), keys: 100)
    var bench = Bench(Self.hashing[index], servers: servers(5))
    for (number, owner) in owners.enumerated() {
      #expect(bench.choose(key: "key\(number)") == owner)
    }
  }

  @Test(arguments: consistent.indices)
  func `keys of the servers that stay do not move`(_ index: Int) {
    let before = owners(Self.consistent[index], servers(10))
    let after = owners(Self.consistent[index], servers(10, without: 4))
    var moved = 0
    for (old, new) in zip(before, after) {
      if old == 4 { moved += 1 } else { #expect(old == new) }
      #expect(new != 4)
    }
    // A tenth, within what the points allow.
    #expect((60...400).contains(moved))
  }

  /// Maglev fills its table anew.
  ///
  /// Envoy's ring has ⌈1024 ÷ 10⌉ = 103 points a server, and 114 when
  /// there are nine: 11 new ones of 114 take a tenth of 1800 keys from each other at most.
  @Test(arguments: [(Maglev() as any Hashing, 100), (EnvoyMaglev(), 100), (EnvoyRingHash(), 180)])
  func `Envoy's ring and Maglev move few other keys`(_ balancer: any Hashing, _ most: Int) {
    let before = owners(balancer, servers(10))
    let after = owners(balancer, servers(10, without: 4))
    let moved = zip(before, after).count { $0 != $1 && $0 != 4 }
    #expect(moved <= most, "\(type(of: balancer).name)")
  }

  @Test func `jump moves keys to the last server only, but in the middle nearly all`() {
    let nine = owners(Jump(), servers(9))
    let ten = owners(Jump(), servers(10))
    let moved = zip(nine, ten).filter { $0 != $1 }
    #expect(moved.allSatisfy { $0.1 == 9 })
    #expect((150...250).contains(moved.count))
    let without = owners(Jump(), servers(10, without: 0))
    #expect(zip(ten, without).count { $0 != $1 && $0 != 0 } > 1000)
  }

  @Test func `modulo moves nearly every key`() {
    let moved = zip(owners(NginxHash(), servers(9)), owners(NginxHash(), servers(10)))
      .count { $0 != $1 }
    // Nine of ten.
    #expect((1700...1900).contains(moved))
  }

  @Test(arguments: hashing.indices)
  func `each of four equal servers has its share`(_ index: Int) {
    let balancer = Self.hashing[index]
    // Texts that are no addresses spread well enough also by address.
    var counts = [0, 0, 0, 0]
    for owner in owners(balancer, servers(4), keys: 8000) { counts[owner] += 1 }
    let name = type(of: balancer).name
    let sixteenPoints = name == "haproxy.consistent"
    for count in counts {
      #expect((sixteenPoints ? 1000...3200 : 1500...2500).contains(count), "\(name) \(counts)")
    }
  }

  @Test(arguments: [
    Ring() as any Hashing, Ketama(), Maglev(), Rendezvous(), EnvoyMaglev(), EnvoyRingHash(),
    NginxHash(), HAProxyHash(),
  ])
  func `shares are weights`(_ balancer: any Hashing) {
    var servers = servers(3)
    servers[0].spec.weight = 4
    servers[1].spec.weight = 2
    servers[2].spec.weight = 2
    var counts = [0, 0, 0]
    for owner in owners(balancer, servers, keys: 8000) { counts[owner] += 1 }
    for (count, fair) in zip(counts, [4000, 2000, 2000]) {
      #expect(abs(count - fair) < fair / 5, "\(type(of: balancer).name) \(counts)")
    }
  }

  /// The ring is kept up to date by merging; built at once it is the same.
  @Test func `a ring that followed its fleet is the ring of its fleet`() {
    var fleet = servers(6)
    var ring = Ring()
    View.with(fleet) { ring.changed(.everything, in: $0) }
    for turn in 0..<20 {
      fleet[turn % 6].isEligible.toggle()
      fleet[(turn * 5 + 2) % 6].spec.weight = Double(turn % 4) + 0.5
      if turn % 3 == 0 { fleet.append(ViewServer(weight: 2)) }
      View.with(fleet) { view in
        ring.changed(.everything, in: view)
        var fresh = Ring()
        fresh.changed(.everything, in: view)
        #expect(ring.order.points == fresh.order.points)
      }
    }
  }

  @Test(arguments: hashing.indices)
  func `weights of any size harm nobody`(_ index: Int) {
    var balancer: any Balancer = Self.hashing[index]
    // Small tables: their size is not what is tested.
    _ = balancer.set("size", to: .number(101))
    _ = balancer.set("table-size", to: .number(101))
    _ = balancer.set("max-ring-size", to: .number(4096))
    for weights in [[1e-6, 1e-6], [0.3, 1e-9], [2.5, 7.25], [1e-3, 1e3]] {
      var bench = Bench(balancer, active: [0, 0], weights: weights)
      for number in 0..<20 { #expect(bench.choose(key: number) != nil) }
    }
  }

  @Test func `a weight beyond all bounds makes a ring of bounded size`() {
    for weights in [[1e9, 1], [.infinity, 1], [1e300, 1e-300]] {
      let servers = weights.map { ViewServer(weight: $0) }
      let counts = View.with(servers) { $0.pointCounts(perUnit: 160) }
      #expect(counts.allSatisfy { (1...1 << 23).contains($0) })
      #expect(counts.reduce(0, +) <= 1 << 23 + 2)
    }
  }

  @Test(arguments: hashing.indices)
  func `who does not accept is passed over, and nobody is nobody`(_ index: Int) {
    var bench = Bench(Self.hashing[index], servers: servers(5))
    for number in 0..<60 {
      bench.tried = []
      let owner = bench.choose(key: "key\(number)")
      bench.tried = [owner ?? 0]
      let second = bench.choose(key: "key\(number)")
      #expect(second != nil && second != owner)
      #expect(bench.explain(key: -1 - number).chosen?.index == second)
      bench.tried = [0, 1, 3, 4]
      #expect(bench.choose(key: "key\(number)") == 2)
      #expect(bench.explain(key: -1 - number).chosen?.index == 2)
      bench.tried = [0, 1, 2, 3, 4]
      #expect(bench.choose(key: "key\(number)") == nil)
      #expect(bench.explain(key: -1 - number).chosen == nil)
    }
  }

  /// Those of HAProxy whose requests wait for the server that is theirs, or that was drawn.
  private static let waiting: Set = ["haproxy.hash", "haproxy.consistent", "haproxy.random"]

  @Test(arguments: Balancers.all.indices.filter { !waiting.contains(Balancers.all[$0].name) })
  func `maxconn is respected by those with keys, too`(_ index: Int) {
    var bench = Bench(Balancers.all[index].init(), servers: servers(4))
    for server in 0..<4 {
      bench.servers[server].spec.maxconn = 3
      bench.servers[server].active = server == 1 ? 2 : 3
    }
    bench.change()
    for number in 0..<40 {
      let explained = bench.explain(key: number)
      #expect(bench.choose(key: number) == 1)
      #expect(explained.chosen == ServerID(1))
    }
    #expect(bench.explain(key: 3).candidates.contains { $0.server == ServerID(1) })
  }

  /// Source: HAProxy 2.6, backend.c: where the server that a request is meant for is full, the
  /// request joins that server's queue.
  @Test(arguments: Balancers.all.indices.filter { waiting.contains(Balancers.all[$0].name) })
  func `HAProxy's requests are meant for one server, full or not`(_ index: Int) {
    var free = Bench(Balancers.all[index].init(), servers: servers(4))
    var full = free
    for server in 0..<4 { full.servers[server].spec.maxconn = server == 1 ? 3 : 1 }
    for server in 0..<4 {
      free.servers[server].active = 1
      full.servers[server].active = 1
    }
    free.change()
    full.change()
    for number in 0..<40 {
      let meant = free.choose(key: number)
      let chosen = full.choose(key: number)
      if type(of: full.balancer).waitsAtServer {
        #expect(chosen == meant)
      } else {
        #expect(chosen == nil || chosen == 1)
      }
    }
  }

  @Test(arguments: [(2, 2), (4, 5), (65_537, 65_537), (65_536, 65_537), (100, 101)])
  func `a table's size is made prime`(_ asked: Int, _ size: Int) {
    var balancer = Maglev()
    balancer.size = asked
    #expect(balancer.size == size)
    var envoy = EnvoyMaglev()
    envoy.tableSize = asked
    #expect(envoy.tableSize == size)
  }
}
