/// Any server, as likely as its share of all weights.
public struct WeightedRandom: Composed {
  /// The name it is typed by.
  public static let name = "weighted-random"
  /// What it does, in a sentence.
  public static let summary = "Any server, as likely as its share of all weights."
  /// What `help` says.
  public static let details = StrategyDetails(
    rule: "Draw one server: the probability of each is weight ÷ sum of all weights.",
    source: """
      nginx random with weights; the table is Walker's alias method (1977) as built by Vose (1991).
      """,
    ties: "None. One draw a pick, whatever the number of servers.",
    failure: "Shares are right in the long run only; in the short run chance makes queues.",
    lesson: "07")

  var rule = Least(NoCost(), among: DrawnByWeight(), ties: FirstWins())

  /// With no table yet.
  public init() {}
}
