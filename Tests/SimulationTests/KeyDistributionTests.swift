import Simulation
import Testing

struct KeyDistributionTests {
  private static func counts(_ keys: KeyDistribution, of samples: Int, upTo bound: Int) -> [Int] {
    let key = RandomStream(seed: 1, purpose: "test", name: "keys").key
    var counts = Array(repeating: 0, count: bound)
    for item in 0..<UInt64(samples) {
      var draws = Draws(stream: key, item: item)
      let sample = keys.sample(first: draws.number(.key), draws: &draws)
      if counts.indices.contains(sample) { counts[sample] += 1 }
    }
    return counts
  }

  @Test
  func noneIsAlwaysZero() {
    #expect(Self.counts(.none, of: 100, upTo: 2) == [100, 0])
  }

  /// Every key's share within four standard errors (4.5 for the many keys of the long table).
  @Test(
    arguments: [
      (.uniform(10), 0, 10, 4), (.zipf(1, 1.0), 1, 1, 4), (.zipf(10, 0), 0, 10, 4),
      (.zipf(10, 0.5), 0.5, 10, 4), (.zipf(10, 1), 1, 10, 4), (.zipf(10, 1.000001), 1, 10, 4),
      (.zipf(10, 3), 3, 10, 4), (.zipf(1000, 1.1), 1.1, 1000, 4.5), (.zipf(2, 2), 2, 2, 4),
    ] as [(KeyDistribution, Double, Int, Double)])
  func sharesFollowTheWeights(
    keys: KeyDistribution, exponent: Double, count: Int, errors: Double
  ) {
    let samples = 300_000
    let weights = (1...count).map { Elementary.pow(Double($0), -exponent) }
    let total = weights.reduce(0, +)
    let counts = Self.counts(keys, of: samples, upTo: count)
    #expect(counts.reduce(0, +) == samples)
    for (count, weight) in zip(counts, weights) {
      let expected = Double(samples) * weight / total
      #expect(
        abs(Double(count) - expected) <= errors * (expected * (1 - weight / total)).squareRoot())
    }
  }

  @Test(
    arguments: [
      (0, 1.0), (-5, 1), (.max, 0), (.max, 0.5), (.max, 1), (.max, 1.5), (10, .infinity), (10, -1),
      (10, .nan), (1 << 40, 0.99),
    ] as [(Int, Double)])
  func extremesStayInRange(count: Int, exponent: Double) {
    for item in 0..<1000 as Range<UInt64> {
      var draws = Draws(stream: 5, item: item)
      let keys = KeyDistribution.zipf(count, exponent)
      let key = keys.sample(first: draws.number(.key), draws: &draws)
      #expect(key >= 0 && key < max(count, 1))
    }
    var draws = Draws(stream: 5, item: 0)
    #expect(KeyDistribution.uniform(0).sample(first: .max, draws: &draws) == 0)
  }
}
