public import Simulation

/// An autoscaler at work: its policy, how often it checks, and within what bounds it acts.
public struct Scaler: Sendable {
  /// Its name; scalers of the same name replace one another.
  public var name: String
  /// The policy.
  public var policy: any Autoscaler
  /// Time between checks.
  public var every: Duration
  /// Fewest and most servers.
  public var bounds: ClosedRange<Int>
  /// How it comes by machines.
  public var provisioning: Provisioning
  /// How long a server that is given back may finish what it has; nil for as long as it takes.
  public var drain: Duration?
  /// What it decided at its last check; nil before the first, until which nobody else gives back.
  var decided: Decision?
  /// The policy as it was chosen, before it had a history.
  private let pristine: any Autoscaler
  /// Whether the change it asked for last, if any, was made.
  var isGranted = true
  /// When its next check is due; a poke comes before.
  var due = Instant.zero
  /// Where its counters stood at its last check.
  var seen = Seen()
  /// The servers of its warm pool.
  var pooled: [ServerID] = []
  /// What a policy that knows the future has found of it so far.
  var outlook: Outlook?

  struct Seen: Sendable {
    var time = Instant.zero
    var arrivals = 0
    /// The servers that there were, in the order they were rented.
    var servers: [Counters] = []

    struct Counters: Sendable {
      var index: Int
      var picked = 0
      var completed = 0
      var busy: UInt128 = 0
      var memoryFailures = 0
    }
  }

  /// An autoscaler with its policy's own period, 1 to 1000 servers that boot for 30 s.
  public init(
    name: String = "main", policy: any Autoscaler, every: Duration? = nil,
    bounds: ClosedRange<Int> = 1...1000, boot: Duration = .seconds(30), drain: Duration? = nil
  ) {
    var provisioning = Provisioning()
    provisioning.boot = .constant(Double(boot.nanoseconds))
    self.init(
      name: name, policy: policy, every: every, bounds: bounds, drain: drain,
      provisioning: provisioning)
  }

  /// An autoscaler that comes by machines in a way of its own.
  public init(
    name: String = "main", policy: any Autoscaler, every: Duration? = nil,
    bounds: ClosedRange<Int> = 1...1000, drain: Duration? = nil, provisioning: Provisioning
  ) {
    self.name = name
    self.policy = policy
    pristine = policy
    self.every = every ?? type(of: policy).period
    self.bounds = bounds
    self.provisioning = provisioning
    self.drain = drain
  }

  /// What it wanted at its last check; nil when it had no opinion.
  public var wanted: Int? { decided?.wish }

  /// What size of servers it wanted at its last check, if it has a say in that.
  public var size: ServerSize? { decided?.size }

  /// The mean time a new server takes to boot.
  public var boot: Duration { Duration(rounding: provisioning.boot.mean) }

  /// The same without a history.
  public var anew: Scaler {
    Scaler(
      name: name, policy: pristine, every: every, bounds: bounds, drain: drain,
      provisioning: provisioning)
  }
}

/// What an autoscaler decided at a check, whether or not it changed the fleet.
public struct ScalingCheck: Hashable, Sendable {
  /// When.
  public var time: Instant
  /// The scaler's name.
  public var scaler: String
  /// The policy's name.
  public var policy: String
  /// The decision, slot by slot.
  public var decision: Decision
  /// What it changed; nil when the fleet stayed as it was.
  public var action: ScalingAction?
}

/// A change of the fleet by an autoscaler: `t1`, `t2`, ….
public struct ScalingAction: Hashable, Sendable {
  /// Its number, from one.
  public var number: Int
  /// When.
  public var time: Instant
  /// The scaler's name and its policy's.
  public var scaler: String
  /// The policy's name.
  public var policy: String
  /// The decision, slot by slot.
  public var decision: Decision
  /// Servers that were asked for.
  public var added: [ServerID]
  /// Servers that were given back.
  public var removed: [ServerID]
  /// Servers that were given another size where they are.
  public var resized: [ServerID] = []

  /// The name it is typed by.
  public var name: String { "t\(number)" }
}
