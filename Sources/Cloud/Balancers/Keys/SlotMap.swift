/// HAProxy's map of slots: each server has as many as its weight, spread over the cycle.
///
/// For each slot every score gains its weight, the largest floor((score + W) ÷ W) gets the slot, the
/// first of equals, and pays W. That number changes only when a score passes a multiple of W, so a
/// heap of these changes makes W slots in O((W + n) log n).
///
/// Source: HAProxy 2.6, src/lb_map.c.
package struct SlotMap: Sendable {
  /// The server of each slot.
  package let slots: [Int]

  /// The map of servers and their whole, positive weights; servers in declared order.
  package init(weights: [(server: Int, weight: Int)]) {
    let sum = weights.reduce(0) { $0 + $1.weight }
    var slots: [Int] = []
    slots.reserveCapacity(sum)
    // Each server's floor(score ÷ W), negative so that the largest is first.
    var levels = ServerHeap<Ranked<Int>>()
    // By slot, the servers whose score passes a multiple of W there, as linked lists.
    var passing = [Int](repeating: -1, count: sum)
    var following = [Int](repeating: -1, count: weights.count)
    var passed = [Int](repeating: 0, count: weights.count)
    var taken = [Int](repeating: 0, count: weights.count)
    func awaitPass(_ member: Int) {
      let weight = weights[member].weight
      let slot = ((passed[member] + 1) * sum + weight - 1) / weight - 1
      guard slot < sum else { return }
      following[member] = passing[slot]
      passing[slot] = member
    }
    for member in weights.indices {
      levels.push(member, Ranked(value: 0, number: member))
      awaitPass(member)
    }
    for slot in 0..<sum {
      var member = passing[slot]
      while member >= 0 {
        let after = following[member]
        passed[member] += 1
        levels.move(member, to: Ranked(value: taken[member] - passed[member], number: member))
        awaitPass(member)
        member = after
      }
      guard let best = levels.first else { break }
      taken[best] += 1
      levels.move(best, to: Ranked(value: taken[best] - passed[best], number: best))
      slots.append(weights[best].server)
    }
    self.slots = slots
  }

  /// The most slots a map has, unless there are more servers.
  private static let most = 0x1p20

  /// Whole weights in the same proportion, divided by their greatest common divisor; a weight of 0
  /// stays 0.
  ///
  /// Fractions are rounded to sixteenths, and where the sum is above 2²⁰ the weights are rounded to
  /// that sum; no weight becomes 0.
  package static func whole(_ weights: [Double]) -> [Int] {
    var unit = weights.allSatisfy { $0 == $0.rounded() } ? 1.0 : 16.0
    let largest = weights.max() ?? 0
    if !(largest * unit < 0x1p40) { unit = 0x1p40 / largest }
    func scaled(_ weight: Double) -> Int {
      let exact = weight * unit
      return weight > 0 ? exact > 1 ? Int(min(exact, 0x1p40).rounded()) : 1 : 0
    }
    var whole = weights.map { scaled($0) }
    let divisor = max(1, whole.reduce(0) { greatestCommonDivisor($0, $1) })
    whole = whole.map { $0 / divisor }
    let sum = whole.reduce(0.0) { $0 + Double($1) }
    guard sum > most else { return whole }
    unit = most / sum
    return whole.map { $0 > 0 ? max(1, Int((Double($0) * unit).rounded())) : 0 }
  }

  private static func greatestCommonDivisor(_ a: Int, _ b: Int) -> Int {
    var (a, b) = (a, b)
    while b != 0 { (a, b) = (b, a % b) }
    return a
  }
}
