/// A histogram of non-negative integers, usually nanoseconds: exact while small, compact for ever.
///
/// Up to 1024 samples are kept as they are. After that there are 32 buckets per octave, whose
/// midpoints err by at most 1 part in 64 (1.6 %); below 64 each value has its own. Negative samples
/// count as zero. All storage (15 KB) is there from the start, so recording never allocates.
@frozen
public struct Histogram: Sendable {
  /// The samples themselves while there are at most 1024, then a counter per bucket.
  @usableFromInline
  var words: [UInt64]
  @usableFromInline
  var tally: Tally

  /// How many samples are kept exactly.
  @inlinable
  public static var exactLimit: Int { 1024 }

  /// What is known about the samples besides their distribution.
  @frozen
  @usableFromInline
  struct Tally: Hashable, Sendable {
    @usableFromInline
    var count: UInt64 = 0
    @usableFromInline
    var sum: UInt128 = 0
    @usableFromInline
    var minimum: Int64 = .max
    @usableFromInline
    var maximum: Int64 = 0

    @inlinable
    init() {}
  }

  /// An empty histogram.
  public init() {
    self.words = Array(repeating: 0, count: Self.bucketCount)
    self.tally = Tally()
  }

  /// Takes in a sample.
  ///
  /// Complexity: O(1), a few nanoseconds; the 1025th sample costs some microseconds.
  @inlinable
  public mutating func record(_ sample: Int64) {
    withRecorder { $0.record(sample) }
  }

  /// Takes in a duration.
  @inlinable
  public mutating func record(_ sample: Duration) {
    record(sample.nanoseconds)
  }

  /// Forgets all samples, keeping the storage.
  public mutating func reset() {
    for index in words.indices { words[index] = 0 }
    tally = Tally()
  }

  /// How many samples there are.
  @inlinable
  public var count: UInt64 { tally.count }

  /// The sum of all samples, exact.
  @inlinable
  public var sum: UInt128 { tally.sum }

  /// The smallest sample.
  @inlinable
  public var minimum: Int64? { tally.count == 0 ? nil : tally.minimum }

  /// The largest sample.
  @inlinable
  public var maximum: Int64? { tally.count == 0 ? nil : tally.maximum }

  /// The mean, from the exact sum.
  public var mean: Double? {
    tally.count == 0 ? nil : Double(tally.sum) / Double(tally.count)
  }

  /// Whether every sample is still kept as it was.
  @inlinable
  public var isExact: Bool { tally.count <= UInt64(Self.exactLimit) }
}

extension Histogram: Equatable {
  /// Whether both hold the same samples, as far as they can tell.
  public static func == (first: Self, second: Self) -> Bool {
    guard first.tally == second.tally else { return false }
    guard first.isExact else { return first.words == second.words }
    return first.sortedSamples == second.sortedSamples
  }
}
