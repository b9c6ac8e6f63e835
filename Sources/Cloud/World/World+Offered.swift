import Simulation

extension World {
  /// The work that the loads send in a second, as a share of what the servers in service can do in
  /// it; nil when none is in service or a load is a recording.
  public var offered: Double? {
    var work = 0.0
    for arrivals in engine.loads where arrivals.next < Engine.never && !arrivals.load.isSend {
      guard let rate = arrivals.rate(at: engine.clock) else { return nil }
      work += rate * arrivals.load.work.mean / 1e9
    }
    var capacity = 0.0
    for row in engine.fleet.rows where row.state == .inService {
      capacity += Double(row.cpu) * row.speed
    }
    return capacity > 0 ? work / capacity : nil
  }
}

extension Arrivals {
  /// Requests per second now; nil when only the recording knows.
  fileprivate func rate(at now: Int64) -> Double? {
    switch load.shape {
    case .constant(let rate), .poisson(let rate): rate
    case .sale(let sale): sale.rate(at: Double(now - origin) / 1e9)
    case .trace, .send: nil
    }
  }
}
