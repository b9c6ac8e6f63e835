/// A row of a parameter that is a list, such as `10%:30` of `0%:10,10%:30`.
public protocol SettingRow: Hashable, Sendable {
  /// What its numbers are.
  static var kind: RowKind { get }
  /// A row with these numbers; nil when they are not as many as its kind has.
  init?(_ numbers: [Double])
  /// The numbers in their base units, from left to right.
  var numbers: [Double] { get }
}

/// What the rows of a list are made of.
public struct RowKind: Hashable, Sendable {
  /// A list has so many rows at most.
  public static let most = 100

  /// What stands in a row, from left to right.
  public let fields: [SettingKind]
  /// What stands between the fields, one fewer than those.
  public let separators: [String]
  /// Whether the first number of each row is above that of the row before.
  public let ascends: Bool
  /// A list as one types it.
  public let example: String

  /// Rows of these fields.
  public init(
    _ fields: [SettingKind], between separators: [String], ascends: Bool = false, example: String
  ) {
    self.fields = fields
    self.separators = separators
    self.ascends = ascends
    self.example = example
  }

  /// Whether these are rows of this kind: one at least, each number inside its range.
  func accepts(_ rows: [[Double]]) -> Bool {
    guard (1...Self.most).contains(rows.count),
      rows.allSatisfy({ row in
        row.count == fields.count && zip(fields, row).allSatisfy { $0.accepts(.number($1)) }
      })
    else { return false }
    let firsts = rows.compactMap(\.first)
    return !ascends || zip(firsts, firsts.dropFirst()).allSatisfy { $0 < $1 }
  }
}
