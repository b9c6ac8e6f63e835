/// What strategies are called elsewhere.
enum StrategyNames {
  /// The names that lead to a strategy in a suggestion.
  static func synonyms(of name: String) -> [String] { elsewhere[name] ?? [] }

  private static let elsewhere = [
    "random": ["rand"],
    "round-robin": ["rr", "roundrobin", "turns"],
    "weighted": ["wrr", "smooth", "weighted-round-robin", "static-rr"],
    "weighted-random": ["wr"],
    "least-connections": ["lc", "least", "least-conn", "leastconn", "least-request", "lor"],
    "two-choices": ["p2c", "power-of-two", "two", "po2", "random-two"],
    "sample": ["threshold", "requests"],
    "demand": ["rate", "rps", "concurrency"],
    "resource": ["cpu", "utilisation", "utilization", "memory"],
  ]
}
