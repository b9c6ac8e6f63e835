import Cloud
import Display
import Simulation

extension Load {
  /// When its requests arrive, as one types it: "poisson 50/s".
  var shapeWords: String {
    switch shape {
    case .constant(let rate): "constant \(Text.rate(rate))"
    case .poisson(let rate): "poisson \(Text.rate(rate))"
    case .sale(let sale): "sale \(Text.rate(sale.base)) to \(Text.rate(sale.peak))"
    case .trace(let recorded):
      "trace \(recorded.source)"
        + (recorded.factor == 1 ? "" : " --factor \(Text.number(recorded.factor))")
    case .send(let count, _): "send \(Text.count(count))"
    }
  }

  /// What a request brings and how patient its client is: "work exp(100ms), timeout 1s".
  var requestWords: String {
    var parts = ["work \(work.words(Text.time(nanoseconds:)))"]
    if memory != .constant(0) { parts.append("memory \(memory.words(Text.bytes))") }
    switch key {
    case .none: break
    case .uniform(let count): parts.append("key uniform(\(Text.count(count)))")
    case .zipf: parts.append("key zipf")
    }
    if let timeout { parts.append("timeout \(Text.time(timeout))") }
    if retries > 0 { parts.append("retries \(retries)") }
    return parts.joined(separator: ", ")
  }

  /// The load for the machine interface.
  var json: JSON {
    [
      "name": .string(name), "shape": .string(shapeWords),
      "work": .number(work.mean / 1e9), "timeout": JSON(timeout?.seconds),
      "retries": .int(retries),
    ]
  }
}

extension Distribution {
  /// The distribution as one types it: "exp(100ms)".
  func words(_ amount: (Double) -> String) -> String {
    switch self {
    case .constant(let value): amount(value)
    case .exponential(let mean): "exp(\(amount(mean)))"
    case .uniform(let low, let high): "uniform(\(amount(low)), \(amount(high)))"
    case .lognormal(let mean, let sigma): "lognormal(\(amount(mean)), \(Text.number(sigma)))"
    case .pareto(let mean, let shape): "pareto(\(amount(mean)), \(Text.number(shape)))"
    case .mix(let shares):
      "mix("
        + shares.map { "\(Text.percent($0.share)): \($0.distribution.words(amount))" }
        .joined(separator: ", ") + ")"
    }
  }
}

extension Text {
  /// A time in nanoseconds.
  static func time(nanoseconds: Double) -> String { seconds(nanoseconds / 1e9) }
}
