public import Simulation

/// What was measured from the start of a run, or the end of its warm-up, to its end.
public struct Measurement: Sendable {
  /// How many requests arrived, and what became of those that are over.
  public struct Counts: Hashable, Sendable {
    /// First tries that arrived.
    public var arrived = 0
    /// Requests that were answered.
    public var completed = 0
    /// Requests whose server died.
    public var failed = 0
    /// Requests that were turned away.
    public var refused = 0
    /// Requests whose client gave up.
    public var timedOut = 0
    /// Requests that a limit turned away.
    public var limited = 0
    /// Tries beyond each request's first.
    public var retried = 0
    /// Copies of first tries that had no answer in time.
    public var hedged = 0
    /// Requests that are not over.
    public var inFlight = 0
  }

  /// What one server did.
  public struct ServerShare: Hashable, Sendable {
    /// The server as it is at the end.
    public var server: Server
    /// Requests it was given.
    public var picked: Int
    /// Requests it completed.
    public var completed: Int
    /// Share of its slots in use while it was in service; nil when it never was.
    public var utilisation: Double?
  }

  /// From when to when.
  public var since: Instant
  /// From when to when.
  public var until: Instant
  /// How many of what.
  public var counts: Counts
  /// From first sending to the answer, of completed requests.
  public var latency: Histogram
  /// From sending to the start of service, of completed requests.
  public var wait: Histogram
  /// Share of the slots in service that was in use; nil when there were none.
  public var utilisation: Double?
  /// Dollars by the billing rule.
  public var cost: Double { economics.dollars }
  /// What it cost and what it gave for it.
  public var economics: RunEconomics
  /// Dollars per hour for the machines that are paid at the end.
  public var hourly: Double
  /// Servers that were there, in order.
  public var servers: [ServerShare]
  /// What autoscalers changed.
  public var actions: [ScalingAction]
  /// The last check of an autoscaler; nil when there was none.
  public var lastCheck: ScalingCheck?
  /// Equal for runs that met the same requests over the same time.
  public var traffic: UInt64
  /// The balancer's name.
  public var balancer: String
  /// The seed.
  public var seed: UInt64

  /// How long it lasted.
  public var duration: Duration { until - since }

  /// Completed requests per second.
  public var throughput: Double {
    duration > .zero ? Double(counts.completed) / duration.seconds : 0
  }
}

/// Where counters that are never reset stood when a measurement began.
struct Baseline: Sendable {
  var since = Instant.zero
  var busy: [UInt128] = []
  var worked: [Double] = []
  var picked: [Int] = []
  var completed: [Int] = []
  var served: [Duration] = []
  var capacity: UInt128 = 0
  var bill = Bill()
  var phases = PhaseTimes.none
  var actions = 0
  var traffic: UInt64 = 0
  /// The balancer, and what it was before if it changed since.
  var balancer = ""
}

extension World {
  /// Begins a measurement: counters and histograms start from nothing.
  ///
  /// Changes nothing else.
  public mutating func beginMeasurement() {
    let fleet = engine.fleet
    engine.metrics = Metrics()
    baseline = Baseline(
      since: now, busy: fleet.rows.indices.map { fleet.busy($0, now: now) },
      worked: fleet.rows.indices.map { fleet.worked($0, now: now) },
      picked: fleet.rows.map(\.picked), completed: fleet.rows.map(\.completed),
      served: fleet.records.map { $0.servedTime(now: now) }, capacity: capacityTime,
      bill: bill, phases: fleet.phases.integrals(now), actions: actions.count,
      traffic: trafficDigest)
    beginLedger()
  }

  /// What was measured since the measurement began.
  public var measurement: Measurement {
    let metrics = engine.metrics
    let fleet = engine.fleet
    let capacity = Double(capacityTime - baseline.capacity)
    var busy: UInt128 = 0
    var atWork = Duration.zero
    var shares: [Measurement.ServerShare] = []
    for index in fleet.rows.indices {
      let before = index < baseline.busy.count
      let used = fleet.busy(index, now: now) - (before ? baseline.busy[index] : 0)
      busy += used
      let server = fleet.server(ServerID(index), now: now)
      let served = fleet.records[index].servedTime(now: now)
      let time = served - (before ? baseline.served[index] : .zero)
      let worked = fleet.worked(index, now: now) - (before ? baseline.worked[index] : 0)
      atWork += min(time, Duration(rounding: worked))
      if [.gone, .crashed, .pooled].contains(server.state), time <= .zero { continue }
      shares.append(
        Measurement.ServerShare(
          server: server, picked: server.picked - (before ? baseline.picked[index] : 0),
          completed: server.completed - (before ? baseline.completed[index] : 0),
          utilisation: time > .zero ? worked / Double(time.nanoseconds) : nil))
    }
    var economics = economics(busy: atWork)
    let prices = shares.reduce(0) { $0 + $1.server.spec.listPrice }
    economics.pricePerHour = shares.isEmpty ? 0 : prices / Double(shares.count)
    return Measurement(
      since: baseline.since, until: now,
      counts: Measurement.Counts(
        arrived: metrics.arrived, completed: metrics.completed, failed: metrics.failed,
        refused: metrics.refused, timedOut: metrics.timedOut, limited: metrics.limited,
        retried: metrics.retried, hedged: metrics.hedged, inFlight: engine.open),
      latency: metrics.latency, wait: metrics.wait,
      utilisation: capacity > 0 ? Double(busy) / capacity : nil,
      economics: economics, hourly: hourlyDollars, servers: shares,
      actions: Array(actions[min(baseline.actions, actions.count)...]),
      lastCheck: lastCheck.flatMap { $0.time > baseline.since ? $0 : nil },
      traffic: trafficThrough(now), balancer: type(of: balancer).name, seed: seed)
  }

  /// Dollars for everything since time zero, by the billing rule.
  public var dollars: Double { bill.dollars }

  /// What is to be paid for everything since time zero, by the billing rule.
  var bill: Bill {
    if case .perRequest(let price) = billing {
      return engine.meter.map { price.bill($0) } ?? Bill()
    }
    return billing.bill(engine.fleet.paidIntervals(now: now), to: now)
  }

  /// Dollars per hour for the machines that are paid now: rented, owned or promised.
  public var hourlyDollars: Double {
    let open = engine.fleet.openIntervals(now: now)
    switch billing {
    case .perSecond, .hourly: return open.reduce(0) { $0 + $1.pricePerHour }
    case .perRequest: return 0
    case .owned(let count, let price): return Double(max(0, count)) * price
    case .reserved(let promise): return promise.perHour(open)
    }
  }

  private var capacityTime: UInt128 {
    var fleet = engine.fleet
    fleet.settleCapacity(now)
    return fleet.capacityTime
  }

  /// What decides which requests come next: the loads and where each of them stands.
  private var trafficDigest: UInt64 {
    var digest = Digest()
    digest.combine(seed)
    for (arrivals, row) in zip(engine.loads, engine.loadRows) where row.next < Engine.never {
      digest.combine(row.key)
      digest.combine(row.count)
      digest.combine(row.next - engine.clock)
      digest.combine(arrivals.load.fingerprint)
    }
    return digest.value
  }

  private func trafficThrough(_ end: Instant) -> UInt64 {
    var digest = Digest()
    digest.combine(baseline.traffic)
    digest.combine(baseline.since.nanoseconds)
    digest.combine(end.nanoseconds)
    return digest.value
  }

  /// A digest of the whole state, for the laws: equal states have equal digests.
  public var digest: UInt64 {
    var digest = Digest()
    digest.combine(engine.clock)
    digest.combine(engine.processed)
    digest.combine(engine.numbered)
    digest.combine(engine.settled)
    digest.combine(engine.choices.counter)
    digest.combine(engine.nextFirst)
    for (index, row) in engine.fleet.rows.enumerated() {
      digest.combine(UInt64(row.state.rawValue))
      digest.combine(row.picked)
      digest.combine(row.completed)
      digest.combine(Int(row.running))
      digest.combine(Int(engine.fleet.actives[index]))
      digest.combine(engine.fleet.finishes.time(of: index))
      digest.combine(UInt64(truncatingIfNeeded: engine.fleet.busy(index, now: now)))
    }
    for row in engine.loadRows {
      digest.combine(row.count)
      digest.combine(row.next)
    }
    digest.combine(engine.metrics.completed)
    digest.combine(engine.metrics.refused)
    digest.combine(engine.metrics.limited)
    digest.combine(engine.metrics.hedged)
    digest.combine(engine.requests.used)
    digest.combine(engine.metrics.timedOut)
    digest.combine(engine.metrics.failed)
    digest.combine(UInt64(truncatingIfNeeded: engine.metrics.latency.sum))
    digest.combine(UInt64(truncatingIfNeeded: engine.metrics.wait.sum))
    digest.combine(actions.count)
    engine.combineMachines(into: &digest)
    return digest.value
  }
}

extension ServerRecord {
  /// Time in service or draining, in all its lives.
  func servedTime(now: Instant) -> Duration {
    served + (readySince.map { now - $0 } ?? .zero)
  }
}
