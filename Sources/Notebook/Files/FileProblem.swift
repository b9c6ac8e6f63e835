/// Something wrong in a notebook file, and where.
///
/// Lines and columns count from 1; columns count characters, not bytes.
public struct FileProblem: Error, Sendable, Equatable {
  /// The line of the file.
  public let line: Int
  /// The column of the line.
  public let column: Int
  /// What is wrong, in one sentence without a full stop.
  public let message: String
  /// Something to write there instead, when there is an obvious candidate.
  public let suggestion: String?

  /// Creates a problem at a place of a file.
  public init(line: Int, column: Int, message: String, suggestion: String? = nil) {
    self.line = line
    self.column = column
    self.message = message
    self.suggestion = suggestion
  }
}

extension FileProblem: CustomStringConvertible {
  /// The problem as `line:column: message; try: suggestion`.
  public var description: String {
    "\(line):\(column): \(message)" + (suggestion.map { "; try: \($0)" } ?? "")
  }
}
