/// The server with the fewest requests, any of those that share it.
public struct JoinShortestQueue: Composed {
  /// The name it is typed by.
  public static let name = "join-shortest-queue"
  /// What it does, in a sentence.
  public static let summary = "The server with the fewest requests, whatever its weight."
  /// What `help` says.
  public static let details = StrategyDetails(
    rule: "Take the least active; active are the requests in service and waiting.",
    source: """
      Winston, Optimality of the Shortest Line Discipline (1977); Haight, Two Queues in Parallel \
      (1958).
      """,
    ties: "One of the tied, all equally likely. One draw a pick.",
    failure: """
      Counts requests, not their work, and cannot undo a choice: one common queue waits less. News \
      that is late sends everybody to the same server.
      """,
    lesson: "08")

  var rule = Least(Active(), among: Cheapest(Active(), equals: .drawn), ties: AnyOfThem())

  /// With nothing known yet.
  public init() {}
}
