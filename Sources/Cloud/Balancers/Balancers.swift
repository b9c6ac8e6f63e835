/// Every balancer there is.
public enum Balancers {
  /// Balancers that have something in common.
  public struct Group: Sendable {
    /// What they have in common, such as "by turns".
    public let title: String
    /// In the order they are listed.
    public let members: [any Balancer.Type]

    init(_ title: String, _ members: [any Balancer.Type]) {
      self.title = title
      self.members = members
    }
  }

  /// The balancers by what they go by, then those of products.
  public static let groups: [Group] = [
    Group("by chance", [Random.self, WeightedRandom.self]),
    Group("by turns", [RoundRobin.self, Weighted.self]),
    Group(
      "by load",
      [
        LeastConnections.self, JoinShortestQueue.self, TwoChoices.self, JoinIdleQueue.self,
        First.self,
      ]),
    Group("by work", [LeastWorkLeft.self, SizeBased.self]),
    Group("by time", [PeakEWMA.self, LeastTime.self, Prequal.self]),
    Group(
      "by key",
      [
        Ring.self, Ketama.self, Maglev.self, Rendezvous.self, Jump.self, BoundedLoad.self,
        Sticky.self,
      ]),
    Group("by part", [Aperture.self]),
    Group(
      "nginx",
      [
        Nginx.self, NginxLeastConnections.self, NginxLeastTime.self,
        NginxRandomTwo.self, NginxHash.self, NginxIPHash.self,
      ]),
    Group(
      "HAProxy",
      [
        HAProxyRoundRobin.self, HAProxyStaticRoundRobin.self, HAProxyLeastconn.self,
        HAProxyRandom.self, HAProxyFirst.self, HAProxyHash.self, HAProxyConsistent.self,
      ]),
    Group(
      "Envoy",
      [
        EnvoyRoundRobin.self, EnvoyLeastRequest.self, EnvoyRingHash.self, EnvoyMaglev.self,
        EnvoyPeakEWMA.self,
      ]),
    Group("gRPC", [GRPCWeighted.self]),
    Group("Finagle", [FinagleP2C.self, FinaglePeakEWMA.self, FinagleAperture.self]),
    Group("Apache", [ApacheByRequests.self, ApacheByBusyness.self]),
    Group(
      "IPVS",
      [
        IPVSWeightedLeastConnection.self, IPVSShortestExpectedDelay.self, IPVSNeverQueue.self,
      ]),
    Group("Traefik", [TraefikWeighted.self]),
    Group("ingress-nginx", [IngressNginxEWMA.self]),
  ]

  /// In the order they are listed.
  public static let all: [any Balancer.Type] = groups.flatMap(\.members)

  /// The balancer of that name.
  public static func named(_ name: String) -> (any Balancer.Type)? {
    all.first { $0.name == name }
  }
}
