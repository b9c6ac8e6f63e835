extension Histogram {
  /// A histogram's buffers borrowed once, for a loop that records many samples.
  ///
  /// Valid only inside `withRecorder`; letting it escape is undefined.
  @frozen
  public struct Recorder {
    @usableFromInline
    let words: UnsafeMutablePointer<UInt64>
    @usableFromInline
    var tally: Tally

    @inlinable
    init(words: UnsafeMutablePointer<UInt64>, tally: Tally) {
      self.words = words
      self.tally = tally
    }

    /// Takes in a sample.
    @inlinable
    @inline(__always)
    public mutating func record(_ sample: Int64) {
      let sample = max(sample, 0)
      let index = tally.count
      tally.count = index &+ 1
      tally.sum &+= UInt128(truncatingIfNeeded: sample)
      // Branches, because a new extreme is rare and then nothing is written.
      if sample < tally.minimum { tally.minimum = sample }
      if sample > tally.maximum { tally.maximum = sample }
      if index > UInt64(Histogram.exactLimit) {
        words[Histogram.bucket(of: sample)] &+= 1
      } else {
        Histogram.recordEarly(sample, index, words)
      }
    }
  }

  /// Lends the buffers to a body that records many samples, at a store or two each.
  @inlinable
  public mutating func withRecorder<Result>(_ body: (inout Recorder) -> Result) -> Result {
    let before = tally
    let (after, result) = words.withUnsafeMutableBufferPointer { buffer in
      // Never empty: all storage is there from the start.
      guard let words = buffer.baseAddress else { preconditionFailure("a histogram without words") }
      var recorder = Recorder(words: words, tally: before)
      let result = body(&recorder)
      return (recorder.tally, result)
    }
    tally = after
    return result
  }

  /// Keeps one of the first samples, or turns them into counters when it does not fit any more.
  @usableFromInline
  @inline(never)
  static func recordEarly(
    _ sample: Int64, _ index: UInt64, _ words: UnsafeMutablePointer<UInt64>
  ) {
    if index < UInt64(exactLimit) {
      words[Int(truncatingIfNeeded: index)] = UInt64(truncatingIfNeeded: sample)
    } else {
      pour(words)
      words[bucket(of: sample)] &+= 1
    }
  }

  /// Turns the full list of exact samples into counters, in place.
  private static func pour(_ words: UnsafeMutablePointer<UInt64>) {
    withUnsafeTemporaryAllocation(of: UInt64.self, capacity: exactLimit) { samples in
      for index in 0..<exactLimit { samples.initializeElement(at: index, to: words[index]) }
      for index in 0..<exactLimit { words[index] = 0 }
      for sample in samples { words[bucket(of: Int64(bitPattern: sample))] += 1 }
    }
  }
}
