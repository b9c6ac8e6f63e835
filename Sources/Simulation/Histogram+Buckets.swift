extension Histogram {
  /// 64 buckets of one value each, then 32 for each of the octaves from 2⁶ to 2⁶².
  @usableFromInline
  static var bucketCount: Int { 32 * 59 }

  /// The bucket of a non-negative sample.
  @inlinable
  static func bucket(of sample: Int64) -> Int {
    // The five bits after the leading one choose within the octave.
    let octave = 58 &- (sample | 32).leadingZeroBitCount
    return octave &<< 5 &+ Int(truncatingIfNeeded: sample &>> Int64(octave))
  }

  /// The samples of a bucket.
  static func bounds(of bucket: Int) -> ClosedRange<Int64> {
    let octave = max(bucket / 32 - 1, 0)
    let lower = Int64(bucket - 32 * octave) << Int64(octave)
    return lower...(lower + ((1 << Int64(octave)) - 1))
  }

  /// A range of samples and how many there are of it.
  public struct Bucket: Hashable, Sendable {
    /// The smallest and the largest sample that belong here.
    public let bounds: ClosedRange<Int64>
    /// How many there are, at least one.
    public let count: UInt64
  }

  /// The buckets that are not empty, in rising order, for pictures.
  ///
  /// The same buckets whether the histogram is still exact or not. Complexity: O(buckets).
  public var buckets: [Bucket] {
    bucketCounters.enumerated().compactMap { index, count in
      count == 0 ? nil : Bucket(bounds: Self.bounds(of: index), count: count)
    }
  }

  /// A counter per bucket, in either phase.
  var bucketCounters: [UInt64] {
    guard isExact else { return words }
    var counters = [UInt64](repeating: 0, count: Self.bucketCount)
    for word in words.prefix(Int(tally.count)) {
      counters[Self.bucket(of: Int64(bitPattern: word))] += 1
    }
    return counters
  }

  /// The samples in rising order, while exact.
  var sortedSamples: [Int64] {
    words.prefix(Int(tally.count)).map { Int64(bitPattern: $0) }.sorted()
  }
}
