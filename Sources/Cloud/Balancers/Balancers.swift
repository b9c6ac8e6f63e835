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
    PeakEWMA.self,
    LeastTime.self,
    Prequal.self,
    Aperture.self,
    NginxLeastTime.self,
    EnvoyPeakEWMA.self,
    FinaglePeakEWMA.self,
    FinagleAperture.self,
    IngressNginxEWMA.self,
  ]

  /// The balancer of that name.
  public static func named(_ name: String) -> (any Balancer.Type)? {
    all.first { $0.name == name }
  }
}
