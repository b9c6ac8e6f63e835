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
