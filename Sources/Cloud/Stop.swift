public import Simulation

/// When to stop advancing: the first of these that comes.
public struct Stop: Hashable, Sendable {
  /// Everything up to and including this instant is done, and the clock stands there.
  public var time: Instant?
  /// So many events have happened, counted from the world's start.
  public var position: Int?
  /// So many requests, counted from the world's start, are over: completed or not.
  public var settled: Int?
  /// The request of this number is over.
  public var request: UInt64?
  /// The request of this number is about to be given to a server; stops before it is.
  public var arrival: UInt64?

  /// Never, unless something is set.
  public init(
    time: Instant? = nil, position: Int? = nil, settled: Int? = nil, request: UInt64? = nil,
    arrival: UInt64? = nil
  ) {
    self.time = time
    self.position = position
    self.settled = settled
    self.request = request
    self.arrival = arrival
  }
}
