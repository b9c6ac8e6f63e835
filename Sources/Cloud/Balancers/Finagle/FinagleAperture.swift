/// Finagle's deterministic, weighted aperture with the load metric `leastLoaded`.
public struct FinagleAperture: Composed {
  /// The name it is typed by.
  public static let name = "finagle.aperture"
  /// What it does, in a sentence.
  public static let summary = "The less busy of two in a weighted, fixed aperture."
  /// What `help` says.
  public static let details = StrategyDetails(
    rule: """
      On a ring of length 1 each server takes its share of the weights, in declared order. \
      Instance i of N sees from i ÷ N on a stretch of min(1, ⌈aperture ÷ n × N⌉ ÷ N). Draw two \
      different servers by what they have inside it and take the one with the fewest requests.
      """,
    source: "Finagle, aperture/DeterministicAperture.scala and WeightedAperture.scala.",
    ties: "The first drawn wins. 2 draws a pick, 1 when only one server is inside.",
    failure: """
      A server at the edge is drawn seldom by one instance and often by its neighbour: even only \
      as long as all instances send alike.
      """,
    lesson: "08")
  /// What can be set.
  public static var parameters: [Parameter<Self>] {
    [
      Parameter("instance", \.instance, in: 0...99_999, "Which balancer this is, from 0."),
      Parameter("instances", \.instances, in: 1...100_000, "How many balancers there are."),
      Parameter("aperture", \.aperture, in: 1...100_000, "How many servers it is wide enough for."),
    ]
  }

  var rule = Least(Active(), among: WeightedSubset(), ties: FirstWins())

  /// Which balancer this is, from 0.
  public var instance: Int {
    get { rule.candidates.instance }
    set { rule.candidates.instance = newValue }
  }

  /// How many balancers there are.
  public var instances: Int {
    get { rule.candidates.instances }
    set { rule.candidates.instances = newValue }
  }

  /// How many servers it is wide enough for.
  public var aperture: Int {
    get { rule.candidates.aperture }
    set { rule.candidates.aperture = newValue }
  }

  /// The only balancer, seeing all servers.
  public init() {}
}
