/// What HAProxy's rules share: backups, and servers that take from the queue themselves.
///
/// Source: HAProxy 2.6, queue.c and backend.c. A server that frees a slot, comes back from maintenance
/// or has another maxconn takes what waited longest; a backup does while no other server is there, and
/// the first of them, when it serves alone, has a queue of its own.
protocol HAProxyRule: Balancer {
  /// Which backups serve when no other server is there.
  var backups: HAProxyBackups { get set }
}

extension HAProxyRule {
  /// Servers take what waits.
  public static var callsServers: Bool { true }

  /// Backups stand by until no other server is there.
  public var standbys: HAProxyBackups? { backups }

  /// Which backups serve.
  static var backupParameter: Parameter<Self> {
    Parameter("backups", \.backups, "Which backups serve when no other server is there.")
  }
}
