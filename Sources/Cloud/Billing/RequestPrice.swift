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

  /// What a function costs; by default as AWS Lambda's list has it, which is an illustration.
  public init() { self.init(perMillion: 0.2, perGibibyteSecond: 0.000_016_666_7) }

  /// The bill of what a meter has counted.
  public func bill(_ meter: RequestMeter) -> Bill {
    Bill(
      billed: meter.billed,
      dollars: Double(meter.count) / 1e6 * perMillion + meter.gibibyteSeconds * perGibibyteSecond)
  }
}
