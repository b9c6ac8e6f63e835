public import Simulation

/// Recorded arrivals, as far as a recording tells them.
public enum Trace: Hashable, Sendable {
  /// How many requests came in each interval.
  case counts(interval: Duration, [Int])
  /// When each request came, in order, the first at zero.
  case instants([Duration])
}

/// Why a recording cannot be read.
public struct TraceProblem: Error, Hashable, Sendable {
  /// The line, from one.
  public var line: Int
  /// What is wrong there.
  public var message: String
  /// What was expected there.
  public var expected: String

  /// A problem on a line.
  public init(line: Int, message: String, expected: String) {
    self.line = line
    self.message = message
    self.expected = expected
  }
}
