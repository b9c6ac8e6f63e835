extension Histogram {
  /// A histogram's buffers borrowed once, for a loop that records many samples.
  ///
  /// Valid only inside `withRecorder`; letting it escape is undefined.
  @frozen
  public struct Recorder {
    @usableFromInline
    let words: UnsafeMutableBufferPointer<UInt64>
    @usableFromInline
    var tally: Tally

    @inlinable
    init(words: UnsafeMutableBufferPointer<UInt64>, tally: Tally) {
      self.words = words
      self.tally = tally
    }

    /// Takes in a sample.
    @inlinable
    public mutating func record(_ sample: Int64) {
      let sample = max(sample, 0)
      let index = tally.count
      tally.count = index &+ 1
      tally.sum &+= UInt128(truncatingIfNeeded: sample)
      tally.minimum = min(tally.minimum, sample)
      tally.maximum = max(tally.maximum, sample)
      if index < UInt64(Histogram.exactLimit) {
        words[Int(truncatingIfNeeded: index)] = UInt64(truncatingIfNeeded: sample)
      } else {
        if index == UInt64(Histogram.exactLimit) { Histogram.pour(words) }
        words[Histogram.bucket(of: sample)] &+= 1
      }
    }
  }

  /// Lends the buffers to a body that records many samples, at a store or two each.
  @inlinable
  public mutating func withRecorder<Result>(_ body: (inout Recorder) -> Result) -> Result {
    let before = tally
    let (after, result) = words.withUnsafeMutableBufferPointer { words in
      var recorder = Recorder(words: words, tally: before)
      let result = body(&recorder)
      return (recorder.tally, result)
    }
    tally = after
    return result
  }

  /// Turns the full list of exact samples into counters, in place.
  @usableFromInline
  @inline(never)
  static func pour(_ words: UnsafeMutableBufferPointer<UInt64>) {
    withUnsafeTemporaryAllocation(of: UInt64.self, capacity: exactLimit) { samples in
      for index in 0..<exactLimit { samples.initializeElement(at: index, to: words[index]) }
      for index in 0..<exactLimit { words[index] = 0 }
      for sample in samples { words[bucket(of: Int64(bitPattern: sample))] += 1 }
    }
  }
}
