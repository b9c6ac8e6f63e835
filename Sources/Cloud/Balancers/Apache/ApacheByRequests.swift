/// Apache's byrequests: smooth weighted round robin, years before nginx had it.
public struct ApacheByRequests: Composed {
  /// The name it is typed by.
  public static let name = "apache.byrequests"
  /// What it does, in a sentence.
  public static let summary = "Turns by weight, spread evenly."
  /// What `help` says.
  public static let details = StrategyDetails(
    rule: """
      Every server's status gains its factor, the highest status is taken and pays the sum of all \
      factors. Weights 5, 1, 1 give s1 s1 s2 s1 s3 s1 s1.
      """,
    source: "Apache httpd 2.4, modules/proxy/balancers/mod_lbmethod_byrequests.c.",
    ties: "Equal status: the first in declared order. No draws.",
    failure: "Looks at each server for each pick, and at what servers are, not at how they do.",
    lesson: "07")

  var rule = Least(NoCost(), among: Everyone(), ties: SmoothTurns())

  /// Every status 0.
  public init() {}
}
