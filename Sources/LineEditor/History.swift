/// The cells that were read, oldest first, kept across runs where a file is named.
public struct History {
  /// The number of cells that are kept.
  public static let limit = 10_000

  /// The cells, oldest first.
  public private(set) var entries: [String]

  private let file: HistoryFile?
  private let report: (String) -> Void
  private var hasReported = false

  /// The history in a file, which is made when the first cell is added; with no path, an empty one
  /// in memory.
  ///
  /// Where the file cannot be read or written the history goes on in memory, and `report` is
  /// called once with what is wrong.
  public init(path: String? = nil, report: @escaping (String) -> Void = { _ in }) {
    self.report = report
    file = path.map { HistoryFile(path: $0) }
    entries = []
    do {
      entries = try file?.load(limit: Self.limit) ?? []
      if entries.count == Self.limit { try file?.cut(to: Self.limit) }
    } catch {
      complain(error)
    }
  }

  /// Adds a cell at the end and writes it at once; blank ones and repetitions are left out.
  public mutating func append(_ entry: String) {
    guard entry != entries.last, entry.contains(where: { !$0.isWhitespace }) else { return }
    entries.append(entry)
    if entries.count > 2 * Self.limit { entries.removeFirst(Self.limit) }
    do {
      try file?.append(entry)
    } catch {
      complain(error)
    }
  }

  private mutating func complain(_ error: HistoryFile.Failure) {
    guard !hasReported else { return }
    hasReported = true
    report(error.message)
  }
}
