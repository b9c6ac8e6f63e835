public import Simulation

/// A price by the request and by the memory held for its time, rounded up (functions as a service).
public struct RequestPrice: Hashable, Sendable {
  /// Dollars for a million requests.
  public var perMillion: Double
  /// Dollars for a gibibyte held for a second.
  public var perGibibyteSecond: Double
  /// The step that each request's time is rounded up to.
  public var step: Duration

  /// A price by the request.
  public init(perMillion: Double, perGibibyteSecond: Double, step: Duration = .milliseconds(1)) {
    self.perMillion = perMillion
    self.perGibibyteSecond = perGibibyteSecond
    self.step = step
  }

  /// The time that is billed for one request.
  public func billed(_ used: Duration) -> Duration {
    used > .zero ? used.roundedUp(to: max(step, .nanoseconds(1))) : .zero
  }

  /// The bill of requests that held so many gibibytes each for so long.
  ///
  /// Complexity: O(n).
  public func bill(_ requests: [Duration], gibibytes: Double) -> Bill {
    var bill = Bill()
    for request in requests { bill.billed += billed(request) }
    bill.dollars =
      Double(requests.count) / 1e6 * perMillion
      + bill.billed.seconds * gibibytes * perGibibyteSecond
    return bill
  }
}
