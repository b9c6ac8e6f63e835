public import Simulation

/// What is asked for when a server is rented.
public struct ServerSpec: Hashable, Sendable {
  /// Requests served at once, from 1.
  public var cpu = 1
  /// Work done per second on a slot; 2 is twice as fast.
  public var speed = 1.0
  /// Memory, in bytes.
  public var memory = 1 << 30
  /// The weight, or nil for `cpu × speed`.
  public var weight: Double?
  /// The zone it stands in; empty when zones play no part.
  public var zone = ""
  /// The price per hour in dollars, or nil for $0.04 a cpu.
  public var price: Double?
  /// How many requests may wait, or nil for any number.
  public var queue: Int?
  /// Most requests the balancer gives it at once, or nil for any number.
  public var maxconn: Int?
  /// Requests the balancer may always give it at once, where a `fullconn` lets the limit grow with the
  /// load up to `maxconn`; nil for `maxconn`.
  public var minconn: Int?
  /// Its priority level: servers of level 0 come first, the others stand by.
  public var priority = 0
  /// What hashing knows it by, such as "10.0.0.1:80"; nil for its name.
  public var address: String?
  /// Time from being asked for to being in service, in nanoseconds; drawn anew for each life.
  public var bootTime = Distribution.constant(0)
  /// How long it is warming once it has booted.
  public var warming = Duration.zero
  /// How many times slower it is while it is warming.
  public var cold = 1.0
  /// The terms of a spot machine; nil for one that nobody takes back.
  public var spot: Spot?
  /// How waiting and running requests share the slots.
  public var discipline = Discipline.fifo

  /// The default server: one slot of speed 1, 1 GiB.
  public init() {}

  /// The mean time to boot; set, it is exactly that for everyone.
  public var boot: Duration {
    get { Duration(rounding: bootTime.mean) }
    set { bootTime = .constant(Double(newValue.nanoseconds)) }
  }

  /// The weight in force.
  public var effectiveWeight: Double { weight ?? Double(cpu) * speed }

  /// Slots: at least one.
  var slots: Int32 { Int32(clamping: max(1, cpu)) }

  /// Most requests it may have, running and waiting.
  var limit: Int32 {
    Int32(clamping: queue.map { Int(slots).addingClamped(max(0, $0)) } ?? Int.max)
  }

  /// Most requests the balancer gives it at once.
  var mostAtOnce: Int32 { Int32(clamping: maxconn.map { max(1, $0) } ?? Int.max) }

  /// Most requests the balancer gives it at once while so many are open: minconn, or more as the load
  /// nears fullconn, ⌊open × maxconn ÷ fullconn⌋.
  ///
  /// Source: HAProxy 2.6, src/queue.c, srv_dynamic_maxconn.
  func mostAtOnce(open: Int, fullconn: Int) -> Int32 {
    guard let minconn, open < fullconn, mostAtOnce < .max else { return mostAtOnce }
    let part = max(0, open).multipliedFullWidth(by: Int(mostAtOnce))
    let (quotient, _) = fullconn.dividingFullWidth(part)
    return min(mostAtOnce, Int32(clamping: max(1, minconn, quotient)))
  }

  /// Whether its limit may grow with the load.
  var grows: Bool { minconn.map { $0 < Int(mostAtOnce) } ?? false && maxconn != nil }

  /// The speed of a server that is so many times slower than it should be, within bounds that keep
  /// every reckoning finite.
  func speed(slowness: Double) -> Double { min(max(1e-12, speed / slowness), 1e12) }

  /// The price in force, in dollars per hour; of a spot machine the share that is paid for it.
  public var effectivePrice: Double { listPrice * (spot?.share ?? 1) }

  /// The price on demand, in dollars per hour.
  public var listPrice: Double { price ?? 0.04 * Double(cpu) }
}

/// How the requests on a server share its slots.
public enum Discipline: String, CaseIterable, Sendable {
  /// First come, first served: each running request has a slot of its own, the others wait.
  case fifo
  /// Processor sharing: all run at once and share the slots evenly; nothing waits.
  case ps
}

/// Where a server is in its life.
public enum ServerState: UInt8, BitwiseCopyable, Sendable {
  /// Asked for and paid for, not yet taking requests.
  case booting
  /// Taking requests.
  case inService
  /// Finishing what it has; takes nothing new.
  case draining
  /// Died, with everything that was on it.
  case crashed
  /// Given back.
  case gone
  /// Stopped in a warm pool, ready to be started.
  case pooled
}

/// The part of a server that the loop reads and writes for every request: two cache lines, of which
/// plain requests on a plain server need the first.
struct ServerRow: BitwiseCopyable, Sendable {
  /// Slots in use; under processor sharing, requests present.
  var running: Int32 = 0
  var cpu: Int32
  /// The queue of waiting requests, linked by `RequestRow.next`; -1 when empty.
  var head: Int32 = -1
  var tail: Int32 = -1
  /// The running request that finishes first, root of a pairing heap; -1 when idle.
  var root: Int32 = -1
  /// Most requests it may have, running and waiting.
  var limit: Int32
  var state: ServerState
  /// Whether it is offered requests, by somebody's order.
  var standing = Standing.up
  /// Whether requests share the slots; else each has one, first come, first served.
  let isSharing: Bool
  /// Whether the speed is 1.
  private(set) var isPlain: Bool
  /// Its priority level; those of level 0 come first.
  var priority: Int32
  /// When `busy` and `virtual` were last brought up to date.
  var since: Int64 = 0
  var picked: Int = 0
  var completed: Int = 0
  private var busyLow: UInt64 = 0
  private var busyHigh: UInt64 = 0
  /// Work done per nanosecond on a slot, slowness included.
  var speed: Double {
    didSet { isPlain = speed == 1 }
  }
  /// Under processor sharing: work each present request has received since the server was idle.
  var virtual: Double = 0
  var weight: Double
  var memory: Int
  var memoryUsed: Int = 0
  /// Most requests the balancer gives it at once.
  var maxconn: Int32
  /// Share of its requests that it answers with an error.
  var errors: Float = 0
  /// Work of a request that it answers with an error, in nanoseconds.
  var errorTime: Int64 = 0

  init(_ spec: ServerSpec, state: ServerState, now: Int64) {
    cpu = spec.slots
    limit = spec.limit
    self.state = state
    isSharing = spec.discipline == .ps
    speed = spec.speed(slowness: 1)
    isPlain = speed == 1
    since = now
    weight = spec.effectiveWeight
    memory = spec.memory
    maxconn = spec.mostAtOnce
    priority = Int32(clamping: spec.priority)
  }

  /// Why it would not take a request that comes behind so many, if so; takes the memory if it does.
  @inline(__always)
  mutating func refusal(behind: Int32, memory: Int) -> Refusal? {
    if state != .inService { return .noConnection }
    if behind >= limit { return .queueFull }
    if memory > 0, !take(memory) { return .memoryFull }
    return nil
  }

  /// Whether it is to get nothing new although it is in service.
  @inline(__always)
  var isAside: Bool { standing == .drain || standing == .down }

  /// Slots that are doing work.
  @inline(__always)
  var busySlots: Int32 { min(running, cpu) }

  /// Slot-nanoseconds in use up to `since`.
  var busy: UInt128 { UInt128(busyHigh) << 64 | UInt128(busyLow) }

  /// Brings the slot-time up to date, before `running` changes.
  @inline(__always)
  mutating func settle(_ now: Int64) {
    let slots = UInt64(truncatingIfNeeded: busySlots)
    let added = slots.multipliedFullWidth(by: UInt64(truncatingIfNeeded: now &- since))
    let (sum, carried) = busyLow.addingReportingOverflow(added.low)
    busyLow = sum
    if carried || added.high != 0 { busyHigh &+= added.high &+ (carried ? 1 : 0) }
    since = now
  }

  /// Takes some memory if that much is left.
  mutating func take(_ bytes: Int) -> Bool {
    guard bytes <= memory &- memoryUsed else { return false }
    memoryUsed += bytes
    return true
  }
}

extension Int {
  /// The sum, or the largest number when it would be larger.
  func addingClamped(_ other: Int) -> Int {
    let (sum, overflow) = addingReportingOverflow(other)
    return overflow ? .max : sum
  }
}

/// The part of a server that changes seldom.
struct ServerRecord: Hashable, Sendable {
  var spec: ServerSpec
  /// How many times slower than it should be; 1 is healthy.
  var slowness = 1.0
  /// Share of its requests that it answers with an error.
  var errors = 0.0
  /// When the present paid interval began; nil when nothing is paid.
  var paidSince: Instant?
  /// How long it was paid at other prices since its start.
  var paidBefore = Duration.zero
  /// Server-nanoseconds at work in other sizes.
  var workedBefore = 0.0
  /// Busy slot-nanoseconds in other sizes.
  var busyBefore: UInt128 = 0
  /// When it came into service last; nil before.
  var readySince: Instant?
  /// Time in service in earlier lives.
  var served = Duration.zero
  /// Counts the lives, so that a boot or a drain of an earlier one is not taken for this one's.
  var life: UInt32 = 0
  /// When this life began.
  var launched = Instant.zero
  /// Whether it is in service but not warm yet.
  var isWarming = false
  /// Whether it has booted in a zone that is out, and comes up when that is over.
  var isHeld = false
  /// Whether it is a spot machine that is being taken back.
  var isNoticed = false
  /// Requests that it could not take because its memory was full.
  var memoryFailures = 0
  /// Its place in a warm pool; nil when it is in none.
  var pool: PoolPlace?

  /// The price in force, in dollars per hour.
  var price: Double { spec.effectivePrice * (pool?.priceShare ?? 1) }

  /// The speed in force.
  var speed: Double { spec.speed(slowness: slowness * (isWarming ? max(1e-12, spec.cold) : 1)) }
}

/// A server as it is now.
public struct Server: Hashable, Sendable {
  /// Which one.
  public var id: ServerID
  /// Where it is in its life.
  public var state: ServerState
  /// What it is, after resizing.
  public var spec: ServerSpec
  /// How many times slower than it should be; 1 is healthy.
  public var slowness: Double
  /// Whether it is offered requests, by somebody's order.
  public var standing: Standing
  /// Share of its requests that it answers with an error.
  public var errors: Double
  /// Whether it is in service but not warm yet.
  public var isWarming: Bool
  /// Whether it is a spot machine that is being taken back.
  public var isNoticed: Bool
  /// Whether it is in a warm pool but has not booted once yet.
  public var isPreparing: Bool
  /// Requests it was given.
  public var picked: Int
  /// Requests it completed.
  public var completed: Int
  /// Requests in service.
  public var running: Int
  /// Requests waiting.
  public var queued: Int
  /// Memory in use, in bytes.
  public var memoryUsed: Int
  /// Slot-seconds in use since it was rented.
  public var busy: Double

  /// Requests in service and waiting.
  public var active: Int { running + queued }
}
