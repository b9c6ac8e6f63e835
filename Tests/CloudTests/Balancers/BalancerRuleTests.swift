import Cloud
import Simulation
import Testing

@Suite("Rules of the balancers")
struct BalancerRuleTests {
  @Test func `round robin goes round, by server and not by place`() {
    var bench = Bench(RoundRobin(), active: [0, 0, 0, 0])
    #expect(bench.picks(6) == [0, 1, 2, 3, 0, 1])
    bench.eligible = [0, 2, 3]
    bench.change()
    #expect(bench.picks(4) == [2, 3, 0, 2])
    bench.eligible = [0, 1, 2, 3]
    bench.change()
    #expect(bench.picks(3) == [3, 0, 1])
    bench.eligible = [0]
    bench.change()
    #expect(bench.picks(2) == [0, 0])
  }

  /// Source: nginx, whose commit message gives this sequence for 5/1/1.
  @Test func `weights 5, 1, 1 give s1 s1 s2 s1 s3 s1 s1`() {
    var bench = Bench(Weighted(), active: [0, 0, 0], weights: [5, 1, 1])
    #expect(bench.picks(14) == [0, 0, 1, 0, 2, 0, 0, 0, 0, 1, 0, 2, 0, 0])
  }

  /// Source: recorded from nginx 1.22.1.
  @Test(arguments: [
    ([4.0, 3, 2], [0, 1, 2, 0, 1, 0, 2, 1, 0]),
    ([10.0, 3, 3, 1], [0, 1, 0, 2, 0, 0, 3, 0, 1, 0, 2, 0, 0, 1, 0, 2, 0]),
    ([4.0, 2, 1], [0, 1, 0, 2, 0, 1, 0]),
    ([1.0, 1, 1], [0, 1, 2]),
  ])
  func `smooth turns as nginx takes them`(_ weights: [Double], _ cycle: [Int]) {
    var bench = Bench(Weighted(), active: weights.map { _ in 0 }, weights: weights)
    #expect(bench.picks(2 * cycle.count) == cycle + cycle)
  }

  @Test(arguments: [[5.0, 1, 1], [2.5, 1.5], [7, 11, 13, 1], [100, 1], [0.25, 0.5, 0.75]])
  func `shares over a cycle are the weights`(_ weights: [Double]) {
    let quarters = weights.map { Int($0 * 4) }
    var bench = Bench(Weighted(), active: weights.map { _ in 0 }, weights: weights)
    var counts = weights.map { _ in 0 }
    for server in bench.picks(quarters.reduce(0, +)) { counts[server] += 1 }
    #expect(counts == quarters)
  }

  @Test func `weighted by cpu and by memory`() {
    var balancer = Weighted()
    balancer.by = .cpu
    var bench = Bench(balancer, active: [0, 0, 0], weights: [1, 1, 9], cpu: [5, 1, 1])
    #expect(bench.picks(7) == [0, 0, 1, 0, 2, 0, 0])
    balancer.by = .memory
    bench = Bench(balancer, active: [0, 0], memory: [1 << 30, 3 << 30])
    #expect(bench.picks(4) == [1, 0, 1, 1])
  }

  @Test func `credit stays with the server while it is away`() {
    var bench = Bench(Weighted(), active: [0, 0, 0], weights: [5, 1, 1])
    #expect(bench.picks(2) == [0, 0])
    // Credits are now -4, 2, 2.
    bench.eligible = [0, 2]
    bench.change()
    #expect(bench.picks(2) == [2, 0])
    bench.eligible = [0, 1, 2]
    bench.change()
    // s2 kept its credit of 2 and has 3 now, against 0 + 5 and -2 + 1.
    let explained = bench.explain()
    #expect(explained.candidates.map(\.terms).contains("credit 2 + weight 1 = 3"))
  }

  /// Source: nginx 1.22.1, held requests: the serpentine is real.
  @Test func `least connections breaks ties by turns among the tied only`() {
    var bench = Bench(LeastConnections(), active: [0, 0, 0])
    var order: [Int] = []
    for _ in 0..<12 {
      let server = bench.pick()
      bench.active[server] += 1
      order.append(server)
    }
    #expect(order == [0, 1, 2, 2, 1, 0, 0, 1, 2, 2, 1, 0])
  }

  @Test func `least connections weighs exactly`() {
    // 1 ÷ 3 and 2 ÷ 6 are equal, whatever division makes of them.
    let bench = Bench(LeastConnections(), active: [1, 2, 5], weights: [3, 6, 10])
    let explained = bench.explain()
    #expect(explained.tie == "smooth weighted round robin")
    #expect(explained.chosen?.index == 1)
    #expect(explained.cost == "active ÷ weight")
    #expect(explained.candidates[1].terms == "2 active ÷ weight 6, credit 0 + weight 6 = 6")
    #expect(explained.candidates[2].terms == "5 active ÷ weight 10")
  }

  @Test func `an idle farm under least connections takes turns by weight`() {
    var bench = Bench(LeastConnections(), active: [0, 0, 0], weights: [5, 1, 1])
    #expect(bench.picks(7) == [0, 0, 1, 0, 2, 0, 0])
  }

  @Test func `two choices never takes the busiest of distinct loads`() {
    var bench = Bench(TwoChoices(), active: [4, 3, 2, 1, 0])
    for _ in 0..<300 { #expect(bench.pick() != 0) }
  }

  @Test func `two choices draws two numbers, the first of equals wins`() throws {
    var bench = Bench(TwoChoices(), active: [0, 0, 0, 0, 0])
    for _ in 0..<100 {
      var twin = bench.random
      let first = twin.index(below: 5)
      let explained = bench.explain()
      #expect(explained.draws == 2)
      #expect(explained.candidates.count == 2)
      #expect(explained.candidates[0].server != explained.candidates[1].server)
      #expect(explained.tie == "the first one found wins")
      #expect(explained.search == "2 of 5 at random")
      #expect(bench.pick() == first)
    }
  }

  @Test func `every pair is drawn equally often`() {
    var bench = Bench(TwoChoices(), active: [0, 0, 0, 0])
    var pairs: [Int: Int] = [:]
    for _ in 0..<12_000 {
      let servers = bench.explain().candidates.map(\.server.index)
      pairs[servers[0] * 4 + servers[1], default: 0] += 1
      _ = bench.pick()
    }
    #expect(pairs.count == 12)
    // 1000 each; four standard deviations are 121.
    for count in pairs.values { #expect((879...1121).contains(count)) }
  }

  @Test(arguments: [1, 2, 3, 5, 9, 1000])
  func `d servers are drawn, all different`(_ d: Int) throws {
    var balancer = TwoChoices()
    balancer.d = d
    var bench = Bench(balancer, active: Array(0..<9))
    for _ in 0..<100 {
      let explained = bench.explain()
      let servers = explained.candidates.map(\.server)
      #expect(servers.count == min(d, 9))
      #expect(Set(servers).count == servers.count)
      #expect(explained.draws == min(d, 9))
      #expect(explained.chosen == servers.min())
      _ = bench.pick()
    }
  }

  @Test func `triples are drawn evenly, also in their order`() {
    var balancer = TwoChoices()
    balancer.d = 3
    var bench = Bench(balancer, active: [0, 0, 0, 0])
    var triples: [[Int]: Int] = [:]
    for _ in 0..<24_000 {
      triples[bench.explain().candidates.map(\.server.index), default: 0] += 1
      _ = bench.pick()
    }
    #expect(triples.count == 24)
    for count in triples.values { #expect((877...1123).contains(count)) }
  }

  @Test(arguments: [
    ("d", SettingValue.number(3), true), ("d", .number(0), false), ("d", .number(2.5), false),
    ("d", .number(.infinity), false), ("d", .number(.nan), false), ("d", .choice("two"), false),
    ("k", .number(2), false),
  ])
  func `d is a whole number from 1`(_ name: String, _ value: SettingValue, _ fits: Bool) {
    var balancer = TwoChoices()
    let accepted = balancer.set(name, to: value)
    #expect(accepted == fits)
    #expect(balancer.d == (fits ? 3 : 2))
  }

  @Test(arguments: [("cpu", true), ("memory", true), ("weight", true), ("zone", false)])
  func `weighted goes by one of three`(_ by: String, _ fits: Bool) {
    var balancer = Weighted()
    let accepted = balancer.set("by", to: .choice(by))
    #expect(accepted == fits)
    #expect(balancer.value(of: "by") == .choice(fits ? by : "weight"))
  }

  @Test(arguments: [
    [5.0, 1, 1], [1.0, 1, 1, 1], [0.001, 1000], [1.0, 2, 3, 4, 5], [1e-300, 1e300, 1e300],
  ])
  func `weighted random keeps to the weights, with one draw`(_ weights: [Double]) {
    var bench = Bench(WeightedRandom(), active: weights.map { _ in 0 }, weights: weights)
    var counts = weights.map { _ in 0.0 }
    for server in bench.picks(20_000) { counts[server] += 1 }
    #expect(bench.random.counter == 20_000)
    let largest = weights.max() ?? 1
    let sum = weights.reduce(0) { $0 + $1 / largest }
    for (weight, count) in zip(weights, counts) {
      let share = weight / largest / sum
      let deviation = (20_000 * share * (1 - share)).squareRoot()
      #expect(abs(count - 20_000 * share) <= 4 * deviation + 1)
    }
  }

  @Test func `weighted random follows a change of weights`() {
    var bench = Bench(WeightedRandom(), active: [0, 0], weights: [1, 1e-9])
    #expect(bench.picks(20) == Array(repeating: 0, count: 20))
    bench.weights = [1e-9, 1]
    bench.change()
    #expect(bench.picks(20) == Array(repeating: 1, count: 20))
    #expect(bench.explain().candidates[0].terms == "weight 1 of 1")
  }

  @Test func `random draws one number and says so`() {
    let explained = Bench(Random(), active: [0, 0, 0]).explain()
    #expect(explained.draws == 1)
    #expect(explained.search == "1 of 3 at random")
    #expect(explained.cost == nil)
    #expect(explained.tie == nil)
  }

  @Test func `round robin explains itself without a draw`() {
    let explained = Bench(RoundRobin(), active: [0, 0, 0]).explain()
    #expect(explained.draws == 0)
    #expect(explained.search == "the next of 3 in turn")
    #expect(explained.candidates == [Explanation.Candidate(server: ServerID(0))])
  }
}
