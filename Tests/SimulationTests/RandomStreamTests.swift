import Simulation
import Testing

struct RandomStreamTests {
  /// The published first numbers of splitmix64 from seed 0.
  @Test
  func mixIsThatOfSplitmix64() {
    var stream = RandomStream(key: 0)
    stream.counter = 1
    let numbers = (0..<3).map { _ in stream.next() }
    #expect(numbers == [0xE220_A839_7B1D_CDAF, 0x6E78_9E6A_A1B9_65F4, 0x06C4_5D18_8009_454F])
  }

  @Test
  func fnvIsThePublishedOne() {
    #expect(Hash.fnv1a("".utf8) == 0xCBF2_9CE4_8422_2325)
    #expect(Hash.fnv1a("a".utf8) == 0xAF63_DC4C_8601_EC8C)
    #expect(Hash.fnv1a("foobar".utf8) == 0x8594_4171_F739_67E8)
  }

  /// Computed by an independent program: a change here changes every saved session.
  @Test
  func aNamedStreamIsPinned() {
    var stream = RandomStream(seed: 1, purpose: "work", name: "main")
    #expect(stream.key == 0x934F_1772_0267_1BDF)
    let numbers = (0..<4).map { _ in stream.next() }
    #expect(
      numbers == [
        0x0359_74EB_01B8_B1E0, 0xA86C_AA9C_D990_4813, 0x5145_86B5_BF96_1DA3,
        0x3922_A6DF_66E1_AA27,
      ])
    #expect(stream.counter == 4)
  }

  @Test
  func seedPurposeAndNameAllCount() {
    let keys = [
      RandomStream(seed: 1, purpose: "ab", name: "c"),
      RandomStream(seed: 1, purpose: "a", name: "bc"),
      RandomStream(seed: 1, purpose: "", name: "abc"),
      RandomStream(seed: 2, purpose: "ab", name: "c"),
      RandomStream(seed: 1, purpose: "abc", name: ""),
    ].map(\.key)
    #expect(Set(keys).count == keys.count)
  }

  @Test
  func theCounterIsABookmark() {
    var stream = RandomStream(key: 42)
    let all = (0..<10).map { _ in stream.next() }
    stream.counter = 3
    #expect((3..<10).map { _ in stream.next() } == Array(all[3...]))
    var end = RandomStream(key: 42)
    end.counter = .max
    _ = end.next()
    #expect(end.counter == 0)
  }

  @Test
  func unitUsesThe53UpperBits() {
    #expect(RandomStream.unit(0) == 0)
    #expect(RandomStream.unit(0x7FF) == 0)
    #expect(RandomStream.unit(0x800) == 0x1p-53)
    #expect(RandomStream.unit(1 << 63) == 0.5)
    #expect(RandomStream.unit(.max) == 1 - 0x1p-53)
  }

  /// The bounds are four standard errors: var U = 1/12, var U² = 4/45.
  @Test
  func uniformHasItsMoments() {
    var stream = RandomStream(seed: 1, purpose: "test", name: "uniform")
    let count = 200_000
    var sum = 0.0
    var squares = 0.0
    for _ in 0..<count {
      let value = stream.uniform()
      sum += value
      squares += value * value
    }
    let root = Double(count).squareRoot()
    #expect(abs(sum / Double(count) - 0.5) < 4 * (1.0 / 12).squareRoot() / root)
    #expect(abs(squares / Double(count) - 1.0 / 3) < 4 * (4.0 / 45).squareRoot() / root)
  }

  /// Chi-square with `bound - 1` degrees of freedom has variance 2 (bound − 1).
  @Test(arguments: [2, 3, 7, 10, 100, 1000])
  func indexIsUniform(bound: Int) {
    var stream = RandomStream(seed: 2, purpose: "test", name: "index")
    var counts = Array(repeating: 0, count: bound)
    let expected = 1000.0
    for _ in 0..<(bound * 1000) { counts[stream.index(below: bound)] += 1 }
    let chiSquare = counts.reduce(0) {
      $0 + (Double($1) - expected) * (Double($1) - expected) / expected
    }
    let freedom = Double(bound - 1)
    #expect(abs(chiSquare - freedom) < 4 * (2 * freedom).squareRoot() + 4)
    #expect(stream.counter == UInt64(bound * 1000))
  }

  @Test(arguments: [Int.min, -1, 0, 1])
  func indexBelowOneIsZeroAndStillOneDraw(bound: Int) {
    var stream = RandomStream(key: 1)
    #expect(stream.index(below: bound) == 0)
    #expect(stream.counter == 1)
  }

  /// With bound 2⁶³ − 1 the draw 0 must be rejected: 2⁶⁴ mod bound is 2, and 0 × bound has a low
  /// half of 0.
  @Test
  func anUnfairDrawIsRejected() {
    var stream = RandomStream(key: 7)
    var copy = stream
    let index = stream.index(below: .max, first: 0)
    #expect(stream.counter == 1)
    #expect(index == Int(copy.next().multipliedFullWidth(by: UInt64(Int.max)).high))
  }
}
