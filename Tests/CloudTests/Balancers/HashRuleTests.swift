import Cloud
import Simulation
import Testing

/// A few telling answers of the products, restated.
@Suite("Rules of the hashes")
struct HashRuleTests {
  private func servers(_ addresses: [String]) -> [ViewServer] {
    addresses.map { ViewServer(weight: 1, address: $0) }
  }

  /// Source: Envoy, ring_hash_lb_test.cc, UnevenHosts: two servers, three points at least.
  @Test func `Envoy's ring has whole points for the smallest weight`() {
    var balancer = EnvoyRingHash()
    balancer.minRingSize = 3
    View.with(servers(["127.0.0.1:80", "127.0.0.1:81"])) { balancer.changed(.everything, in: $0) }
    #expect(
      balancer.order.points.map(\.hash) == [
        5_454_692_015_285_649_509, 7_859_399_908_942_313_493, 13_838_424_394_637_650_569,
        16_064_866_803_292_627_174,
      ])
    #expect(balancer.order.points.map(\.server) == [0, 1, 0, 1])
  }

  /// Source: Envoy, maglev_lb_test.cc, Basic, and its retries for the hash 10.
  @Test func `Envoy's Maglev table and its retries`() throws {
    var balancer = EnvoyMaglev()
    balancer.tableSize = 7
    View.with(servers((90...95).map { "127.0.0.1:\($0)" })) {
      balancer.changed(.everything, in: $0)
    }
    #expect(balancer.order.slots == [2, 4, 0, 1, 5, 0, 3])
    let first = try #require(balancer.order.first(for: 10))
    let second = try #require(balancer.order.next(after: first))
    let third = try #require(balancer.order.next(after: second))
    #expect([first, second, third].map { balancer.order.server(at: $0).index } == [1, 0, 5])
  }

  /// Source: Envoy, bounded_load_hlb_test.cc.
  @Test(arguments: [(2, [2, 1, 0, 4, 3]), (6, [4, 0, 2, 3, 1]), (7, [0, 1, 4, 3, 2])])
  func `a detour is the hash's own`(_ seed: Int, _ order: [Int]) {
    #expect(Array(SeededShuffle(5, seed: UInt32(seed))) == order)
  }

  @Test func `a detour of nobody is none`() {
    #expect(Array(SeededShuffle(0, seed: 1)).isEmpty)
    #expect(SeededShuffle.detour(from: nil, among: 0, hash: 1) { _ in 0 } == nil)
    #expect(SeededShuffle.detour(from: 1, among: 3, hash: 1) { _ in nil } == nil)
    #expect(SeededShuffle.detour(from: 1, among: 3, hash: 1) { [3.0, 2, 2][$0] } == 1)
  }

  /// Source: java-memcached-client, KetamaNodeLocatorTest.java.
  @Test(arguments: [
    ("dustin", 0), ("noelani", 2), ("some other key", 0), ("V5XS8C8N", 3), ("L9KH6X4X", 3),
  ])
  func `ketama on four servers`(_ key: String, _ server: Int) {
    var bench = Bench(Ketama(), servers: servers((0..<4).map { "127.0.0.1:\(10_000 + $0)" }))
    #expect(bench.choose(key: key) == server)
  }

  /// Source: golden values of Guava's HashingTest, a hundred buckets.
  @Test func `jump hash of 0 to 9`() {
    let buckets = (0..<10).map { Buckets.bucket(of: $0, among: 100) }
    #expect(buckets == [0, 55, 62, 8, 45, 59, 86, 97, 82, 59])
    #expect(Buckets.bucket(of: 2, among: 100_001) == 80_343)
    #expect(Buckets.bucket(of: .max, among: 1) == 0)
  }

  /// Source: Pingora's tests, which agree with nginx.
  @Test(arguments: [
    ("/some/path", 1), ("/some/longer/path", 0), ("/sad/zaidoon", 1), ("/g", 0),
    ("/i/am/not/confident/in/this/code", 0),
  ])
  func `nginx hash consistent on two servers`(_ key: String, _ server: Int) {
    var balancer = NginxHash()
    balancer.method = .consistent
    var bench = Bench(balancer, servers: servers(["127.0.0.1:7777", "127.0.0.1:7778"]))
    #expect(bench.choose(key: key) == server)
  }

  /// Source: recorded from HAProxy 2.6, sdbm and djb2 without avalanche over three equal servers.
  @Test(arguments: [
    (HAProxyKey.Function.sdbm, [0, 1, 2, 0, 1, 2]), (.djb2, [2, 0, 1, 2, 0, 1]),
    (.wt6, [0, 1, 2, 0, 0, 0]), (.crc32, [2, 1, 1, 0, 0, 1]),
  ])
  func `HAProxy's map for key0 to key5`(_ function: HAProxyKey.Function, _ expected: [Int]) {
    var balancer = HAProxyHash()
    balancer.hash = function
    var bench = Bench(balancer, active: [0, 0, 0])
    #expect((0...5).map { bench.choose(key: "key\($0)") } == expected)
  }

  /// Source: recorded from HAProxy 2.6, hash-balance-factor 150, all requests held.
  @Test func `HAProxy's bounded loads pass a hot key on along the ring`() {
    var balancer = HAProxyConsistent()
    balancer.balanceFactor = 150
    var bench = Bench(balancer, active: [0, 0, 0, 0])
    let keys = ["key0", "key0", "key29", "key0", "key12", "key0", "key0", "key11", "key0", "key0"]
    var chosen: [Int] = []
    for key in keys {
      chosen.append(bench.choose(key: key) ?? -1)
      bench.active[chosen.last ?? 0] += 1
    }
    #expect(chosen == [1, 0, 3, 1, 3, 0, 1, 3, 1, 0])
    let explained = bench.explain(key: -1)
    #expect(explained.candidates.allSatisfy { $0.terms.contains(" slots") })
  }
}
