public import Simulation

/// Recorded arrivals.
public enum Trace: Hashable, Sendable {
  /// So many requests in each interval, one after another.
  case counts(interval: Duration, [Int])
  /// Arrival times, counted from the first one, in order.
  case instants([Duration])

  /// How many intervals or arrivals were recorded.
  public var rows: Int {
    switch self {
    case .counts(_, let counts): counts.count
    case .instants(let instants): instants.count
    }
  }

  /// Time from the first arrival or interval to the end of the last one.
  public var duration: Duration {
    switch self {
    case .counts(let interval, let counts): interval * counts.count
    case .instants(let instants): instants.last ?? .zero
    }
  }

  /// Requests in all.
  public var total: Int {
    switch self {
    case .counts(_, let counts): counts.reduce(0) { $0.addingClamped($1) }
    case .instants(let instants): instants.count
    }
  }
}
