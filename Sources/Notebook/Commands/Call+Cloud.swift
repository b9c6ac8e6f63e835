import Cloud
import Simulation

extension Call {
  /// A time.
  func time(_ name: String) throws(Diagnostic) -> Simulation.Duration {
    Simulation.Duration(seconds: try duration(name))
  }

  /// A time, or nil when it was not given.
  func timeIfGiven(_ name: String) throws(Diagnostic) -> Simulation.Duration? {
    has(name) ? try time(name) : nil
  }

  /// How work is spread, in nanoseconds.
  func work(_ name: String) throws(Diagnostic) -> Distribution {
    try spread(name, scale: 1e9)
  }

  /// How memory is spread, in bytes.
  func memory(_ name: String) throws(Diagnostic) -> Distribution {
    try spread(name, scale: 1)
  }

  private func spread(_ name: String, scale: Double) throws(Diagnostic) -> Distribution {
    let distribution = Distribution(try distribution(name), scale: scale)
    guard distribution.isProper else {
      throw mistake("\(name) must be spread over finite values that are not negative", about: name)
    }
    return distribution
  }

  /// How keys are spread.
  func keyDistribution(_ name: String) throws(Diagnostic) -> KeyDistribution {
    switch try keys(name) {
    case .uniform(let count): .uniform(count)
    case .zipf(let count, let exponent): .zipf(count, exponent)
    }
  }

  /// The servers of an argument that exist and are not gone, in order, each once.
  ///
  /// - Throws: when one does not exist, or none is left of `all`.
  func serverIDs(_ name: String = "servers", in world: World) throws(Diagnostic) -> [ServerID] {
    let alive = world.servers.filter { $0.state != .gone }.map(\.id)
    var chosen: Set<ServerID> = []
    for argument in all(name) {
      guard case .servers(let selection) = argument.value else { continue }
      switch selection {
      case .all: chosen.formUnion(alive)
      case .range(let numbers):
        for number in [numbers.lowerBound, numbers.upperBound] {
          if !alive.contains(ServerID(number - 1)) {
            throw missing(number, argument: argument, alive: alive, in: world)
          }
        }
        chosen.formUnion(alive.filter { numbers.contains($0.index + 1) })
      }
    }
    if chosen.isEmpty {
      throw mistake("there are no servers", help: "rent one first: spawn 1")
    }
    return alive.filter { chosen.contains($0) }
  }

  private func missing(
    _ number: Int, argument: Argument, alive: [ServerID], in world: World
  ) -> Diagnostic {
    let what =
      (1...max(1, world.rented)).contains(number) && world.rented > 0
      ? "s\(number) is gone" : "there is no server s\(number)"
    guard let last = alive.last else {
      return Diagnostic(what, at: argument.range, help: "rent one first: spawn 1")
    }
    let fixed = Source(source).replacing(argument.range, with: last.name)
    return Diagnostic(what, at: argument.range, suggestion: fixed)
  }
}

extension Distribution {
  /// The distribution that was typed, in a unit that is `scale` times smaller.
  init(_ form: DistributionForm, scale: Double) {
    switch form {
    case .constant(let value): self = .constant(value * scale)
    case .exponential(let mean): self = .exponential(mean: mean * scale)
    case .uniform(let low, let high): self = .uniform(low * scale, high * scale)
    case .lognormal(let mean, let sigma): self = .lognormal(mean: mean * scale, sigma: sigma)
    case .pareto(let mean, let alpha): self = .pareto(mean: mean * scale, shape: alpha)
    case .mix(let shares):
      self = .mix(shares.map { Share($0.share, Distribution($0.form, scale: scale)) })
    }
  }
}
