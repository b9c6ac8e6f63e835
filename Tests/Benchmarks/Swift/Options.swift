import Cloud

/// What the command line asks for.
struct Options {
  static let usage =
    "usage: Benchmarks [--scenario queues|sale|boots|names] [--balancer NAME] [--servers N] [--requests R] "
    + "[--load RHO] [--timeout SECONDS --retries K] [--seed S]"

  /// What is simulated.
  enum Scenario: String {
    /// A fixed fleet, as the peers have it.
    case queues
    /// A flash sale, with a fleet that grows and shrinks and with one that stays as it is.
    case sale
    /// Servers that boot one by one.
    case boots
    /// No simulation: the names of all balancers.
    case names
  }

  var scenario = Scenario.queues
  var balancer: any Balancer.Type = TwoChoices.self
  var servers: Int?
  var requests = 1_000_000
  var load = 0.8
  var timeout: Double?
  var retries = 0
  var seed: UInt64 = 1

  /// What the words ask for; nil when they are wrong.
  init?(_ words: [String]) {
    guard words.count.isMultiple(of: 2) else { return nil }
    for index in stride(from: 0, to: words.count, by: 2) {
      guard set(words[index], to: words[index + 1]) else { return nil }
    }
  }

  /// Sets what a flag names; false when there is no such flag or the value is outside its range.
  private mutating func set(_ flag: String, to value: String) -> Bool {
    switch flag {
    case "--scenario":
      return found(Scenario(rawValue: value)) { $0.scenario = $1 }
    case "--balancer":
      return found(Balancers.named(value)) { $0.balancer = $1 }
    case "--servers": return whole(value, 2...10_000_000) { $0.servers = $1 }
    case "--requests": return whole(value, 1...1_000_000_000) { $0.requests = $1 }
    case "--retries": return whole(value, 0...100) { $0.retries = $1 }
    case "--load": return positive(value, upTo: 100) { $0.load = $1 }
    case "--timeout": return positive(value, upTo: 1e6) { $0.timeout = $1 }
    case "--seed": return found(UInt64(value)) { $0.seed = $1 }
    default: return false
    }
  }

  private mutating func found<Value>(_ value: Value?, _ store: (inout Options, Value) -> Void)
    -> Bool
  {
    guard let value else { return false }
    store(&self, value)
    return true
  }

  private mutating func whole(
    _ value: String, _ range: ClosedRange<Int>, _ store: (inout Options, Int) -> Void
  ) -> Bool {
    found(Int(value).flatMap { range.contains($0) ? $0 : nil }, store)
  }

  private mutating func positive(
    _ value: String, upTo most: Double, _ store: (inout Options, Double) -> Void
  ) -> Bool {
    found(Double(value).flatMap { $0 > 0 && $0 <= most ? $0 : nil }, store)
  }
}
