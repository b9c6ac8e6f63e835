import Simulation

/// Waiting in front of so many servers: Poisson arrivals, exponential work, one queue (M/M/n).
///
/// Source: Erlang (1917); the numbers are those of pyworkforce 0.5.1.
public struct ErlangC: Hashable, Sendable {
  /// The load in erlangs: arrivals a second times their mean work in seconds.
  public var load: Double

  /// Waiting under a load.
  public init(load: Double) { self.load = load }

  /// The probability that a request waits; 1 when the servers do not suffice.
  ///
  /// Complexity: O(servers).
  public func waitProbability(_ servers: Int) -> Double {
    guard load > 0 else { return 0 }
    guard Double(servers) > load else { return 1 }
    var inverse = 1.0
    for server in 1...max(1, servers) { inverse = 1 + inverse * Double(server) / load }
    return wait(Double(servers), lost: 1 / inverse)
  }

  /// From Erlang's loss formula to his waiting formula.
  private func wait(_ servers: Double, lost: Double) -> Double {
    servers * lost / (servers - load * (1 - lost))
  }

  /// The share of requests that wait no longer than a time, given in mean works.
  public func serviceLevel(_ servers: Int, within wait: Double) -> Double {
    guard Double(servers) > load else { return 0 }
    return level(Double(servers), waitProbability(servers), wait)
  }

  private func level(_ servers: Double, _ probability: Double, _ wait: Double) -> Double {
    max(0, 1 - probability * Elementary.exp(-(servers - load) * wait))
  }

  /// The share of the time that a server is busy.
  public func occupancy(_ servers: Int) -> Double { load / Double(max(1, servers)) }

  /// What a fleet is to achieve.
  public enum Goal: Hashable, Sendable {
    /// No more than this share of the requests waits.
    case waitProbability(Double)
    /// At least this share waits no longer than a time, in mean works.
    case serviceLevel(Double, within: Double)
  }

  /// The fewest servers that achieve a goal and are not busier than the occupancy; at most `limit`.
  ///
  /// Complexity: O(servers).
  public func servers(
    for goal: Goal, occupancy: Double = 1, limit: Int = 1_000_000
  ) -> Int {
    guard load > 0 else { return 0 }
    guard load < Double(limit) else { return limit }
    var inverse = 1.0
    var count = 0
    while count < limit {
      count += 1
      inverse = 1 + inverse * Double(count) / load
      guard Double(count) > load else { continue }
      let probability = wait(Double(count), lost: 1 / inverse)
      let isMet =
        switch goal {
        case .waitProbability(let most): probability <= most
        case .serviceLevel(let least, let time): level(Double(count), probability, time) >= least
        }
      if isMet { break }
    }
    if self.occupancy(count) > occupancy { count = Int(serversFor: load / occupancy) }
    return min(count, limit)
  }
}

/// Square-root safety staffing: the load, and a reserve that grows only with its root.
///
/// Source: Halfin and Whitt, "Heavy-traffic limits for queues with many exponential servers" (1981).
public enum SquareRootStaffing {
  /// `ceil(load + beta·√load)`.
  public static func servers(load: Double, beta: Double) -> Int {
    load > 0 ? Int(serversFor: load + beta * load.squareRoot()) : 0
  }

  /// The probability of waiting that large fleets tend to: `1 ÷ (1 + β·Φ(β)/φ(β))`.
  public static func waitProbability(beta: Double) -> Double {
    guard beta > 0 else { return 1 }
    guard beta < 35 else { return 0 }
    // Φ/φ = 1/2φ + β + β³/3 + β⁵/(3·5) + …, all terms positive.
    var ratio = (2 * Double.pi).squareRoot() * Elementary.exp(beta * beta / 2) / 2
    var term = beta
    var divisor = 1.0
    while term > ratio * 1e-17 {
      ratio += term
      divisor += 2
      term *= beta * beta / divisor
    }
    return 1 / (1 + beta * ratio)
  }
}
