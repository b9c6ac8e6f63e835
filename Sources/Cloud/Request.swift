public import Simulation

/// A request as a balancer sees it when it must choose.
public struct Request: Sendable, BitwiseCopyable {
  /// Its number and try.
  public let id: RequestID
  /// When it arrived at the balancer.
  public let time: Instant
  /// The work it brings, as time on one slot of speed 1.
  public let work: Duration
  /// Its key, such as a customer's number: from zero, or negative for one that was typed as text;
  /// ``noKey`` when the load has none.
  public let key: Int
  /// The memory it holds while a server has it, in bytes.
  public let memory: Int

  /// The key of a request without one.
  public static let noKey = Int.min

  /// A request with everything drawn at arrival.
  public init(
    id: RequestID, time: Instant, work: Duration, key: Int = Request.noKey, memory: Int = 0
  ) {
    self.id = id
    self.time = time
    self.work = work
    self.key = key
    self.memory = memory
  }

  /// The same, for a closure that cannot hold what is only lent.
  init(_ lent: borrowing Request) {
    self.init(
      id: lent.id, time: lent.time, work: lent.work, key: lent.key, memory: lent.memory)
  }
}
