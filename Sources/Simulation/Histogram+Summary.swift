extension Histogram {
  /// The sample at a percentile from 0 to 100, by nearest rank; nil if there are none.
  ///
  /// Exact while there are at most 1024 samples, then within 1.6 %; 0 and 100 give the minimum and
  /// the maximum, always exact. Complexity: O(n log n) while exact, then O(buckets).
  public func percentile(_ percent: Double) -> Int64? {
    guard tally.count > 0 else { return nil }
    let rank = rank(of: percent)
    if rank == 1 { return tally.minimum }
    if rank == tally.count { return tally.maximum }
    if isExact { return sortedSamples[Int(rank) - 1] }
    var below: UInt64 = 0
    for (index, count) in words.enumerated() {
      below += count
      guard below < rank else { return clamped(Self.bounds(of: index)) }
    }
    return tally.maximum
  }

  /// How many samples are above a limit.
  ///
  /// Exact while there are at most 1024 samples; then the limit's own bucket counts as above if
  /// its midpoint is.
  public func countAbove(_ limit: Int64) -> UInt64 {
    if isExact {
      return UInt64(words.prefix(Int(tally.count)).count { Int64(bitPattern: $0) > limit })
    }
    guard limit >= tally.minimum else { return tally.count }
    guard limit < tally.maximum else { return 0 }
    let bucket = Self.bucket(of: limit)
    let first = clamped(Self.bounds(of: bucket)) > limit ? bucket : bucket + 1
    return words[first...].reduce(0, +)
  }

  /// Takes in all samples of another histogram.
  ///
  /// The result is that of recording both sets of samples in any order.
  public mutating func merge(_ other: Histogram) {
    if other.isExact {
      for word in other.words.prefix(Int(other.tally.count)) { record(Int64(bitPattern: word)) }
      return
    }
    words = zip(bucketCounters, other.words).map { $0 &+ $1 }
    tally.count &+= other.tally.count
    tally.sum &+= other.tally.sum
    tally.minimum = min(tally.minimum, other.tally.minimum)
    tally.maximum = max(tally.maximum, other.tally.maximum)
  }

  /// The rank, from 1, of the sample at a percentile.
  private func rank(of percent: Double) -> UInt64 {
    // A few last places less, or 99.9 % of 1000 samples could become the 1000th.
    let share = Double(tally.count) * percent / 100 * (1 - 0x1p-50)
    guard share >= 1 else { return 1 }
    guard share < Double(tally.count) else { return tally.count }
    let whole = UInt64(share)
    return Double(whole) < share ? whole + 1 : whole
  }

  /// The midpoint of a bucket, moved between the smallest and the largest sample.
  private func clamped(_ bounds: ClosedRange<Int64>) -> Int64 {
    let middle = bounds.lowerBound + (bounds.upperBound - bounds.lowerBound) / 2
    return min(max(middle, tally.minimum), tally.maximum)
  }
}
