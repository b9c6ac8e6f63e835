public import Simulation

/// The machinery under a world: everything but the policies, advanced event by event.
///
/// Events are ordered by (time, kind, number): finishes, timeouts, machines, scaling checks, then
/// arrivals. Plain arrays, so that a copy is a snapshot.
public struct Engine: Sendable {
  var clock: Int64 = 0
  var fleet = Fleet()
  var requests = RequestTable()
  var loads: [Arrivals] = []
  /// Beside `loads`.
  var loadRows = Column<LoadRow>()
  var retries = RetryQueue()
  var rings = Column<TimerRing>()
  var alarms = EventQueue<Alarm>()
  var metrics = Metrics()
  /// The longest latency of a good answer, in nanoseconds.
  var objective = RunEconomics.usualObjective.nanoseconds
  /// Counts what requests use; nil where they are not paid one by one.
  var meter: RequestMeter?
  /// The engine comes back where it would pass this instant, for what is noted of the time before.
  var pause: Int64 = .max
  /// Addresses of servers, and keys that are texts.
  var names = NameTable.empty
  /// Servers that the request at hand was tried on before.
  var tried = Column<Int32>()
  /// To how many servers the balancer takes a request in turn until one answers it.
  var tries = 1
  /// As many open requests as let every server have its `maxconn`; 0 where limits do not grow.
  var fullconn = 0
  /// After how long without an answer a first try is copied to another server, in nanoseconds; 0 for
  /// never.
  var hedge: Int64 = 0
  /// By number, servers that a request was tried on that is about to be sent again.
  var triedBefore: [UInt64: [Int32]] = [:]
  /// Requests that wait at the balancer, since no server accepted them; linked by `next`.
  var waiting = WaitingLine()
  /// Whether whoever balances finds out by itself that a server has crashed.
  var seesCrashed = false
  /// Whether servers that are set aside stay in the balancer's view.
  var seesAside = false
  /// Whether servers that come back or have more room take from the queue themselves, in the order
  /// in which they do; else the balancer is asked.
  var callsServers = false
  /// Whether a request waits behind those that wait, even if a server had room for it.
  var queuesBehind = false
  /// Servers that may take from the queue, since they came back or have more room.
  var callers: [Int32] = []
  /// Tries that were lost while no balancer was at hand to be told.
  var unheard: [Unheard] = []
  /// The period of the balancer's ticks, in nanoseconds; 0 for none.
  var tick: Int64 = 0
  /// What tells draws of errors from others.
  var errorKey: UInt64
  /// By try, the work of those that will be answered with an error: they are sent again with it.
  var failingWork: [UInt64: Int64] = [:]
  /// What tells draws of boots and of spot machines' lives from others.
  var bootKey: UInt64 = 0
  var spotKey: UInt64 = 0
  /// What is to befall servers, by place; what is over leaves its place empty.
  var faults: [Fault?] = []
  /// What turns requests away, or keeps them from being sent again.
  var guards = Guards()
  /// Tries that a server turns away now.
  var shedLine = ShedLine()
  /// Whether a request that finds no server waits for one.
  var holdsArrivals = false
  /// The autoscalers that check at once when the first of them is held.
  var poked: [Int] = []
  /// The balancer's draws.
  var choices: RandomStream
  /// Requests that have arrived so far, each counted once.
  var numbered: UInt64 = 0
  /// Tries beyond each request's first, so far.
  var resent = 0
  /// Requests that are over, whatever became of them.
  var settled = 0
  /// Requests that arrived and are not over.
  var open: Int { Int(numbered) - settled }
  /// The last event, when the engine was asked for one at a time.
  var last: Event?
  /// Events so far: the position on the timeline.
  public internal(set) var processed = 0
  /// The next first try: when, and of which load.
  var nextFirst: Int64 = .max
  var nextLoad = 0
  /// The next try that is not a first.
  var nextRetry: Int64 = .max
  /// The next timer fires then or later.
  var nextTimer: Int64 = .max
  /// Whether an alarm was set that the loop does not know of.
  var alarmSet = false

  init(seed: UInt64) {
    choices = RandomStream(seed: seed, purpose: "balancer", name: "choices")
    errorKey = 0
    reseedMachines(seed)
  }

  /// The present time.
  public var now: Instant { Instant(nanoseconds: clock) }

  /// Why the engine came back.
  public enum Exit: Hashable, Sendable {
    /// What the stop asked for has come.
    case stopped
    /// The budget of events is used up, or it was to pause; there may be more to do.
    case budget
    /// Nothing is left that could happen.
    case idle
    /// An autoscaler's check is due.
    case check(Int)
    /// There are as many requests at once as there may be; the next arrival does not fit.
    case full
  }

  /// Something rare that is to happen at a time.
  enum Alarm: BitwiseCopyable, Sendable, Hashable {
    /// A server has booted, in this life of its.
    case boot(ServerID, life: UInt32)
    /// A draining server leaves, in this life of its.
    case drain(ServerID, life: UInt32)
    /// A server is warm, in this life of its.
    case warm(ServerID, life: UInt32)
    /// A spot machine is taken back, in this life of its.
    case notice(ServerID, life: UInt32)
    /// A fault begins, ends, or strikes, by its place.
    case fault(Int, FaultStep)
    /// An autoscaler checks, by its place.
    case check(Int)
    /// The balancer looks after its servers.
    case tick
  }

  /// The kinds of event in the order in which they happen at one instant.
  enum Order {
    static let fault: UInt8 = 2
    static let machine: UInt8 = 3
    static let health: UInt8 = 4
    static let scaling: UInt8 = 6
  }

  /// A time no event reaches.
  static let never = Int64(4_000_000_000_000_000_000)
}
