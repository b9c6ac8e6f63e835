public import Simulation

/// Server-time since the world's start: what was paid for, and what it was used for.
public struct ServerTime: Hashable, Sendable {
  /// From being asked for to being given back.
  public var rented: Duration
  /// Of it, in service or draining.
  public var served: Duration
  /// Of that, the part in which its slots were in use.
  public var busy: Duration
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
      rented: .zero, served: .zero, busy: .zero, billed: bill.billed, dollars: bill.dollars)
    for interval in intervals { time.rented += interval.to - interval.from }
    for (index, record) in engine.fleet.records.enumerated() {
      let served = record.servedTime(now: now)
      let slots = max(1, Double(record.spec.cpu))
      let busy = Double(engine.fleet.busy(index, now: now)) / slots
      time.served += served
      time.busy += min(served, Duration(rounding: busy))
    }
    return time
  }
}
