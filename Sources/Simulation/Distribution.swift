/// A distribution of non-negative amounts: works in nanoseconds, sizes in bytes.
///
/// Each case is given by its mean, so that changing the shape never changes the load.
public enum Distribution: Hashable, Sendable {
  /// Always the same amount.
  case constant(Double)
  /// Exponential with a mean.
  case exponential(mean: Double)
  /// Uniform between two amounts.
  case uniform(Double, Double)
  /// Lognormal with a mean and the standard deviation of the logarithm.
  case lognormal(mean: Double, sigma: Double)
  /// Pareto with a mean and a shape, which must be above 1 for a mean to exist.
  case pareto(mean: Double, shape: Double)
  /// One of several distributions, each with a share; shares are relative to their sum.
  case mix([Share])

  /// A part of a mix.
  public struct Share: Hashable, Sendable {
    /// How often this part is chosen, relative to the others.
    public var share: Double
    /// What is sampled when it is.
    public var distribution: Distribution

    /// A part of a mix.
    public init(_ share: Double, _ distribution: Distribution) {
      self.share = share
      self.distribution = distribution
    }
  }

  /// Whether the parameters describe a distribution of non-negative amounts with a finite mean.
  ///
  /// Sampling one that does not is safe but means nothing.
  public var isProper: Bool {
    func isAmount(_ value: Double) -> Bool { value >= 0 && value < .infinity }
    return switch self {
    case .constant(let value): isAmount(value)
    case .exponential(let mean): isAmount(mean)
    case .uniform(let low, let high): isAmount(low) && isAmount(high) && low <= high
    case .lognormal(let mean, let sigma): isAmount(mean) && isAmount(sigma)
    case .pareto(let mean, let shape): isAmount(mean) && shape > 1 && shape < .infinity
    case .mix(let parts):
      parts.allSatisfy { isAmount($0.share) && $0.distribution.isProper }
        && Self.total(parts) > 0 && Self.total(parts) < .infinity
    }
  }

  @usableFromInline
  static func total(_ parts: [Share]) -> Double {
    parts.reduce(0) { $0 + $1.share }
  }
}
