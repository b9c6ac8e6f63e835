/// Two choices inside the part of the fleet that this balancer sees.
public struct Aperture: Composed {
  /// The name it is typed by.
  public static let name = "aperture"
  /// What it does, in a sentence.
  public static let summary = "The less busy of two from a fixed part of the servers."
  /// What `help` says.
  public static let details = StrategyDetails(
    rule: """
      Instance i of N sees w of n servers: those from place ⌊i × n ÷ N⌋ on, around the ring of \
      declared order; w = max(width, ⌈n ÷ N⌉). Of those draw two different ones and take the one \
      with the fewest requests. Every server is seen by ⌊N × w ÷ n⌋ instances or one more. When \
      none that is drawn accepts the request, all servers are asked.
      """,
    source: """
      Deterministic aperture of Finagle, in whole servers; Google, Site Reliability Engineering \
      (2016), ch. 20, has deterministic subsets.
      """,
    ties: "The first drawn wins. 2 draws a pick, 1 when only one server is seen.",
    failure: """
      Too narrow a part cannot even out unequal instances; neighbours on the ring share their \
      misfortune.
      """,
    lesson: "08")
  /// What can be set.
  public static var parameters: [Parameter<Self>] {
    [
      Parameter("instance", \.instance, in: 0...99_999, "Which balancer this is, from 0."),
      Parameter("instances", \.instances, in: 1...100_000, "How many balancers there are."),
      Parameter("width", \.width, in: 1...100_000, "How many servers each sees at least."),
    ]
  }

  var rule = Least(Active(), among: Subset(), ties: FirstWins())

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

  /// How many servers each sees at least.
  public var width: Int {
    get { rule.candidates.width }
    set { rule.candidates.width = newValue }
  }

  /// The only balancer, seeing all servers.
  public init() {}
}
