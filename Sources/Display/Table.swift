/// Rows and columns.
public struct Table: Hashable, Sendable {
  /// Where the text of a column stands.
  public enum Alignment: Hashable, Sendable {
    /// At the left edge; only such columns are cut short on a narrow surface.
    case left
    /// At the right edge.
    case right
    /// With the decimal points, or the ends of the whole numbers, under each other.
    case decimal
  }

  /// A column's head.
  public struct Column: Hashable, Sendable {
    /// The name above it.
    public var title: String
    /// Where its text stands.
    public var alignment: Alignment
    /// How long the column stays when the surface gets narrow.
    ///
    /// The lowest leaves first, of equals the rightmost; the table's first column never leaves.
    public var priority: Int
    /// Whether others leave before its text is cut short.
    public var isWhole: Bool

    /// A column, to the left and of middling priority unless told otherwise.
    public init(
      _ title: String, _ alignment: Alignment = .left, priority: Int = 0, isWhole: Bool = false
    ) {
      self.title = title
      self.alignment = alignment
      self.priority = priority
      self.isWhole = isWhole
    }
  }

  /// The columns from left to right; with all titles empty the table has no head.
  public var columns: [Column]
  /// The cells row by row; missing ones are empty, those beyond the columns are left out.
  public var rows: [[StyledText]]
  /// With more rows than this (and than four) only some are shown: half as many from the start
  /// and a quarter from the end.
  public var foldedBeyond: Int?
  /// Whether words that do not fit go on below, as in help, instead of being cut short.
  public var wraps: Bool

  /// A table.
  public init(
    _ columns: [Column], rows: [[StyledText]], foldedBeyond: Int? = nil, wraps: Bool = false
  ) {
    self.columns = columns
    self.rows = rows
    self.wraps = wraps
    self.foldedBeyond = foldedBeyond
  }
}
