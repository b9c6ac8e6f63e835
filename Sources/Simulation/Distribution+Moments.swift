extension Distribution {
  /// The mean.
  public var mean: Double {
    switch self {
    case .constant(let value): value
    case .exponential(let mean): mean
    case .uniform(let low, let high): 0.5 * (low + high)
    case .lognormal(let mean, _): mean
    case .pareto(let mean, _): mean
    case .mix(let parts):
      parts.reduce(0) { $0 + $1.share * $1.distribution.mean } / Self.total(parts)
    }
  }

  /// The mean of the square, or nil if it is infinite (a Pareto shape of 2 or below).
  public var secondMoment: Double? {
    switch self {
    case .constant(let value): return value * value
    case .exponential(let mean): return 2 * mean * mean
    case .uniform(let low, let high): return (low * low + low * high + high * high) / 3
    case .lognormal(let mean, let sigma): return mean * mean * Elementary.exp(sigma * sigma)
    case .pareto(let mean, let shape):
      guard shape > 2 else { return nil }
      return mean * mean * (shape - 1) * (shape - 1) / (shape * (shape - 2))
    case .mix(let parts):
      var sum = 0.0
      for part in parts where part.share > 0 {
        guard let moment = part.distribution.secondMoment else { return nil }
        sum += part.share * moment
      }
      return sum / Self.total(parts)
    }
  }
}
