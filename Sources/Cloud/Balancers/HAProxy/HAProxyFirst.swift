/// HAProxy's `first`: the first server that is not full.
public struct HAProxyFirst: Composed, HAProxyRule {
  /// The name it is typed by.
  public static let name = "haproxy.first"
  /// What it does, in a sentence.
  public static let summary = "The first server below its maxconn."
  /// Nobody passes those that wait.
  public static var queuesBehind: Bool { true }
  /// What `help` says.
  public static let details = StrategyDetails(
    rule: """
      Take the first server in declared order with active < maxconn; a server without a maxconn is \
      never full. When all are full the request waits or is refused.
      """,
    source: "HAProxy 2.6, src/lb_fas.c.",
    ties: "None: declared order. No draws.",
    failure: "Without a maxconn the first server gets everything.")

  /// What can be set.
  public static var parameters: [Parameter<Self>] { [backupParameter] }

  /// Which backups serve when no other server is there.
  public var backups = HAProxyBackups.first

  var rule = Least(NoCost(), among: Cheapest(NoCost(), equals: .declared), ties: FirstDeclared())

  /// With nothing known yet.
  public init() {}
}
