public import Simulation

/// What stands around a pick: what whoever balances knows of the servers' health and load.
///
/// It composes with any balancer; nothing of it is in force by default.
public struct Proxy: Sendable {
  /// The age of the loads it sees: a board of them is renewed so often; nil for the present ones.
  public var stale: Duration?
  /// Balancers that share the requests and do not see one another's.
  public var balancers = 1
  /// To how many servers a request is taken in turn until one answers it; nil for the balancer's own
  /// number.
  public var tries: Int?
  /// After how long without an answer a first try is copied to another server; nil for never.
  public var hedge: Duration?
  /// As many open requests as let every server have its `maxconn`, from `minconn` on; nil where it
  /// always may.
  public var fullconn: Int?
  /// Finds out which servers are healthy; nil where everybody knows at once.
  public var health: (any HealthRule)?
  /// How a server that comes back begins.
  public var slowStart: SlowStart?
  /// The zone it stands in: servers of the same zone come first.
  public var zone: String?
  /// Percent of healthy servers below which all of a level are used; nil for Envoy's 50.
  public var panic: Int?

  /// Nothing in force.
  public init() {}

  /// Whether anything asks for more than the balancer itself.
  var isNeeded: Bool {
    stale != nil || balancers > 1 || health != nil || slowStart != nil || zone != nil
  }
}
