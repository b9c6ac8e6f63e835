public import Simulation

/// Server-time since the world's start: what was paid for, and what it was used for.
public struct ServerTime: Hashable, Sendable {
  /// From being asked for to being given back.
  public var rented: Duration
  /// Of it, in service or draining.
  public var served: Duration
  /// Of that, the part in which its slots were in use.
  public var busy: Duration
  /// In a warm pool.
  public var pooled: Duration
  /// What the billing rule charges for.
  public var billed: Duration
  /// The price of that.
  public var dollars: Double
}

extension World {
  /// Server-time of all servers up to now.
  public var serverTime: ServerTime {
    let intervals = engine.fleet.paidIntervals(now: now)
    let bill = bill
    var time = ServerTime(
      rented: .zero, served: .zero, busy: .zero,
      pooled: PhaseTimes(engine.fleet.phases.integrals(now), since: PhaseTimes.none)[.pooled],
      billed: bill.billed, dollars: bill.dollars)
    for interval in intervals { time.rented += interval.to - interval.from }
    for (index, record) in engine.fleet.records.enumerated() {
      let served = record.servedTime(now: now)
      time.served += served
      time.busy += min(served, Duration(rounding: engine.fleet.worked(index, now: now)))
    }
    return time
  }
}
