public import Simulation

/// A token bucket for each client, by the key of its requests.
///
/// Clients are kept in the order in which they were first met; nothing depends on how keys hash.
public struct ClientLimits: Sendable {
  private let rate: Double
  private let burst: Int
  private var places: [Int: Int] = [:]
  private var buckets: [TokenBucket] = []

  /// Every client has the same rate per second and the same burst.
  public init(rate: Double, burst: Int) {
    self.rate = rate
    self.burst = burst
  }

  /// How many clients were met.
  public var clients: Int { buckets.count }

  /// Whether a client's request passes; a client that is new has a full bucket.
  public mutating func take(for key: Int, at now: Instant) -> Bool {
    if let place = places[key] { return buckets[place].take(at: now) }
    places[key] = buckets.count
    buckets.append(TokenBucket(rate: rate, burst: burst, at: now))
    return buckets[buckets.count - 1].take(at: now)
  }

  /// How many whole tokens a client has.
  public func tokens(of key: Int, at now: Instant) -> Int {
    places[key].map { buckets[$0].tokens(at: now) }
      ?? TokenBucket(rate: rate, burst: burst).tokens(at: .zero)
  }
}
