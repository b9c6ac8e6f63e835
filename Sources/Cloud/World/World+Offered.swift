import Simulation

extension World {
  /// The work that the loads send in a second, as a share of what the servers in service can do in
  /// it; nil when none is in service or a load is a recording.
  public var offered: Double? {
    var work = 0.0
    for (arrivals, row) in zip(engine.loads, engine.loadRows)
    where row.next < Engine.never && !arrivals.load.isSend {
      guard let rate = arrivals.load.rate(after: now - Instant(nanoseconds: row.origin)) else {
        return nil
      }
      work += rate * arrivals.load.work.mean / 1e9
    }
    var capacity = 0.0
    for record in servers where record.state == .inService {
      capacity += Double(record.spec.cpu) * record.spec.speed / record.slowness
    }
    return capacity > 0 ? work / capacity : nil
  }
}

extension Load {
  /// Requests per second, so long after it began; nil when only a recording knows.
  fileprivate func rate(after time: Duration) -> Double? {
    switch shape {
    case .constant(let rate), .poisson(let rate): rate
    case .sale(let sale): sale.rate(at: time.seconds)
    case .ramp(let ramp): ramp.rate(at: time.seconds)
    case .spike(let spike): spike.rate(at: time.seconds)
    case .wave(let wave): wave.rate(at: time.seconds)
    case .bursts(let bursts): bursts.meanRate
    case .trace, .send: nil
    }
  }
}
