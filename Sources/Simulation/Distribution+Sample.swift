extension Distribution {
  /// A sample made from a first draw, with more draws only for a rejection or a mix.
  ///
  /// Never negative and never NaN if `isProper`. Complexity: O(1), for a mix O(parts).
  @inlinable
  public func sample(first: UInt64, draws: inout some DrawSource) -> Double {
    switch self {
    case .constant(let value): value
    case .exponential(let mean): mean * Exponential.sample(first, &draws)
    case .uniform(let low, let high): low + (high - low) * RandomStream.unit(first)
    default: sampleRare(first: first, draws: &draws)
    }
  }

  @inlinable
  @inline(never)
  func sampleRare(first: UInt64, draws: inout some DrawSource) -> Double {
    switch self {
    case .lognormal(let mean, let sigma):
      return mean * Elementary.exp(sigma * Normal.sample(first, &draws) - 0.5 * sigma * sigma)
    case .pareto(let mean, let shape):
      // The logarithm of a Pareto amount over its minimum is exponential with rate `shape`.
      let minimum = mean * (shape - 1) / shape
      return minimum * Elementary.exp(Exponential.sample(first, &draws) / shape)
    case .mix(let parts):
      var left = RandomStream.unit(first) * Self.total(parts)
      for part in parts.dropLast() {
        if left < part.share {
          return part.distribution.sample(first: draws.extra(), draws: &draws)
        }
        left -= part.share
      }
      return parts.last?.distribution.sample(first: draws.extra(), draws: &draws) ?? 0
    case .constant, .exponential, .uniform:
      return 0
    }
  }
}
