/// The field of a plot: what turns values and times into rows and columns.
struct Panel {
  let axis: Axis
  let gutter: Int
  let columns: Int
  let height: Int
  let isUnicode: Bool

  /// The series with the height axis on their left.
  func picture(of series: [Plot.Series]) -> [StyledText] {
    var canvas = Canvas(width: gutter + columns, height: height)
    for row in 0..<height { canvas.put("│", column: gutter - 1, row: row, .dim) }
    for (tick, label) in zip(axis.ticks, axis.labels) {
      let row = height - 1 - axis.place(tick, of: height)
      guard canvas.isFree(column: 0, cells: gutter - 2, row: row) else { continue }
      canvas.put(label, column: gutter - 2 - label.cells, row: row, .dim)
      canvas.put("┤", column: gutter - 1, row: row, .dim)
    }
    if series.count == 1, isUnicode {
      drawBraille(series[0], on: &canvas)
    } else {
      // The first series comes last, so that it is whole where lines meet.
      for (one, ink) in zip(series, SeriesInk.all).reversed() {
        draw(one, ink, on: &canvas)
      }
    }
    return canvas.lines
  }

  /// The time axis with its labels and what happened under it.
  func timeAxis(
    over times: ClosedRange<Double>, marks: [Plot.Mark], on surface: Surface
  ) -> [StyledText] {
    let time = Axis(times: times, ticks: max(1, columns / 12))
    var canvas = Canvas(width: gutter + columns, height: 5)
    canvas.put("└", column: gutter - 1, row: 0, .dim)
    canvas.put(String(repeating: "─", count: columns), column: gutter, row: 0, .dim)
    for (tick, label) in zip(time.ticks, time.labels) {
      let column = gutter + time.place(tick, of: columns)
      canvas.put("┬", column: column, row: 0, .dim)
      let wanted = column - (label.cells - 1) / 2
      let start = min(max(0, wanted), gutter + columns - label.cells)
      guard canvas.isFree(column: start, cells: label.cells, row: 1) else { continue }
      canvas.put(label, column: start, row: 1, .dim)
    }
    var unnamed = 0
    for mark in marks where times.contains(mark.time) {
      let column = gutter + time.place(mark.time, of: columns)
      let text = surface.spelled(StyledText(mark.text)).plain
      if !write(text, at: column, on: &canvas) {
        canvas.put("▲", column: column, row: 0, .accent)
        unnamed += 1
      }
    }
    guard unnamed > 0 else { return canvas.lines }
    let more = "… \(Quantity.count(unnamed)) more at ▲"
    return canvas.lines + [StyledText(.blanks(gutter)) + StyledText(more, .dim)]
  }

  /// Writes an event on the first line under the axis that has room, and tells whether one had.
  private func write(_ text: String, at column: Int, on canvas: inout Canvas) -> Bool {
    let cells = text.cells + 2
    for row in 2...4 {
      if canvas.isFree(column: column, cells: cells, row: row) {
        canvas.put("▲ " + text, column: column, row: row, .accent)
        return true
      }
      if canvas.isFree(column: column - cells + 1, cells: cells, row: row) {
        canvas.put(text + " ▲", column: column - cells + 1, row: row, .accent)
        return true
      }
    }
    return false
  }

  /// One series in dots, two by four in a cell.
  private func drawBraille(_ series: Plot.Series, on canvas: inout Canvas) {
    let bits: [[UInt8]] = [[0x40, 0x04, 0x02, 0x01], [0x80, 0x20, 0x10, 0x08]]
    var dots = [UInt8](repeating: 0, count: columns * height)
    for (column, span) in spans(of: series, columns: columns * 2, rows: height * 4).enumerated() {
      guard let span else { continue }
      for row in span.rows {
        dots[(height - 1 - row / 4) * columns + column / 2] |= bits[column % 2][row % 4]
      }
    }
    for (index, mask) in dots.enumerated() where mask > 0 {
      guard let scalar = Unicode.Scalar(0x2800 + UInt32(mask)) else { continue }
      canvas.put(
        String(Character(scalar)), column: gutter + index % columns, row: index / columns,
        .firstSeries)
    }
  }

  /// One series of several, with its own mark.
  private func draw(_ series: Plot.Series, _ ink: SeriesInk, on canvas: inout Canvas) {
    for (column, span) in spans(of: series, columns: columns, rows: height).enumerated() {
      guard let span else { continue }
      for row in span.rows {
        let isValue = row == span.last || row == span.rows.lowerBound && span.isEnvelope
        canvas.put(
          String(isValue ? ink.mark : ink.riser), column: gutter + column,
          row: height - 1 - row, ink.style)
      }
    }
  }

  /// What a column shows: rows counted from below.
  private struct Span {
    var rows: ClosedRange<Int>
    var last: Int
    var isEnvelope: Bool
  }

  /// The rows each column covers, so that no peak is lost.
  ///
  /// A column shows the value of its stretch of time, or all from the least to the greatest of
  /// several, joined to where the column before it ended.
  private func spans(of series: Plot.Series, columns: Int, rows: Int) -> [Span?] {
    let values = series.drawn
    guard !values.isEmpty else { return [] }
    var previous: Int?
    return (0..<columns).map { column in
      let first = column * values.count / columns
      let end = max(first + 1, (column + 1) * values.count / columns)
      let places = values[first..<end].compactMap { $0 }.map { axis.place($0, of: rows) }
      guard let low = places.min(), let high = places.max(), let last = places.last else {
        previous = nil
        return nil
      }
      var span = Span(rows: low...high, last: last, isEnvelope: low < high)
      if let before = previous {
        if before > high { span.rows = low...max(high, before - 1) }
        if before < low { span.rows = min(low, before + 1)...high }
      }
      previous = last
      return span
    }
  }
}
