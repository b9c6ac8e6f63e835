/// The source of an expression found in a file, with its place, for others to parse.
public struct FileExpression: Sendable, Equatable {
  /// The expression as written, without the blanks around it.
  public let text: String
  /// The line of the file it stands on, from 1.
  public let line: Int
  /// The column of its first character, from 1, in characters.
  public let column: Int

  /// Creates an expression's source; the place of one that no file holds is 0.
  public init(_ text: String, line: Int = 0, column: Int = 0) {
    self.text = text
    self.line = line
    self.column = column
  }
}
