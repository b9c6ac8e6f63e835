/// A series as one line of small columns, with a label before and a remark after it.
public struct Sparkline: Hashable, Sendable {
  /// What is shown.
  public var label: StyledText
  /// The values over time; `nil` is a gap.
  public var values: [Double?]
  /// The value that fills a cell; the largest one by default.
  public var full: Double?
  /// What to say after it, such as the last value.
  public var note: StyledText

  /// A line of small columns from zero to `full`.
  public init(
    _ label: StyledText = "", values: [Double?], full: Double? = nil, note: StyledText = ""
  ) {
    self.label = label
    self.values = values
    self.full = full
    self.note = note
  }

  /// The columns alone, in at most so many cells, for use in a table or a sentence.
  ///
  /// With more values than cells, each cell shows the largest of its values, so that no
  /// peak is lost. Surfaces without Unicode spell the columns in ASCII.
  public func glyphs(cells: Int) -> StyledText {
    let columns = min(max(0, cells), values.count)
    let known = values.compactMap(\.self).filter(\.isFinite)
    let top = full ?? known.max() ?? 0
    var text = ""
    for column in 0..<columns {
      let here = values[(column * values.count / columns)..<((column + 1) * values.count / columns)]
      guard let value = here.compactMap(\.self).filter({ !$0.isNaN }).max() else {
        text += " "
        continue
      }
      text.append(Self.levels[Self.level(value, of: top)])
    }
    return StyledText(text, .accent)
  }

  /// The line for a surface, or several where one has no room for label and remark.
  func lines(on surface: Surface) -> [StyledText] {
    let label = surface.spelled(label)
    let note = surface.spelled(note)
    let others = [label, note].filter { !$0.isEmpty }.reduce(0) { $0 + $1.cells + 2 }
    let room = min(max(Self.least, surface.width - others), Self.most)
    let parts = [label, surface.spelled(glyphs(cells: room)), note].filter { !$0.isEmpty }
    return StyledText.flowing(parts, gap: 2, to: surface.width).map(\.trimmed)
  }

  /// The cells of the shortest and the longest line of columns.
  private static let least = 8
  private static let most = 60

  private static let levels: [Character] = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"]

  private static func level(_ value: Double, of top: Double) -> Int {
    guard top > 0, value > 0 else { return 0 }
    let share = min(value / top, 1)
    guard !share.isNaN else { return levels.count - 1 }
    return min(max(1, Int((share * Double(levels.count)).ceiled)), levels.count) - 1
  }
}
