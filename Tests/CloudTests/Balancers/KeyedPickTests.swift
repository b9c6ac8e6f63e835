import Cloud
import Simulation
import Testing

/// What one request meets: its key, its turn without one, and what is said about it.
@Suite("Picks by a key")
struct KeyedPickTests {
  private static let servers = (1...3).map {
    ViewServer(weight: 1, address: "10.0.0.\($0):80")
  }

  /// Source: recorded from HAProxy 2.6: sdbm on these 304 keys over three equal servers.
  @Test func `without avalanche, keys that are alike go to one server`() {
    var counts = [[0, 0, 0], [0, 0, 0]]
    for (row, avalanche) in HAProxyKey.Avalanche.allCases.enumerated() {
      var balancer = HAProxyConsistent()
      balancer.avalanche = avalanche
      var bench = Bench(balancer, active: [0, 0, 0])
      let keys = (0..<300).map { "key\($0)" } + ["a", "b", "/index.html", "user:42"]
      for key in keys { counts[row][bench.choose(key: key) ?? 0] += 1 }
    }
    #expect(counts == [[210, 92, 2], [103, 81, 120]])
  }

  /// Source: recorded from nginx 1.22.1.
  @Test(arguments: [
    ("10.0.0.77", 0), ("10.0.5.1", 2), ("10.1.5.77", 1), ("192.168.1.10", 1), ("8.8.8.8", 2),
    ("2001:db8::1", 2), ("2001:db8::2", 0), ("fe80::1", 0), ("2001:db8:0:0:0:0:0:2", 0),
  ])
  func `nginx takes three bytes of IPv4, all of IPv6`(_ address: String, _ server: Int) {
    var bench = Bench(NginxIPHash(), active: [0, 0, 0])
    #expect(bench.choose(key: address) == server)
  }

  /// Source: nginx-tests, upstream_ip_hash.t: 30 addresses over two and over three servers.
  @Test(arguments: [[15, 15], [10, 10, 10]])
  func `thirty neighbouring networks are spread evenly`(_ expected: [Int]) {
    var bench = Bench(NginxIPHash(), active: expected.map { _ in 0 })
    var counts = expected.map { _ in 0 }
    for number in 1...30 { counts[bench.choose(key: "127.0.\(number).1") ?? 0] += 1 }
    #expect(counts == expected)
  }

  @Test(arguments: [
    "", "1.2.3", "1.2.3.256", "1..2.3", "1.2.3.4.5", ":", "::1::", "12345::", "1:2:3", "+1.2.3.4",
    "1:2:3:4:5:6:7:8:9", ":::", "g::1", "::ffff:1.2.3.4", "1.2.3.4:80",
  ])
  func `any text is a client`(_ text: String) {
    var bench = Bench(NginxIPHash(), active: [0, 0, 0])
    let first = bench.choose(key: text)
    #expect(first != nil && bench.choose(key: text) == first)
  }

  /// Source: nginx-tests, upstream_hash.t.
  @Test func `without a key nginx takes turns`() {
    for method in NginxHash.Method.allCases {
      var balancer = NginxHash()
      balancer.method = method
      var bench = Bench(balancer, active: [0, 0, 0])
      #expect(bench.picks(6) == [0, 1, 2, 0, 1, 2])
      #expect(bench.choose(key: "") == 0)
      #expect(bench.explain().search == "no key: 3 usable of 3, in declared order")
    }
  }

  @Test func `without a key HAProxy goes along its map or its ring`() {
    var map = Bench(HAProxyHash(), active: [0, 0, 0], weights: [5, 1, 1])
    #expect(map.picks(8) == [0, 0, 0, 1, 0, 0, 2, 0])
    var ring = Bench(HAProxyConsistent(), active: [0, 0, 0])
    var counts = [0, 0, 0]
    for server in ring.picks(48) { counts[server] += 1 }
    #expect(counts == [16, 16, 16])
    #expect(ring.random.counter == 0)
  }

  @Test func `without a key Envoy draws the hash`() {
    var bench = Bench(EnvoyRingHash(), active: [0, 0, 0])
    #expect(bench.explain().draws == 1)
    _ = bench.picks(10)
    #expect(bench.random.counter == 10)
    _ = bench.choose(key: 7)
    #expect(bench.random.counter == 10)
  }

  @Test func `HAProxy's random draws as often as it says, the last of equals wins`() {
    var balancer = HAProxyRandom()
    balancer.draws = 3
    var bench = Bench(balancer, active: [0, 0, 0, 0])
    for _ in 0..<50 {
      let explained = bench.explain()
      #expect(explained.draws == 3)
      #expect(explained.candidates.count == 3)
      #expect(explained.candidates.last?.server.index == bench.pick())
      #expect(explained.tie == "the last one drawn wins")
    }
  }

  @Test func `bounded load sends a hot key on only as far as it must`() {
    var bench = Bench(BoundedLoad(), active: [0, 0, 0, 0])
    let home = bench.choose(key: "hot") ?? 0
    for _ in 0..<400 {
      let server = bench.choose(key: "hot") ?? 0
      bench.active[server] += 1
    }
    // Each may have ⌈401 × 1.25⌉ ÷ 4 slots and is asked while it has no more than these.
    #expect(bench.active[home] == bench.active.max())
    #expect((bench.active.max() ?? 0) <= 127)
    let explained = bench.explain(key: -1)
    #expect(explained.cost == "active ÷ slots")
    #expect(explained.search.hasPrefix("the first point at or after 0x"))
  }

  @Test func `a client sticks, new ones take turns`() {
    var bench = Bench(Sticky(), active: [0, 0, 0], weights: [2, 1, 1])
    #expect((0..<4).map { bench.choose(key: $0) } == [0, 1, 2, 0])
    #expect((0..<4).map { bench.choose(key: $0) } == [0, 1, 2, 0])
    #expect(bench.explain(key: 3).search == "the client's server")
    #expect(bench.explain(key: 3).candidates.map(\.terms) == ["one of 2 clients"])
    var fork = bench
    // The server is away: the client is new; it stays where it came then.
    bench.eligible = [1, 2]
    bench.change()
    let moved = bench.choose(key: 0)
    #expect(moved != 0)
    bench.eligible = [0, 1, 2]
    bench.change()
    #expect(bench.choose(key: 0) == moved)
    #expect(fork.choose(key: 0) == 0)
    // The server is full: this request goes elsewhere, the client stays.
    fork.tried = [0]
    #expect(fork.choose(key: 0) != 0)
    #expect(fork.explain(key: 0).search.hasPrefix("s1, the client's, does not accept it: "))
    fork.tried = []
    #expect(fork.choose(key: 0) == 0)
  }

  @Test func `explanations name the point, the slot, the bucket`() {
    var bench = Bench(Ring(), servers: Self.servers)
    _ = bench.choose(key: "key0")
    let ring = bench.explain(key: -1)
    #expect(ring.search.hasPrefix("the first point at or after 0x"))
    #expect(ring.search.hasSuffix(" on a ring of 480 points"))
    #expect(ring.candidates.map { $0.terms.hasPrefix("point 0x") } == [true])
    bench.tried = [ring.chosen?.index ?? 0]
    #expect(
      bench.explain(key: -1).candidates.first?.terms.hasSuffix(", does not accept it") == true)
    var other = Bench(NginxHash(), servers: Self.servers)
    _ = other.choose(key: "key0")
    #expect(other.explain(key: -1).search == "the hash 23387 modulo the sum of weights 3")
    #expect(other.explain(key: -1).chosen?.index == 2)
  }
}
