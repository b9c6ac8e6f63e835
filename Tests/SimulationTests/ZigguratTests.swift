import Simulation
import Testing

struct ZigguratTests {
  private static let count = 1_000_000

  private static let exponential = {
    var stream = RandomStream(seed: 1, purpose: "test", name: "exponential")
    return Sample(count: count) { Exponential.sample(from: &stream) }
  }()

  private static let normal = {
    var stream = RandomStream(seed: 1, purpose: "test", name: "normal")
    return Sample(count: count) { Normal.sample(from: &stream) }
  }()

  /// E Xᵏ = k!, so var Xᵏ = (2k)! − k!²; four standard errors.
  @Test(arguments: [(1, 1.0, 1.0), (2, 2.0, 20.0), (3, 6.0, 684.0)])
  func exponentialMoments(power: Int, mean: Double, variance: Double) {
    let bound = 4 * (variance / Double(Self.count)).squareRoot()
    #expect(abs(Self.exponential.moment(power) - mean) < bound)
  }

  /// Moments 0, 1, 0, 3 with variances 1, 2, 15, 96; four standard errors.
  @Test(arguments: [(1, 0.0, 1.0), (2, 1.0, 2.0), (3, 0.0, 15.0), (4, 3.0, 96.0)])
  func normalMoments(power: Int, mean: Double, variance: Double) {
    let bound = 4 * (variance / Double(Self.count)).squareRoot()
    #expect(abs(Self.normal.moment(power) - mean) < bound)
  }

  @Test
  func exponentialIsNearItsDistribution() {
    let distance = Self.exponential.distance { 1 - Elementary.exp(-$0) }
    #expect(distance < 1.95 / Double(Self.count).squareRoot())
    #expect(Self.exponential.sorted.allSatisfy { $0 >= 0 })
  }

  /// Around where the tail begins (7.697), where the layers are widest, and far out.
  @Test(arguments: [0.01, 0.05, 1, 5, 7.5, 7.697_117_470_131_05, 8, 9, 10])
  func exponentialTail(value: Double) {
    let probability = 1 - Elementary.exp(-value)
    #expect(abs(Self.exponential.errors(upTo: value, probability: probability)) < 4)
  }

  /// Φ to ten digits from tables.
  @Test(arguments: [
    (-4.0, 0.0000316712), (-3.6541528853610088, 0.000129008), (-3.0, 0.0013498980),
    (-2.0, 0.0227501319), (-1.0, 0.1586552539), (-0.1, 0.4601721627), (0.0, 0.5),
    (0.1, 0.5398278373), (0.5, 0.6914624613), (1.0, 0.8413447461), (2.0, 0.9772498681),
    (3.0, 0.9986501020), (4.0, 0.9999683288),
  ])
  func normalDistribution(value: Double, probability: Double) {
    #expect(abs(Self.normal.errors(upTo: value, probability: probability)) < 4)
  }

  /// The layer comes from bits 0–7, the abscissa from bits 11–63: 0 means the lowest layer's left
  /// edge, and the largest abscissa of layer 0 is in the tail, which starts at 7.697.
  @Test
  func firstDrawsDecide() {
    var draws = Draws(stream: 1, item: 1)
    let untouched = draws
    #expect(Exponential.sample(0, &draws) == 0)
    #expect(draws == untouched)
    #expect(Exponential.sample(.max &- 0xFF, &draws) > 7.697)
    #expect(draws != untouched)
  }

  /// A change here changes every saved session.
  @Test
  func samplesArePinned() {
    var stream = RandomStream(seed: 1, purpose: "work", name: "main")
    let exponential = (0..<3).map { _ in Exponential.sample(from: &stream) }
    let normal = (0..<3).map { _ in Normal.sample(from: &stream) }
    #expect(exponential == [0.007788607658899623, 2.8074534715012485, 0.4007746167688065])
    #expect(normal == [0.5128173746278929, -0.9651136270609423, -0.9442105585190539])
  }
}
