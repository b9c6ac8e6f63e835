/// Every balancer there is.
public enum Balancers {
  /// In the order they are listed.
  public static let all: [any Balancer.Type] = [
    Random.self,
    RoundRobin.self,
    Weighted.self,
    WeightedRandom.self,
    LeastConnections.self,
    TwoChoices.self,
    JoinShortestQueue.self,
    JoinIdleQueue.self,
    LeastWorkLeft.self,
    SizeBased.self,
    First.self,
    NginxRandomTwo.self,
    HAProxyLeastconn.self,
    HAProxyFirst.self,
    EnvoyLeastRequest.self,
    FinagleP2C.self,
    IPVSWeightedLeastConnection.self,
    IPVSShortestExpectedDelay.self,
    IPVSNeverQueue.self,
  ]

  /// The balancer of that name.
  public static func named(_ name: String) -> (any Balancer.Type)? {
    all.first { $0.name == name }
  }
}
