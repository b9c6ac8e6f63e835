import Simulation
import Testing

struct HistogramTests {
  /// Samples over a range of sizes: exponential sizes around a scale.
  private static func samples(_ count: Int, scale: Double, seed: UInt64 = 1) -> [Int64] {
    var stream = RandomStream(seed: seed, purpose: "test", name: "histogram")
    return (0..<count).map { _ in
      Duration(rounding: scale * Exponential.sample(from: &stream)).nanoseconds
    }
  }

  private static func histogram(_ samples: [Int64]) -> Histogram {
    var histogram = Histogram()
    for sample in samples { histogram.record(sample) }
    return histogram
  }

  /// The nearest-rank percentile, in tenths of a percent so that the rank is an exact integer.
  private static func percentile(_ sorted: [Int64], tenths: Int) -> Int64 {
    sorted[max((tenths * sorted.count + 999) / 1000, 1) - 1]
  }

  private static let tenths = [0, 1, 10, 100, 250, 500, 750, 900, 950, 990, 995, 999, 1000]

  @Test(arguments: [1, 2, 3, 10, 99, 100, 101, 1000, 1023, 1024])
  func exactUpTo1024Samples(count: Int) {
    let samples = Self.samples(count, scale: 1e8)
    let histogram = Self.histogram(samples)
    let sorted = samples.sorted()
    #expect(histogram.isExact)
    for tenths in Self.tenths {
      #expect(
        histogram.percentile(Double(tenths) / 10) == Self.percentile(sorted, tenths: tenths))
    }
    #expect(histogram.minimum == sorted.first)
    #expect(histogram.maximum == sorted.last)
    #expect(histogram.sum == UInt128(samples.reduce(0, +)))
    #expect(histogram.mean == Double(samples.reduce(0, +)) / Double(count))
    for limit in [-1, 0, 50_000_000, 100_000_000, Int64.max] {
      #expect(histogram.countAbove(limit) == UInt64(samples.count { $0 > limit }))
    }
  }

  @Test(
    arguments: [
      (1025, 1e8), (2000, 10), (10_000, 100), (10_000, 1e3), (100_000, 1e8), (50_000, 1e18),
    ] as [(Int, Double)])
  func withinOnePointSixPercentBeyond(count: Int, scale: Double) throws {
    let samples = Self.samples(count, scale: scale)
    let histogram = Self.histogram(samples)
    let sorted = samples.sorted()
    #expect(!histogram.isExact)
    for tenths in Self.tenths {
      let value = try #require(histogram.percentile(Double(tenths) / 10))
      let expected = Double(Self.percentile(sorted, tenths: tenths))
      #expect(abs(Double(value) - expected) <= 0.016 * expected)
    }
    #expect(histogram.count == UInt64(count))
    #expect(histogram.sum == samples.reduce(UInt128(0)) { $0 + UInt128($1) })
    #expect(histogram.percentile(0) == sorted.first)
    #expect(histogram.percentile(100) == sorted.last)
    for factor in [0.1, 1, 3] {
      let limit = Int64(scale * factor)
      let above = histogram.countAbove(limit)
      #expect(above <= UInt64(samples.count { Double($0) > Double(limit) * 0.968 }))
      #expect(above >= UInt64(samples.count { Double($0) > Double(limit) * 1.032 }))
    }
    #expect(histogram.countAbove(.max) == 0)
    #expect(histogram.countAbove(-1) == UInt64(count))
  }

  @Test
  func oneValueStaysThatValueForEver() {
    let histogram = Self.histogram(Array(repeating: 100_000_000, count: 5000))
    for percent in [0, 50, 99.9, 100] { #expect(histogram.percentile(percent) == 100_000_000) }
    #expect(histogram.mean == 1e8)
  }

  @Test
  func emptyKnowsNothing() {
    let histogram = Histogram()
    #expect(histogram.percentile(50) == nil)
    #expect(histogram.mean == nil)
    #expect(histogram.minimum == nil)
    #expect(histogram.maximum == nil)
    #expect(histogram.count == 0)
    #expect(histogram.countAbove(0) == 0)
    #expect(histogram.buckets.isEmpty)
  }

  @Test
  func extremesAreSafe() {
    var histogram = Self.histogram([.min, -1, 0, .max])
    #expect(histogram.minimum == 0)
    #expect(histogram.maximum == .max)
    #expect(histogram.sum == UInt128(Int64.max))
    for percent in [-.infinity, -1, .nan, 0.0] { #expect(histogram.percentile(percent) == 0) }
    for percent in [101, .infinity] { #expect(histogram.percentile(percent) == .max) }
    for _ in 0..<2000 { histogram.record(Int64.max) }
    #expect(histogram.sum == UInt128(Int64.max) * 2001)
    #expect(histogram.buckets.last?.bounds.upperBound == .max)
  }

  /// Buckets tile the range: each begins where the one before ended, and is at most 1/32 wide.
  @Test
  func bucketsTileTheRange() {
    var next: Int64 = 0
    while true {
      let buckets = Self.histogram([next]).buckets
      guard let bucket = buckets.first else { break }
      #expect(buckets.count == 1 && bucket.count == 1)
      #expect(bucket.bounds.lowerBound == next)
      #expect(Self.histogram([bucket.bounds.upperBound]).buckets == buckets)
      #expect((bucket.bounds.upperBound - next) <= next / 32)
      guard bucket.bounds.upperBound < .max else { break }
      next = bucket.bounds.upperBound + 1
    }
    #expect(next == 63 << 57)
  }

  @Test
  func bucketsAreTheSameInBothPhases() {
    let samples = Self.samples(1024, scale: 1e6)
    let exact = Self.histogram(samples).buckets
    let poured = Self.histogram(samples + [.max]).buckets
    #expect(exact == poured.dropLast())
    #expect(exact.reduce(0) { $0 + $1.count } == 1024)
    #expect(exact.map(\.bounds.lowerBound) == exact.map(\.bounds.lowerBound).sorted())
  }

  @Test(arguments: [
    (0, 0), (0, 10), (10, 0), (500, 524), (500, 525), (10, 2000), (2000, 10), (2000, 3000),
    (0, 2000),
  ])
  func mergingIsRecordingBoth(first: Int, second: Int) {
    let samples = Self.samples(first, scale: 1e6, seed: 1)
    let others = Self.samples(second, scale: 1e9, seed: 2)
    var merged = Self.histogram(samples)
    merged.merge(Self.histogram(others))
    #expect(merged == Self.histogram(samples + others))
    #expect(merged == Self.histogram(others + samples))
    #expect(merged.percentile(90) == Self.histogram(samples + others).percentile(90))
  }

  @Test(arguments: [10, 5000])
  func resettingIsStartingAnew(count: Int) {
    var histogram = Self.histogram(Self.samples(count, scale: 1e6))
    histogram.reset()
    #expect(histogram == Histogram())
    histogram.record(Duration.milliseconds(5))
    #expect(histogram == Self.histogram([5_000_000]))
    #expect(histogram.percentile(50) == 5_000_000)
  }

  @Test(arguments: [10, 5000])
  func aCopyIsASnapshot(count: Int) {
    let samples = Self.samples(count, scale: 1e6)
    var histogram = Self.histogram(samples)
    let copy = histogram
    for _ in 0..<2000 { histogram.record(Int64(7)) }
    #expect(copy == Self.histogram(samples))
    #expect(copy != histogram)
  }

  @Test
  func aRecorderRecords() {
    let samples = Self.samples(3000, scale: 1e6)
    var histogram = Self.histogram(Array(samples.prefix(700)))
    let count = histogram.withRecorder { recorder in
      for sample in samples.dropFirst(700) { recorder.record(sample) }
      return samples.count - 700
    }
    #expect(count == 2300)
    #expect(histogram == Self.histogram(samples))
  }
}
