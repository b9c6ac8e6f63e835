public import Simulation

/// What an autoscaler is told at a check, and nothing it could not know then.
public struct Observation: Sendable {
  /// One server of the fleet, as a monitoring system reports it.
  public struct Server: Sendable, Hashable {
    /// The server.
    public var id: ServerID
    /// Whether it takes requests (in service); else it is booting.
    public var ready: Bool
    /// Whether it takes requests but is not warm yet: it counts as capacity, not in a metric.
    public var warming: Bool
    /// When it was asked for, or started anew; nil when nobody tells.
    public var launched: Instant?
    /// When it came into service last; nil when it is not, or when nobody tells.
    public var readySince: Instant?
    /// Requests it serves at once.
    public var cpu: Int
    /// Work it does per second on a slot, as its size says.
    public var speed: Double
    /// Requests it was ever given: a counter, which never falls.
    public var picked: Counter
    /// Requests it was given since the last check.
    public var arrivals: Int
    /// Share of its slots that was busy since the last check (since it was ready, if later).
    public var busy: Level
    /// Share of its memory in use now.
    public var memory: Level
    /// Requests it has now, in service and waiting.
    public var active: Int
    /// Memory it has, in bytes; 0 when nobody tells.
    public var memorySize: Int
    /// Requests it could not take since the last check because its memory was full.
    public var memoryFailures: Int

    /// A server as it is reported at a check.
    public init(
      id: ServerID, ready: Bool = true, warming: Bool = false, launched: Instant? = nil,
      readySince: Instant? = nil,
      cpu: Int = 1,
      speed: Double = 1, picked: Counter = Counter(0),
      arrivals: Int = 0, busy: Level = Level(0), memory: Level = Level(0), active: Int = 0,
      memorySize: Int = 0, memoryFailures: Int = 0
    ) {
      self.id = id
      self.ready = ready
      self.warming = warming
      self.launched = launched
      self.readySince = readySince
      self.cpu = cpu
      self.speed = speed
      self.picked = picked
      self.arrivals = arrivals
      self.busy = busy
      self.memory = memory
      self.active = active
      self.memorySize = memorySize
      self.memoryFailures = memoryFailures
    }
  }

  /// When the check is made.
  public var time: Instant
  /// Time since the last check, or since the policy was set.
  public var elapsed: Duration
  /// Requests that arrived since the last check, retries too.
  public var arrivals: Int
  /// Servers booting or in service, in the order they were rented; none that is draining.
  public var servers: [Server]
  /// Whether the change that was asked for last, if any, was made: other scalers may want more.
  public var isGranted: Bool
  /// Servers that finish what they have and then leave.
  public var leaving: Int
  /// When a server last came into service or left; the start when none ever did.
  public var settled: Instant
  /// Seconds that a slot was busy for each request completed since the last check; nil when none
  /// was, or nobody tells.
  public var meanWork: Level?
  /// Requests that wait at the balancer because no server accepts them.
  public var waiting: Int

  /// What is known at a check.
  public init(
    time: Instant, elapsed: Duration, arrivals: Int, servers: [Server],
    isGranted: Bool = true, leaving: Int = 0,
    settled: Instant = .zero, meanWork: Level? = nil, waiting: Int = 0
  ) {
    self.isGranted = isGranted
    self.leaving = leaving
    self.settled = settled
    self.meanWork = meanWork
    self.time = time
    self.elapsed = elapsed
    self.arrivals = arrivals
    self.servers = servers
    self.waiting = waiting
  }
}

/// A signal that goes up and down with the load, such as utilisation or a rate.
public struct Level: Hashable, Comparable, Sendable {
  /// The reading, in the signal's unit.
  public var value: Double

  /// A reading of a level.
  public init(_ value: Double) { self.value = value }

  /// The order of the readings.
  public static func < (a: Level, b: Level) -> Bool { a.value < b.value }
}

/// A signal that only ever grows, such as the requests a server has had in all.
///
/// It is a type of its own, so that nobody compares a total with a threshold by accident.
public struct Counter: Hashable, Comparable, Sendable {
  /// The total so far.
  public var total: Int

  /// A reading of a counter.
  public init(_ total: Int) { self.total = total }

  /// The order of the totals.
  public static func < (a: Counter, b: Counter) -> Bool { a.total < b.total }
}
