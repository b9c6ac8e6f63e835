/// Several pictures under each other over one time axis.
public struct Panels: Hashable, Sendable {
  /// One picture: a few series in one unit.
  public struct Row: Hashable, Sendable {
    /// The line above it.
    public var title: StyledText
    /// What the heights are.
    public var unit: Quantity.Unit
    /// The lines, up to four.
    public var series: [Plot.Series]
    /// Lines of text it is high.
    public var height: Int

    /// A picture.
    public init(
      _ title: StyledText, unit: Quantity.Unit, series: [Plot.Series], height: Int = 4
    ) {
      self.title = title
      self.unit = unit
      self.series = series
      self.height = height
    }
  }

  /// The line above the pictures; none if empty.
  public var title: StyledText
  /// The pictures from top to bottom.
  public var rows: [Row]
  /// When the first value begins and the last one ends, in seconds.
  public var times: ClosedRange<Double>
  /// What happened meanwhile.
  public var marks: [Plot.Mark]

  /// Some pictures over the same stretch of time.
  public init(
    _ title: StyledText = "", rows: [Row], over times: ClosedRange<Double>,
    marks: [Plot.Mark] = []
  ) {
    self.title = title
    self.rows = rows
    self.times = times
    self.marks = marks
  }

  /// The pictures on a surface; where it is too narrow for axes, lines of small columns.
  func lines(on surface: Surface) -> [StyledText] {
    let axes = rows.map { row in
      Axis(
        heights: row.series.flatMap { $0.drawn.compactMap { $0 } }, unit: row.unit,
        ticks: 1...max(1, row.height / 2))
    }
    let gutter = (axes.flatMap(\.labels).map(\.cells).max() ?? 0) + 2
    guard surface.width - gutter >= Plot.narrowest else {
      return
        ([title].filter { !$0.isEmpty }
        + rows.flatMap {
          Plot($0.title, unit: $0.unit, series: $0.series, over: times).lines(on: surface)
        }).map { surface.spelled($0).truncated(to: surface.width, on: surface) }
    }
    var lines = [title].filter { !$0.isEmpty }
    var panel: Panel?
    for (row, axis) in zip(rows, axes) {
      let steps = max(1, axis.ticks.count - 1)
      let height = max(3, (row.height - 1 + steps / 2) / steps * steps + 1)
      let one = Panel(
        axis: axis, gutter: gutter, columns: surface.width - gutter, height: height,
        isUnicode: surface.unicode)
      let plot = Plot(row.title, unit: row.unit, series: row.series, over: times)
      let head = plot.legend.reduce(row.title) { $0 + "   " + $1 }
      lines.append(StyledText(String(repeating: " ", count: gutter)) + head)
      lines += one.picture(of: row.series)
      panel = one
    }
    if let panel { lines += panel.timeAxis(over: times, marks: marks, on: surface) }
    return lines.filter { !$0.isEmpty }
      .map { surface.spelled($0).truncated(to: surface.width, on: surface) }
  }
}
