/// Draws two different things, each time as likely as its share of what is left.
package struct WeightedPair: Sendable {
  /// The sums of the weights up to and with each.
  private let sums: [Double]
  /// How many have a weight at all.
  package let positive: Int

  /// A table over weights that are not negative; O(n).
  package init(_ weights: [Double]) {
    var sum = 0.0
    sums = weights.map {
      sum += $0
      return sum
    }
    positive = weights.count { $0 > 0 }
  }

  /// How many there are, with a weight or without.
  package var count: Int { sums.count }

  private func start(_ index: Int) -> Double { index > 0 ? sums[index - 1] : 0 }

  /// The first whose sum is beyond a position; O(log n).
  private func index(at position: Double) -> Int {
    var low = 0
    var high = sums.count - 1
    while low < high {
      let middle = (low + high) / 2
      if sums[middle] > position { high = middle } else { low = middle + 1 }
    }
    return low
  }

  /// The one that a number in [0, 1) stands for.
  package func first(_ number: Double) -> Int { index(at: number * (sums.last ?? 0)) }

  /// Another one, or nil when no other has a weight.
  package func second(_ number: Double, after first: Int) -> Int? {
    guard positive > 1 else { return nil }
    let own = sums[first] - start(first)
    let position = number * ((sums.last ?? 0) - own)
    let second = index(at: position < start(first) ? position : position + own)
    if second != first { return second }
    // The sums' rounding put it on the edge: the neighbour is meant.
    return neighbour(of: first)
  }

  private func neighbour(of index: Int) -> Int? {
    for other in sums.indices.dropFirst(index + 1) where sums[other] > sums[other - 1] {
      return other
    }
    return sums.indices.prefix(index).last { sums[$0] > start($0) }
  }
}
