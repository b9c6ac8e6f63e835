/// Turns in proportion to weight, spread evenly.
public struct Weighted: Composed {
  /// The name it is typed by.
  public static let name = "weighted"
  /// What it does, in a sentence.
  public static let summary = "Turns in proportion to resources, spread evenly."
  /// What `help` says.
  public static let details = StrategyDetails(
    rule: """
      Smooth weighted round robin: every server gains its weight as credit, the one with the most \
      credit is taken and pays the sum of all weights. Weights 5, 1, 1 give s1 s1 s2 s1 s3 s1 s1.
      """,
    source: "nginx, ngx_http_upstream_round_robin.c; Apache httpd mod_lbmethod_byrequests.c.",
    ties: "Equal credit: the first in declared order. No draws.",
    failure: "Looks at each server for each pick, and at what servers are, not at how they do.",
    lesson: "07")
  /// What can be set.
  public static var parameters: [Parameter<Self>] {
    [Parameter("by", \.by, "What counts as a server's weight.")]
  }

  var rule = Least(NoCost(), among: Everyone(), ties: SmoothTurns())

  /// What counts as a server's weight.
  public var by: Weighing {
    get { rule.ties.by }
    set { rule.ties.by = newValue }
  }

  /// By weight, nobody with credit.
  public init() {}
}
