import Simulation
import Testing

struct DistributionTests {
  private static let count = 200_000

  private static func sample(_ distribution: Distribution) -> Sample {
    let key = RandomStream(seed: 1, purpose: "test", name: "distribution").key
    var item: UInt64 = 0
    return Sample(count: count) {
      var draws = Draws(stream: key, item: item)
      item += 1
      return distribution.sample(first: draws.number(.work), draws: &draws)
    }
  }

  /// The 4th moments come from the textbook formulas; four standard errors.
  @Test(
    arguments: [
      (.constant(7), 7, 49, 7 * 7 * 7 * 7),
      (.exponential(mean: 3), 3, 18, 24 * 81),
      (.uniform(1, 5), 3, 31.0 / 3, 3124.0 / 20),
      (.uniform(2, 2), 2, 4, 16),
      // E X⁴ = mean⁴ e^(6 σ²)
      (.lognormal(mean: 10, sigma: 0.5), 10, 128.40254166877414, 10_000 * 4.4816890703380645),
      // minimum m = mean (a − 1) / a; E Xᵏ = a mᵏ / (a − k)
      (.pareto(mean: 10, shape: 6), 10, 625.0 / 6, 14467.592592592593),
      (.mix([.init(99, .constant(1)), .init(1, .constant(100))]), 1.99, 100.99, 1_000_000.99),
      (.mix([.init(1, .exponential(mean: 1)), .init(3, .uniform(0, 2))]), 1, 1.5, 8.4),
      (.mix([.init(1, .mix([.init(1, .constant(1)), .init(1, .constant(3))]))]), 2, 5, 41),
    ] as [(Distribution, Double, Double, Double)])
  func moments(distribution: Distribution, mean: Double, second: Double, fourth: Double) throws {
    #expect(distribution.isProper)
    #expect(abs(distribution.mean - mean) < 1e-12 * mean)
    let own = try #require(distribution.secondMoment)
    #expect(abs(own - second) < 1e-12 * second)
    let sample = Self.sample(distribution)
    let count = Double(Self.count)
    let rounding = 1e-9 * fourth
    #expect(
      abs(sample.moment(1) - mean)
        <= 4 * (max(second - mean * mean, 0) / count).squareRoot() + rounding)
    #expect(
      abs(sample.moment(2) - second)
        <= 4 * (max(fourth - second * second, 0) / count).squareRoot() + rounding)
  }

  /// Shares of samples up to a value against the distribution function; four standard errors.
  @Test(
    arguments: [
      (.uniform(1, 5), 1.5, 0.125), (.uniform(1, 5), 4, 0.75),
      (.exponential(mean: 2), 1.3862943611198906, 0.5),
      // The median of a lognormal is mean × e^(−σ²/2); Φ(1) = 0.8413 above it is e^σ times as far.
      (.lognormal(mean: 100, sigma: 1), 60.653065971263345, 0.5),
      (.lognormal(mean: 100, sigma: 1), 164.87212707001282, 0.8413447460685429),
      (.lognormal(mean: 100, sigma: 1), 22.313016014842983, 0.15865525393145707),
      // With shape 1.5 the minimum is a third of the mean, and P(X > x) = (minimum / x)^1.5.
      (.pareto(mean: 300, shape: 1.5), 400, 0.875), (.pareto(mean: 300, shape: 1.5), 10_000, 0.999),
      (.mix([.init(1, .constant(1)), .init(2, .constant(2)), .init(1, .constant(3))]), 1, 0.25),
      (.mix([.init(1, .constant(1)), .init(2, .constant(2)), .init(1, .constant(3))]), 2, 0.75),
    ] as [(Distribution, Double, Double)])
  func shares(distribution: Distribution, value: Double, probability: Double) {
    #expect(abs(Self.sample(distribution).errors(upTo: value, probability: probability)) < 4)
  }

  @Test
  func paretoStartsAtItsMinimum() throws {
    let first = try #require(Self.sample(.pareto(mean: 300, shape: 1.5)).sorted.first)
    #expect(first >= 100 * (1 - 1e-15) && first < 100.01)
  }

  @Test
  func heavyTailsHaveNoSecondMoment() {
    #expect(Distribution.pareto(mean: 1, shape: 2).secondMoment == nil)
    #expect(Distribution.pareto(mean: 1, shape: 1.5).secondMoment == nil)
    let rare = Distribution.Share(1e-9, .pareto(mean: 1, shape: 1.5))
    let never = Distribution.Share(0, .pareto(mean: 1, shape: 1.5))
    #expect(Distribution.mix([rare, .init(1, .constant(1))]).secondMoment == nil)
    #expect(Distribution.mix([never, .init(1, .constant(1))]).secondMoment == 1)
  }

  @Test(
    arguments: [
      .constant(-1), .constant(.nan), .constant(.infinity), .exponential(mean: -1), .uniform(2, 1),
      .uniform(-1, 1), .lognormal(mean: 1, sigma: -1), .pareto(mean: 1, shape: 1),
      .pareto(mean: 1, shape: .nan), .mix([]), .mix([.init(0, .constant(1))]),
      .mix([.init(-1, .constant(1)), .init(2, .constant(1))]), .mix([.init(1, .constant(-1))]),
    ] as [Distribution])
  func improperOnesAreToldAndDoNotTrap(distribution: Distribution) {
    #expect(!distribution.isProper)
    var draws = Draws(stream: 1, item: 1)
    _ = distribution.sample(first: draws.number(.work), draws: &draws)
    _ = distribution.mean
    _ = distribution.secondMoment
  }

  @Test
  func simpleOnesTakeNoSecondDraw() {
    for distribution in [Distribution.constant(1), .uniform(1, 2)] {
      for item in 0..<100 as Range<UInt64> {
        var draws = Draws(stream: 1, item: item)
        let untouched = draws
        _ = distribution.sample(first: draws.number(.work), draws: &draws)
        #expect(draws == untouched)
      }
    }
  }
}
