/// Finagle's `p2c`: the less busy of two different servers.
public struct FinagleP2C: Composed {
  /// The name it is typed by.
  public static let name = "finagle.p2c"
  /// What it does, in a sentence.
  public static let summary = "The less busy of two different servers; linkerd's too."
  /// What `help` says.
  public static let details = StrategyDetails(
    rule: """
      Draw one of n servers, then one of the n − 1 others; take the one with fewer requests. \
      Weights play no part.
      """,
    source: "Finagle, P2CPick.scala, with the load metric of least loaded.",
    ties: "The first drawn wins. Two draws a pick, one when there is one server.",
    failure: "As of two-choices: it sees requests, not their work.",
    lesson: "08")

  var rule = Least(Active(), among: Drawn(2), ties: FirstWins())

  /// With no history.
  public init() {}
}
