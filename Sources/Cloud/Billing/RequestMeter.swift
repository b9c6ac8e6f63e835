public import Simulation

/// Counts the requests that were served and the memory they held, for a price by the request.
public struct RequestMeter: Hashable, Sendable {
  /// The step that each request's time is rounded up to.
  public let step: Duration
  /// How many were served.
  public private(set) var count = 0
  /// Their time, each rounded up; it saturates after 292 years.
  public private(set) var billed = Duration.zero
  /// The memory they held for that time.
  public var gibibyteSeconds: Double { Double(byteNanoseconds) / 0x1p30 / 1e9 }

  private var byteNanoseconds: UInt128 = 0

  /// Nothing counted yet.
  public init(step: Duration) { self.step = max(step, .nanoseconds(1)) }

  /// Counts a request that was served for so long and held so many bytes.
  public mutating func add(_ used: Duration, bytes: Int) {
    let time = max(.zero, used).roundedUp(to: step)
    count += 1
    billed += time
    byteNanoseconds &+= UInt128(max(0, bytes)) * UInt128(time.nanoseconds)
  }
}
