import Cloud
import Simulation
import Testing

/// The wheel of trees against the same rule with one list and a search of it.
@Suite("HAProxy's wheel")
struct FastWeightedTurnsTests {
  /// HAProxy's rule in its plainest form: O(n) for everything.
  private struct PlainWheel {
    enum Tree { case out, initial, current, next }

    struct Member {
      var tree = Tree.out
      var weight = 0
      var next = 0
      var last = 0
      var rest = 0
      var key = 0
      var order = 0
    }

    var members: [Member]
    var position = 0
    var turn = 0
    var order = 0

    var total: Int { members.reduce(0) { $0 + $1.weight } }

    init(_ weights: [Int]) {
      members = weights.map { _ in Member() }
      for (server, weight) in weights.enumerated() {
        members[server].weight = weight
        place(server, .initial, -weight)
      }
      position = total
      turn = total
    }

    mutating func place(_ server: Int, _ tree: Tree, _ key: Int) {
      order += 1
      members[server].tree = tree
      members[server].key = key
      members[server].order = order
    }

    mutating func queue(_ server: Int) {
      let member = members[server]
      if member.next >= min(2 * turn, turn + total) {
        members[server].next -= turn
        place(server, .next, -member.weight)
      } else {
        place(server, .current, 256 * member.next + (4096 + member.rest - member.weight) / 16)
      }
    }

    mutating func set(_ server: Int, _ weight: Int) {
      let old = members[server].weight
      guard old != weight else { return }
      members[server].weight = weight
      if weight == 0 {
        members[server].tree = .out
      } else if old == 0 {
        members[server].next = position + (total + turn - position) / weight
        queue(server)
      } else if members[server].tree == .initial {
        place(server, .initial, -weight)
      } else {
        var member = members[server]
        if member.tree == .next { member.next += turn }
        member.next = min(member.next, member.last + total / weight)
        if member.next < position + 2 { member.next = position + total / weight }
        member.rest = 0
        members[server] = member
        queue(server)
      }
    }

    func first(_ tree: Tree) -> Int? {
      members.indices.filter { members[$0].tree == tree }
        .min { (members[$0].key, members[$0].order) < (members[$1].key, members[$1].order) }
    }

    mutating func pick() -> Int {
      if turn == 0 {
        turn = total
        position = total
      }
      var found = first(.current)
      if let server = found, members[server].next <= position {
      } else if let server = first(.initial) {
        members[server].next = 0
        members[server].rest = 0
        found = server
      }
      guard let server = found else {
        for index in members.indices where members[index].tree == .next {
          members[index].tree = .initial
        }
        turn = total
        position = total
        return pick()
      }
      let weight = members[server].weight
      if members[server].next == 0 { members[server].next = position }
      members[server].last = members[server].next
      members[server].next += total / weight
      members[server].rest += total % weight
      if members[server].rest >= weight {
        members[server].rest -= weight
        members[server].next += 1
      }
      position += 1
      queue(server)
      return server
    }
  }

  @Test(arguments: 0..<8)
  func `trees pick what a plain search picks`(_ seed: UInt64) {
    var random = RandomStream(key: seed)
    let count = 2 + random.index(below: 5)
    let weights = (0..<count).map { _ in 1 + random.index(below: 9) }
    var plain = PlainWheel(weights.map { 16 * $0 })
    var bench = Bench(
      HAProxyRoundRobin(), active: weights.map { _ in 0 }, weights: weights.map { Double($0) })
    for _ in 0..<400 {
      let server = random.index(below: count)
      switch random.index(below: 12) {
      case 0 where bench.eligible.count > 1 || bench.eligible != [server]:
        bench.servers[server].isEligible = false
      case 1: bench.servers[server].isEligible = true
      case 2: bench.servers[server].spec.weight = Double(1 + random.index(below: 256))
      default: break
      }
      let isIn = bench.servers[server].isEligible
      bench.change()
      plain.set(server, isIn ? 16 * Int(bench.servers[server].spec.effectiveWeight) : 0)
      #expect(bench.pick() == plain.pick())
    }
  }

  /// HAProxy's own rule is a pick off with 7, 11, 13, 1 in its first cycle, and then never again.
  @Test(arguments: [[7.0, 11, 13, 1], [5, 1, 1], [1, 2, 3, 4, 5], [2, 3, 5, 7]])
  func `after the first cycle shares are the weights, cycle by cycle`(_ weights: [Double]) {
    var bench = Bench(HAProxyRoundRobin(), active: weights.map { _ in 0 }, weights: weights)
    let total = Int(weights.reduce(0, +))
    _ = bench.picks(total)
    for _ in 0..<15 {
      var counts = weights.map { _ in 0 }
      for server in bench.picks(total) { counts[server] += 1 }
      #expect(counts == weights.map { Int($0) })
    }
  }
}
