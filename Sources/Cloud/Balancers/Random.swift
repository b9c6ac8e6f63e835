/// Any server, all equally likely.
public struct Random: Composed {
  /// The name it is typed by.
  public static let name = "random"
  /// What it does, in a sentence.
  public static let summary = "Any server, all equally likely."
  /// What `help` says.
  public static let details = StrategyDetails(
    rule: "Draw one of the n eligible servers: each has the probability 1 ÷ n.",
    source: "nginx random, Envoy random, iptables under Kubernetes services: with equal weights.",
    ties: "None. One draw a pick.",
    failure: "Chance makes queues: at 90 % load a request waits nine times as long as its service.",
    lesson: "07")

  var rule = Least(NoCost(), among: Drawn(1), ties: FirstWins())

  /// With no history.
  public init() {}
}
