/// The less busy of two servers drawn at random.
public struct TwoChoices: Composed {
  /// The name it is typed by.
  public static let name = "two-choices"
  /// What it does, in a sentence.
  public static let summary = "The least busy of a few servers drawn at random."
  /// What `help` says.
  public static let details = StrategyDetails(
    rule: "Draw d different servers and take the one with the fewest requests.",
    source: """
      Mitzenmacher, The Power of Two Choices in Randomized Load Balancing (1996); distinct draws \
      as in Finagle's P2C, with replacement as in Envoy and gRPC.
      """,
    ties: """
      The first drawn wins. d draws a pick; distinct draws are n when there are only n servers.
      """,
    failure: """
      With few servers at very high load it is far from the best; it sees requests, not their work.
      """,
    lesson: "08")
  /// What can be set.
  public static var parameters: [Parameter<Self>] {
    [
      Parameter("d", \.d, in: 1...1000, "How many servers are drawn."),
      Parameter("draws", \.draws, "Whether a server can be drawn twice."),
    ]
  }

  var rule = Least(Active(), among: Drawn(2), ties: FirstWins())

  /// How many servers are drawn.
  public var d: Int {
    get { rule.candidates.size }
    set { rule.candidates.size = newValue }
  }

  /// Whether a server can be drawn twice.
  public var draws: Drawing {
    get { rule.candidates.draws }
    set { rule.candidates.draws = newValue }
  }

  /// Of two.
  public init() {}
}
