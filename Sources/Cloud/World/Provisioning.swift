public import Simulation

/// How an autoscaler comes by machines, beside how many it wants.
public struct Provisioning: Hashable, Sendable {
  /// Time a new server takes to boot, in nanoseconds; drawn for each.
  public var boot = Distribution.constant(30e9)
  /// How long a new server is warming; nil for as long as those of the last `spawn`.
  public var warming: Duration?
  /// How many times slower a new server is until it is warm; nil for as those of the last `spawn`.
  public var cold: Double?
  /// The share of the servers that are spot machines; nil for as those of the last `spawn`.
  public var spot: Double?
  /// How long a server may take to answer its checks before it is replaced; nil replaces none.
  ///
  /// One that has crashed is replaced at the next check whatever this says.
  ///
  /// Source: EC2 Auto Scaling user guide, "health check grace period": 300 s in the console.
  public var grace: Duration?
  /// The zones over which servers are spread; none for the zone of the last `spawn`.
  ///
  /// A new one goes where there are fewest, of equals to the first; a zone that is out gets none.
  /// One that is given back is of those where there are most.
  ///
  /// Source: EC2 Auto Scaling user guide, balancing over Availability Zones.
  public var zones: [String] = []
  /// Servers kept stopped, from which a scale-out takes first.
  public var pool: Pool?

  /// A warm pool and what it costs.
  public struct Pool: Hashable, Sendable {
    /// How many there are in it.
    public var size: WarmPool
    /// Time a server of it takes to start, in nanoseconds.
    public var boot = Distribution.constant(5e9)
    /// The share of the price that is paid for one that is stopped: its disk.
    ///
    /// An illustration; Amazon EC2 charges a stopped instance for its volumes only.
    public var priceShare = 0.05

    /// A pool of so many.
    public init(_ size: WarmPool) { self.size = size }
  }

  /// Servers that boot for 30 s, like those of the last `spawn` for the rest.
  public init() {}
}
