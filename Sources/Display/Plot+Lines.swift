extension Plot {
  /// More series than this get a picture each.
  private static let overlaid = 3
  /// More pictures than this are left out.
  private static let stacked = 8
  /// The cells of the narrowest picture worth drawing.
  static let narrowest = 8

  /// The picture on a surface; where it is too narrow for axes, a line of small columns.
  func lines(on surface: Surface) -> [StyledText] {
    let known = series.flatMap(\.drawn).compactMap(\.self)
    guard !known.isEmpty else {
      let none: StyledText = "\("no values yet", .dim)"
      return [surface.spelled(title), none].filter { !$0.isEmpty }
        .map { $0.truncated(to: surface.width, on: surface) }
    }
    let isStacked = series.count > Self.overlaid
    let wanted = min(max(3, height), 100)
    let axis = Axis(
      heights: known, unit: unit, ticks: isStacked ? 1...1 : max(1, wanted / 4)...(wanted / 2))
    let steps = max(1, axis.ticks.count - 1)
    let height = isStacked ? 3 : max(3, (wanted - 1 + steps / 2) / steps * steps + 1)
    let gutter = (axis.labels.map(\.cells).max() ?? 0) + 2
    guard surface.width - gutter >= Self.narrowest else { return narrow(on: surface) }
    let panel = Panel(
      axis: axis, gutter: gutter, columns: surface.width - gutter, height: height,
      isUnicode: surface.unicode)
    var lines: [StyledText] = []
    if isStacked {
      for one in series.prefix(Self.stacked) {
        lines.append(StyledText(.blanks(gutter)) + StyledText(one.name, .strong))
        lines += panel.picture(of: [one])
      }
    } else {
      lines += panel.picture(of: series)
    }
    lines += panel.timeAxis(over: times, marks: marks, on: surface)
    if isStacked, series.count > Self.stacked {
      lines.append("\("… \(Quantity.count(series.count - Self.stacked)) more", .dim)")
    }
    let head = ([title] + (isStacked ? [] : legend)).map(surface.spelled)
    return (StyledText.flowing(head, to: surface.width) + lines).filter { !$0.isEmpty }
      .map { surface.spelled($0).truncated(to: surface.width, on: surface) }
  }

  /// The marks and names of the series, where there is more than one.
  var legend: [StyledText] {
    guard series.count > 1 else { return [] }
    return zip(series, SeriesInk.all).map { one, ink in
      "\(String(ink.mark), ink.style) \(one.name)"
    }
  }

  /// One line of small columns for each series.
  private func narrow(on surface: Surface) -> [StyledText] {
    let lines = series.prefix(Self.stacked).flatMap { one -> [StyledText] in
      let line = Sparkline(values: one.drawn).glyphs(cells: surface.width)
      return series.count > 1 ? ["\(one.name)", line] : [line]
    }
    return ([title] + lines).filter { !$0.isEmpty }
      .map { surface.spelled($0).truncated(to: surface.width, on: surface) }
  }
}

extension Plot.Series {
  /// The values that can be drawn.
  var drawn: [Double?] {
    values.map { value in value.flatMap { $0.magnitude <= 1e15 ? $0 : nil } }
  }
}

/// How a series is told from others without colour.
struct SeriesInk {
  let mark: Character
  let riser: Character
  let style: Style

  static let all = [
    SeriesInk(mark: "•", riser: "│", style: .firstSeries),
    SeriesInk(mark: "o", riser: "┆", style: .secondSeries),
    SeriesInk(mark: "×", riser: "┊", style: .thirdSeries),
    SeriesInk(mark: "~", riser: "╎", style: .fourthSeries),
  ]
}
