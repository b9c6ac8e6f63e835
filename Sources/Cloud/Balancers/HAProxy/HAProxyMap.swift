/// HAProxy's map of servers: as many slots as the sum of weights, in the order in which they take
/// turns.
///
/// For each slot every server's score rises by its weight; the largest whole part of
/// (score + sum) ÷ sum wins, the first of equals, and its score falls by the sum. Weights are divided
/// by their greatest common divisor, so the map of equal servers is their list. Source: HAProxy,
/// lb_map.c. Building is O(servers × slots), unless all weights are equal: then O(servers).
struct HAProxyMap: Sendable {
  /// The largest weight that HAProxy takes.
  static let largestWeight = 256

  private(set) var slots: [ServerID] = []
  private var servers: [ServerID] = []
  private var weights: [Int] = []

  /// Builds the map anew, unless servers and weights are the same.
  mutating func follow(_ view: borrowing View) {
    var servers: [ServerID] = []
    for place in 0..<view.count { servers.append(view.id(place)) }
    let weights = view.wholeWeights(atMost: Self.largestWeight)
    guard servers != self.servers || weights != self.weights else { return }
    self.servers = servers
    self.weights = weights
    slots = Self.turns(weights).map { servers[$0] }
  }

  /// Who has each slot, by place.
  static func turns(_ weights: [Int]) -> [Int] {
    let divisor = max(1, weights.reduce(0, commonDivisor))
    let shares = weights.map { $0 / divisor }
    let sum = shares.reduce(0, +)
    guard sum > weights.count else { return Array(weights.indices) }
    var scores = [Int](repeating: 0, count: weights.count)
    return (0..<sum).map { _ in
      var best = 0
      var most = -1
      for place in shares.indices {
        scores[place] += shares[place]
        let value = (scores[place] + sum) / sum
        if value > most {
          best = place
          most = value
        }
      }
      scores[best] -= sum
      return best
    }
  }

  private static func commonDivisor(_ a: Int, _ b: Int) -> Int {
    var (a, b) = (a, b)
    while b != 0 { (a, b) = (b, a % b) }
    return a
  }
}

extension HAProxyMap: KeyOrder {
  /// A slot, and where the walk began.
  struct Step {
    var slot: Int
    let start: Int
  }

  func first(for hash: UInt32) -> Step? {
    guard !slots.isEmpty else { return nil }
    let slot = Int(hash) % slots.count
    return Step(slot: slot, start: slot)
  }

  func next(after step: Step) -> Step? {
    let slot = step.slot + 1 < slots.count ? step.slot + 1 : 0
    return slot == step.start ? nil : Step(slot: slot, start: step.start)
  }

  func server(at step: Step) -> ServerID { slots[step.slot] }

  func search(for hash: UInt32) -> String {
    "slot \(hash) mod \(slots.count) = \(Int(hash) % max(1, slots.count)) of the map"
  }

  func terms(at step: Step) -> String { "slot \(step.slot)" }
}
