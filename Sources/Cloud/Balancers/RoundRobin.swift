/// One after another, in declared order.
public struct RoundRobin: Composed {
  /// The name it is typed by.
  public static let name = "round-robin"
  /// What it does, in a sentence.
  public static let summary = "One after another, in declared order."
  /// What `help` says.
  public static let details = StrategyDetails(
    rule: "Take the server after the last one taken; after the last server comes the first.",
    source: "nginx and HAProxy with equal weights.",
    ties: "None: declared order. No draws.",
    failure: "Counts requests, not work: a slow or small server gets as many as a fast one.",
    lesson: "07")

  var rule = Least(NoCost(), among: NextInTurn(), ties: FirstWins())

  /// Beginning with the first server.
  public init() {}
}
