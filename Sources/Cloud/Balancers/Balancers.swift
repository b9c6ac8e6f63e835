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
    Ring.self,
    Ketama.self,
    Maglev.self,
    Rendezvous.self,
    Jump.self,
    BoundedLoad.self,
    Sticky.self,
    NginxHash.self,
    NginxIPHash.self,
    HAProxyHash.self,
    HAProxyConsistent.self,
    HAProxyRandom.self,
    EnvoyRingHash.self,
    EnvoyMaglev.self,
  ]

  /// The balancer of that name.
  public static func named(_ name: String) -> (any Balancer.Type)? {
    all.first { $0.name == name }
  }
}
