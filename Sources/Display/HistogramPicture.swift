/// A distribution on a logarithmic scale, such as that of latencies, with its percentiles.
public struct HistogramPicture: Hashable, Sendable {
  /// So many values in a narrow range.
  public struct Bin: Hashable, Sendable {
    /// The values of the range, in the picture's unit.
    public var range: ClosedRange<Double>
    /// How many there are.
    public var count: Int

    /// A bin.
    public init(_ range: ClosedRange<Double>, count: Int) {
      self.range = range
      self.count = count
    }
  }

  /// A value to point at, such as the p99.
  public struct Mark: Hashable, Sendable {
    /// What it is called.
    public var name: String
    /// Where it is, in the picture's unit.
    public var value: Double

    /// A mark.
    public init(_ name: String, at value: Double) {
      self.name = name
      self.value = value
    }
  }

  /// The line above the picture; none if empty.
  public var title: StyledText
  /// What the values are.
  public var unit: Quantity.Unit
  /// The values, in any order.
  public var bins: [Bin]
  /// The values to point at.
  public var marks: [Mark]

  /// A picture of a distribution.
  public init(
    _ title: StyledText = "", unit: Quantity.Unit = .seconds, bins: [Bin], marks: [Mark] = []
  ) {
    self.title = title
    self.unit = unit
    self.bins = bins
    self.marks = marks
  }

  /// The picture on a surface: a row for each round range, from the least value to the greatest.
  func lines(on surface: Surface) -> [StyledText] {
    let rows = LogScale(bins.filter { $0.count > 0 }.map(\.middle)).rows
    var counts = [Int](repeating: 0, count: rows.count)
    for bin in bins where bin.count > 0 {
      guard let row = rows.firstIndex(where: { bin.middle < $0.upperBound }) else { continue }
      counts[row] = counts[row].addingReportingOverflow(bin.count).partialValue
    }
    let total = counts.reduce(0.0) { $0 + Double($1) }
    guard total > 0 else {
      return [surface.spelled(title), "\("no values yet", .dim)"].filter { !$0.isEmpty }
        .map { $0.truncated(to: surface.width, on: surface) }
    }
    let ends = rows.map { Quantity.text($0.upperBound, unit) }
    let starts = rows.map { $0.lowerBound > 0 ? Quantity.text($0.lowerBound, unit) : "0" }
    let widest = starts.map(\.cells).max() ?? 0
    let bars = rows.indices.map { row in
      Bars.Bar(
        StyledText(starts[row]).leftPadded(to: widest) + "\("..", .dim)\(ends[row])",
        Double(counts[row]),
        text: text(counts[row], of: total, marks: marked(in: rows, row), on: surface))
    }
    return Bars(title, bars: bars).lines(on: surface)
  }

  /// The marks in a row; those beyond the ends belong to the outer rows.
  private func marked(in rows: [ClosedRange<Double>], _ row: Int) -> [Mark] {
    marks.filter { mark in
      let home = rows.firstIndex { mark.value < $0.upperBound } ?? rows.count - 1
      return home == row && mark.value.isFinite
    }
  }

  private func text(
    _ count: Int, of total: Double, marks: [Mark], on surface: Surface
  ) -> StyledText {
    let share = Quantity.ratio(Double(count) / total)
    var text = StyledText(count > 0 ? share : "").leftPadded(to: 6)
    for mark in marks {
      text += "  \(mark.name, .strong) \(Quantity.text(mark.value, unit), .value)"
    }
    return text
  }
}

extension HistogramPicture.Bin {
  /// The value that stands for the bin.
  fileprivate var middle: Double {
    let middle = range.lowerBound + (range.upperBound - range.lowerBound) / 2
    return middle.isNaN ? 0 : min(max(0, middle), 1e15)
  }
}

/// Round ranges of about equal ratio that cover some values.
private struct LogScale {
  /// The ranges, ascending and adjoining; empty for no values.
  let rows: [ClosedRange<Double>]

  /// Ranges as fine as leaves them few.
  init(_ values: [Double]) {
    guard let high = values.max(), let low = values.min() else {
      rows = []
      return
    }
    let scales: [[Double]] = [
      [1, 1.2, 1.4, 1.6, 1.8, 2, 2.5, 3, 3.5, 4, 5, 6, 7, 8, 9], [1, 1.5, 2, 3, 5, 7], [1, 2, 5],
      [1],
    ]
    let fitting = scales.lazy.map { Self.ranges($0, from: low, to: high) }
    rows = fitting.first { $0.count <= 12 } ?? Self.ranges([1], from: low, to: high)
  }

  private static func ranges(
    _ steps: [Double], from low: Double, to high: Double
  ) -> [ClosedRange<Double>] {
    var power = 1e-9
    while power * 10 <= low { power *= 10 }
    var rows: [ClosedRange<Double>] = []
    var start = low < 1e-9 ? 0 : power
    while start <= high {
      for step in steps.map({ $0 * power }) where step > start || rows.isEmpty && start == 0 {
        if step > low, step > start { rows.append(start...step) }
        start = step
        if start > high { break }
      }
      power *= 10
      if start <= high, power > start {
        if power > low { rows.append(start...power) }
        start = power
      }
    }
    return rows
  }
}
