extension Exponential {
  /// The tables at hand, for a loop that draws many samples; the samples are the same.
  ///
  /// Making one costs a look at whether the tables exist, which a sample then saves.
  @frozen
  public struct Sampler: Sendable {
    @usableFromInline
    let ziggurat: Ziggurat

    /// A sampler.
    @inlinable
    public init() { ziggurat = Exponential.ziggurat }

    /// A sample from a first draw, taking more only where the ziggurat rejects (1 in 90).
    ///
    /// Complexity: O(1), a few nanoseconds.
    @inlinable
    @inline(__always)
    public func sample(_ first: UInt64, _ draws: Draws) -> Double {
      let layer = ziggurat.layers + Int(truncatingIfNeeded: first & 0xFF)
      let abscissa = Ziggurat.abscissa(first)
      if abscissa < layer.pointee.inside { return Double(abscissa) * layer.pointee.scale }
      return Self.sampleOutside(first, draws)
    }

    /// Takes the draws as a value, so that the quick path need not keep them in memory.
    @usableFromInline
    @inline(never)
    static func sampleOutside(_ first: UInt64, _ draws: Draws) -> Double {
      var draws = draws
      return Exponential.sampleOutside(first, &draws)
    }
  }
}
