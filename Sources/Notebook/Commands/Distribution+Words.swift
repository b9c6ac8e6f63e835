import Cloud
import Simulation

extension Distribution {
  /// The distribution as one types it, such as `exp(100ms)`.
  func words(_ amount: (Double) -> String) -> String {
    switch self {
    case .constant(let value): amount(value)
    case .exponential(let mean): "exp(\(amount(mean)))"
    case .uniform(let low, let high): "uniform(\(amount(low)), \(amount(high)))"
    case .lognormal(let mean, let sigma): "lognormal(\(amount(mean)), \(Text.exact(sigma)))"
    case .pareto(let mean, let shape): "pareto(\(amount(mean)), \(Text.exact(shape)))"
    case .mix(let parts):
      "mix("
        + parts.map { "\(Text.exact(ratio: $0.share)): \($0.distribution.words(amount))" }
        .joined(separator: ", ") + ")"
    }
  }

  /// The distribution under the keys of the machine interface, in a unit so many times larger.
  func json(per unit: Double) -> JSON {
    switch self {
    case .constant(let value): ["distribution": "constant", "mean": .number(value / unit)]
    case .exponential(let mean): ["distribution": "exp", "mean": .number(mean / unit)]
    case .uniform(let low, let high):
      [
        "distribution": "uniform", "mean": .number(mean / unit), "low": .number(low / unit),
        "high": .number(high / unit),
      ]
    case .lognormal(let mean, let sigma):
      ["distribution": "lognormal", "mean": .number(mean / unit), "sigma": .number(sigma)]
    case .pareto(let mean, let shape):
      ["distribution": "pareto", "mean": .number(mean / unit), "alpha": .number(shape)]
    case .mix(let parts):
      [
        "distribution": "mix", "mean": .number(mean / unit),
        "parts": .array(
          parts.map { ["share": .number($0.share), "of": $0.distribution.json(per: unit)] }),
      ]
    }
  }
}

extension KeyDistribution {
  /// The keys as one types them; nil when there are none.
  var words: String? {
    switch self {
    case .none: nil
    case .constant(let key): "\(key)"
    case .uniform(let count): "uniform(\(Text.count(count)))"
    case .zipf(let zipf): "zipf(\(Text.count(zipf.count)), \(Text.exact(zipf.exponent)))"
    }
  }

  /// The keys under the keys of the machine interface.
  var json: JSON {
    switch self {
    case .none: .null
    case .constant(let key): ["distribution": "constant", "key": .int(key)]
    case .uniform(let count): ["distribution": "uniform", "keys": .int(count)]
    case .zipf(let zipf):
      [
        "distribution": "zipf", "keys": .int(zipf.count), "exponent": .number(zipf.exponent),
      ]
    }
  }
}
