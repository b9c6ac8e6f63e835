public import Simulation

/// A request as a balancer sees it when it must choose.
@frozen
public struct Request: Sendable, BitwiseCopyable {
  /// Its number and try.
  public let id: RequestID
  /// When it arrived at the balancer.
  public let time: Instant
  /// The work it brings, as time on one slot of speed 1.
  public let work: Duration
  /// Its key, such as a customer's number; 0 when the load has none.
  public let key: Int
  /// The memory it holds while a server has it, in bytes.
  public let memory: Int

  /// A request with everything drawn at arrival.
  @inlinable
  public init(id: RequestID, time: Instant, work: Duration, key: Int = 0, memory: Int = 0) {
    self.id = id
    self.time = time
    self.work = work
    self.key = key
    self.memory = memory
  }
}
