import Cloud
import Simulation
import Testing

@Suite("Rules of those that take turns")
struct TurnRuleTests {
  private static func grpc(_ scheduler: GRPCWeighted.Scheduler) -> GRPCWeighted {
    var balancer = GRPCWeighted()
    balancer.scheduler = scheduler
    return balancer
  }

  /// First cycles for 5/1/1, 4/2/1, 3/2/1 and 10/3/3/1: recorded from nginx 1.22.1, HAProxy 2.6.12 and
  /// Apache 2.4.71; output of grpc-go's and Traefik's code.
  private static let cycles: [(any Balancer, [String])] = [
    (Nginx(), ["aabacaa", "abacaba", "abacba", "abacaadabacaabaca"]),
    (ApacheByRequests(), ["aabacaa", "abacaba", "abacba", "abacaadabacaabaca"]),
    (HAProxyRoundRobin(), ["aaabaac", "aabacab", "abacab", "aabacaabacaadabac"]),
    (HAProxyStaticRoundRobin(), ["aaabaac", "aababac", "aababc", "aabacaabacaabacad"]),
    (grpc(.edf), ["aaaaabc", "aabaabc", "abaabc", "aaabcaaabcaaaabcd"]),
    (grpc(.staticStride), ["acaabaa", "abcaaba", "abcaab", "acabaacabdaacaaba"]),
    (TraefikWeighted(), ["aaaacab", "abaabac", "ababac", "aaabcaaacbaaaacbd"]),
  ]

  @Test(arguments: cycles.indices)
  func `the first cycle`(_ row: Int) {
    let (balancer, expected) = Self.cycles[row]
    let weights: [[Double]] = [[5, 1, 1], [4, 2, 1], [3, 2, 1], [10, 3, 3, 1]]
    for (weights, cycle) in zip(weights, expected) {
      var bench = Bench(balancer, active: weights.map { _ in 0 }, weights: weights)
      let names = bench.picks(cycle.count).map { Array("abcd")[$0] }
      #expect(String(names) == cycle, "\(type(of: balancer).name) \(weights)")
    }
  }

  private static let takers: [any Balancer] = [
    Weighted(), Nginx(), NginxLeastConnections(), ApacheByRequests(), ApacheByBusyness(),
    HAProxyRoundRobin(), HAProxyStaticRoundRobin(), grpc(.edf), grpc(.staticStride),
    TraefikWeighted(), EnvoyRoundRobin(),
  ]

  @Test(
    arguments: takers.indices, [[5.0, 1, 1], [4, 3, 2], [7, 11, 13, 1], [100, 1], [1, 1, 1]])
  func `shares over cycles are the weights`(_ row: Int, _ weights: [Double]) {
    let balancer = Self.takers[row]
    var bench = Bench(balancer, active: weights.map { _ in 0 }, weights: weights)
    let total = Int(weights.reduce(0, +))
    let isRounded =
      balancer is GRPCWeighted || balancer is EnvoyRoundRobin
      || balancer is TraefikWeighted || balancer is HAProxyRoundRobin
    // Strides of 16 bits, deadlines of floating point and HAProxy's first cycle may be a pick off.
    for cycle in 1...10 {
      var counts = weights.map { _ in 0 }
      for server in bench.picks(total) { counts[server] += 1 }
      for (count, weight) in zip(counts, weights) {
        #expect(abs(count - Int(weight)) <= (isRounded ? 1 : 0), "\(type(of: balancer)) \(cycle)")
      }
    }
  }

  @Test(arguments: takers.indices)
  func `equal weights give each server one turn in n`(_ row: Int) {
    let balancer = Self.takers[row]
    for n in [1, 2, 3, 5, 8] {
      var bench = Bench(balancer, active: Array(repeating: 0, count: n))
      for _ in 0..<10 { #expect(bench.picks(n).sorted() == Array(0..<n)) }
    }
  }

  @Test(arguments: takers.indices)
  func `weights of any size trap nowhere`(_ row: Int) {
    for weights in [[1e-6, 1e9], [0.3, 0.7, 1e9], [1e-300, 1e300], [2.5, 1.5], [1e-6, 2e-6]] {
      var bench = Bench(Self.takers[row], active: weights.map { _ in 0 }, weights: weights)
      for server in bench.picks(50) { #expect(weights.indices.contains(server)) }
      bench.weights = weights.reversed()
      bench.change()
      #expect(bench.explain().chosen?.index == bench.pick())
      bench.tried = [0]
      #expect(bench.picks(5).allSatisfy { $0 > 0 })
      bench.tried = Array(weights.indices)
      #expect(bench.choose() == nil)
      #expect(bench.explain().chosen == nil)
    }
  }

  /// Source: compiled code of Traefik; three equal servers are fair in each round but no rotation.
  @Test func `equal deadlines come out as Go's heap has them`() {
    var bench = Bench(TraefikWeighted(), active: [0, 0, 0])
    #expect(bench.picks(9) == [0, 2, 1, 2, 1, 0, 1, 0, 2])
    bench = Bench(TraefikWeighted(), active: [0, 0, 0, 0, 0])
    #expect(bench.picks(10) == [0, 4, 1, 3, 2, 3, 2, 4, 0, 1])
  }

  /// Source: recorded from HAProxy 2.6.12.
  @Test func `a server that comes back waits on the wheel`() {
    var bench = Bench(HAProxyRoundRobin(), active: [0, 0, 0], weights: [5, 1, 1])
    #expect(bench.picks(9) == [0, 0, 0, 1, 0, 0, 2, 0, 0])
    bench.eligible = [0, 2]
    bench.change()
    #expect(bench.picks(12) == [0, 0, 0, 0, 2, 0, 0, 0, 0, 0, 2, 0])
    bench.eligible = [0, 1, 2]
    bench.change()
    #expect(bench.picks(7) == [0, 0, 0, 2, 0, 1, 0])
  }

  @Test func `the same weight again changes nothing on the wheel`() {
    var bench = Bench(HAProxyRoundRobin(), active: [0, 0, 0], weights: [3, 2, 1])
    _ = bench.picks(4)
    var twin = bench
    twin.change()
    #expect(twin.picks(20) == bench.picks(20))
  }

  /// Source: recorded from HAProxy 2.6.12; `option allbackups` takes turns among them.
  @Test func `the first backup serves alone, or all do`() {
    var servers = [3.0, 1, 1].map { ViewServer(weight: $0) }
    servers[1].spec.priority = 1
    servers[2].spec.priority = 1
    for balancer: any Balancer in [HAProxyRoundRobin(), HAProxyStaticRoundRobin()] {
      var bench = Bench(balancer, servers: servers)
      #expect(bench.picks(3) == [0, 0, 0])
      bench.eligible = [1, 2]
      bench.change()
      #expect(bench.picks(3) == [1, 1, 1])
      let isSet = bench.balancer.set("backups", to: .choice("all"))
      #expect(isSet)
      #expect(bench.picks(4).sorted() == [1, 1, 2, 2])
    }
  }

  @Test func `the index on the map outlasts a rebuild`() {
    var bench = Bench(HAProxyStaticRoundRobin(), active: [0, 0, 0], weights: [5, 1, 1])
    #expect(bench.picks(9) == [0, 0, 0, 1, 0, 0, 2, 0, 0])
    bench.eligible = [0, 2]
    bench.change()
    // Slot 3 of a a a a a c, so c is four picks away.
    #expect(bench.explain().candidates.first?.terms == "slot 3 of 6, 5 of them its own")
    #expect(bench.picks(4) == [0, 0, 0, 2])
  }

  @Test(arguments: [
    [5, 1, 1], [4, 2, 1], [16, 8, 4, 2, 1], [1], [3], [7, 7], [1, 2, 3, 4, 5], [50, 30, 20],
  ])
  func `a map is what the plain scores give`(_ weights: [Int]) {
    let sum = weights.reduce(0, +)
    var scores = weights.map { _ in 0 }
    var plain: [Int] = []
    for _ in 0..<sum {
      var best = 0
      var most = Int.min
      for server in weights.indices {
        scores[server] += weights[server]
        // Rounded down; scores stay above -2W.
        let value = (scores[server] + 2 * sum) / sum
        if value > most {
          most = value
          best = server
        }
      }
      scores[best] -= sum
      plain.append(best)
    }
    #expect(SlotMap(weights: weights.enumerated().map { ($0, $1) }).slots == plain)
  }

  @Test func `weights become whole and small`() {
    #expect(SlotMap.whole([50, 30, 20]) == [5, 3, 2])
    #expect(SlotMap.whole([0.5, 1.5]) == [1, 3])
    #expect(SlotMap.whole([0, 4, 2]) == [0, 2, 1])
    #expect(SlotMap.whole([]) == [])
    #expect(SlotMap.whole([1e9, 1]).reduce(0, +) <= 1 << 20 + 1)
    #expect(SlotMap.whole([.infinity, 1]).allSatisfy { $0 > 0 })
  }

  /// The heap of deadlines against the plain search for the earliest.
  @Test(arguments: [[5.0, 1, 1], [2, 3, 5, 7], [0.1, 0.2, 0.3], [17, 23, 37]])
  func `deadlines are what a plain search gives`(_ weights: [Double]) {
    for renews in [false, true] {
      var balancer: any Balancer = EnvoyRoundRobin()
      if !renews { balancer = Self.grpc(.edf) }
      var bench = Bench(balancer, active: weights.map { _ in 0 }, weights: weights)
      // Envoy's first deadlines are of weights with a margin.
      var due = weights.map { renews ? 1 / ($0 + 1e-13) : 1 / $0 }
      var numbers = Array(weights.indices)
      for turn in 0..<500 {
        var next = 0
        for server in weights.indices
        where due[server] < due[next] || due[server] == due[next] && numbers[server] < numbers[next]
        {
          next = server
        }
        #expect(bench.pick() == next)
        due[next] += 1 / weights[next]
        if renews { numbers[next] = weights.count + turn }
      }
    }
  }

  @Test func `a new server joins each rule and gets its share`() {
    for balancer in Self.takers where !(balancer is NginxLeastConnections) {
      var bench = Bench(
        balancer, active: [0, 0, 0, 0], weights: [2, 1, 1, 4], eligible: [0, 1, 2])
      _ = bench.picks(10)
      bench.eligible = [0, 1, 2, 3]
      bench.change()
      _ = bench.picks(40)
      var counts = [0, 0, 0, 0]
      for server in bench.picks(80) { counts[server] += 1 }
      for (count, share) in zip(counts, [20, 10, 10, 40]) { #expect(abs(count - share) <= 1) }
    }
  }

  /// Source: Envoy, edf_scheduler_test.cc: a schedule made with picks is one that has made them.
  @Test(arguments: [1, 7, 100, 12_345])
  func `a seed is as many turns taken`(_ seed: Int) {
    let weights = [1.0, 2, 4, 9]
    var seeded = EnvoyRoundRobin()
    seeded.seed = seed
    var fresh = Bench(EnvoyRoundRobin(), active: [0, 0, 0, 0], weights: weights)
    _ = fresh.picks(seed)
    var counts = [0, 0, 0, 0]
    var bench = Bench(seeded, active: [0, 0, 0, 0], weights: weights)
    for server in bench.picks(160) { counts[server] += 1 }
    for server in fresh.picks(160) { counts[server] -= 1 }
    #expect(counts.allSatisfy { abs($0) <= 1 })
  }

  @Test func `busyness comes before weight`() {
    var bench = Bench(ApacheByBusyness(), active: [1, 0], weights: [100, 1])
    #expect(bench.pick() == 1)
    let explained = bench.explain()
    #expect(explained.cost == "active")
    #expect(explained.candidates[1].terms == "0 active, status -100 + weight 1 = -99")
  }

  @Test func `explanations have the numbers`() {
    let weights = [5.0, 1, 1]
    func terms(_ balancer: any Balancer, after picks: Int) -> [String] {
      var bench = Bench(balancer, active: [0, 0, 0], weights: weights)
      _ = bench.picks(picks)
      return bench.explain().candidates.map(\.terms)
    }
    #expect(terms(Self.grpc(.edf), after: 2)[0] == "due at 0.6, weight 5")
    #expect(terms(Nginx(), after: 1)[0] == "credit -2 + effective weight 5 = 3")
    #expect(terms(HAProxyRoundRobin(), after: 0)[0] == "no position yet, effective weight 80")
    #expect(terms(HAProxyRoundRobin(), after: 1)[0].hasPrefix("position "))
    #expect(
      terms(GRPCWeighted(), after: 1) == [
        "generation 0, scaled weight 13107: 32767 < 52428, skipped",
        "generation 0, scaled weight 13107: 65534 ≥ 52428",
      ])
  }
}
