import Cloud
import Simulation
import Testing

@Suite("Balancers that see a part")
struct SubsetTests {
  private func seen(_ balancer: any Balancer, of servers: Int, weights: [Double] = []) -> Set<Int> {
    var bench = Bench(
      balancer, active: [Int](repeating: 0, count: servers), weights: weights)
    return Set(bench.picks(40 * servers))
  }

  @Test(arguments: [
    (12, 4, 6), (10, 4, 5), (9, 6, 3), (12, 12, 1), (6, 4, 3), (10, 5, 3), (7, 3, 2), (5, 1, 1),
    (3, 7, 2),
  ])
  func `every server is seen by equally many instances, or one more`(
    _ servers: Int, _ instances: Int, _ width: Int
  ) {
    var counts = [Int](repeating: 0, count: servers)
    let size = min(servers, max(width, (servers + instances - 1) / instances))
    for instance in 0..<instances {
      var balancer = Aperture()
      balancer.instance = instance
      balancer.instances = instances
      balancer.width = width
      let seen = seen(balancer, of: servers)
      #expect(seen.count == size)
      for server in seen { counts[server] += 1 }
    }
    let even = instances * size / servers
    #expect(counts.allSatisfy { $0 == even || $0 == even + 1 })
    if instances * size % servers == 0 { #expect(counts.allSatisfy { $0 == even }) }
  }

  @Test func `an instance takes the less busy of two it sees`() {
    var balancer = Aperture()
    balancer.instance = 1
    balancer.instances = 2
    balancer.width = 2
    var bench = Bench(balancer, active: [0, 0, 7, 4])
    #expect(bench.picks(20) == [Int](repeating: 3, count: 20))
    #expect(
      bench.explain().search == "2 at random of the 2 of 4 that instance 1 of 2 sees, s3..s4")
    #expect(bench.explain().draws == 2)
  }

  @Test func `Finagle's aperture covers what it is wide enough for`() {
    var balancer = FinagleAperture()
    balancer.instance = 1
    balancer.instances = 5
    balancer.aperture = 3
    // 3 of 10 is 1.5 instances, so 2 of 5: from 0.2 to 0.6 of the ring.
    #expect(seen(balancer, of: 10) == [2, 3, 4, 5])
    balancer.instance = 4
    #expect(seen(balancer, of: 10) == [8, 9, 0, 1], "around the end")
    balancer.instance = 0
    balancer.aperture = 1
    #expect(seen(balancer, of: 3, weights: [8, 1, 1]) == [0], "0.4 of the ring, all the first's")
  }

  @Test func `a pair is drawn by weight, never the same twice`() {
    let pair = WeightedPair([0, 1, 0, 3, 0])
    #expect(pair.positive == 2)
    for number in [0.0, 0.2499, 0.25, 0.999] {
      let first = pair.first(number)
      #expect(first == (number < 0.25 ? 1 : 3))
      #expect(pair.second(number, after: first) == (first == 1 ? 3 : 1))
    }
    #expect(WeightedPair([0, 2]).second(0.5, after: 1) == nil)
  }

  @Test func `weights from tiny to huge keep shares finite`() {
    let shares = ApertureWeights.shares([1e-6, 1e9, .greatestFiniteMagnitude])
    #expect(shares.allSatisfy { $0.isFinite && $0 >= 0 })
    #expect(ApertureWeights.shares([0, 0]) == [0.5, 0.5])
    #expect(ApertureWeights.width(aperture: 0, instances: 0, servers: 0) == 1)
  }
}
