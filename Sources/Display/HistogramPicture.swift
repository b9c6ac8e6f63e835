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
    var counts = [Double](repeating: 0, count: rows.count)
    for bin in bins where bin.count > 0 {
      guard let row = rows.firstIndex(where: { bin.middle < $0.upperBound }) else { continue }
      counts[row] += Double(bin.count)
    }
    let total = counts.reduce(0, +)
    guard total > 0 else {
      return [surface.spelled(title), "\("no values yet", .dim)"].filter { !$0.isEmpty }
        .flatMap { $0.wrapped(to: surface.width) }
    }
    let ends = rows.map { Quantity.text($0.upperBound, unit) }
    let starts = rows.map { $0.lowerBound > 0 ? Quantity.text($0.lowerBound, unit) : "0" }
    let widest = starts.map(\.cells).max() ?? 0
    let isRoomy = surface.width >= Self.roomy
    let texts = rows.indices.map { row in
      let share: StyledText = isRoomy ? share(counts[row], of: total) : ""
      let here = marks.filter { home(of: $0, in: rows) == row }
      return surface.spelled(share + words(here, withValues: isRoomy))
    }
    let longest = texts.map(\.cells).max() ?? 0
    let bars = rows.indices.map { row in
      Bars.Bar(
        StyledText(starts[row]).leftPadded(to: widest) + "\("..", .dim)\(ends[row])",
        counts[row], text: texts[row].padded(to: longest))
    }
    return Bars(title, bars: bars).lines(on: surface)
  }

  /// On narrower surfaces the bars get the room of the shares and of the marks' values.
  private static let roomy = 60

  /// The row of a mark; those beyond the ends belong to the outer rows.
  private func home(of mark: Mark, in rows: [ClosedRange<Double>]) -> Int? {
    guard mark.value.isFinite else { return nil }
    return rows.firstIndex { mark.value < $0.upperBound } ?? rows.indices.last
  }

  /// A share to one decimal, so that the points stand under each other.
  private func share(_ count: Double, of total: Double) -> StyledText {
    let percent = count / total * 100
    let text = percent < 0.05 ? "<0.1" : Decimal.text(percent, decimals: 1, least: 1)
    return StyledText(count > 0 ? text + "%" : "").leftPadded(to: 6)
  }

  /// The marks of a row one after another.
  private func words(_ marks: [Mark], withValues: Bool) -> StyledText {
    marks.reduce("") { words, mark in
      let value: StyledText = withValues ? " \(Quantity.text(mark.value, unit), .value)" : ""
      return words + "  \(mark.name, .strong)" + value
    }
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

  /// Ranges as fine as leaves them few; values below any positive one share the first.
  init(_ values: [Double]) {
    guard let high = values.max(), let least = values.min() else {
      rows = []
      return
    }
    let low = values.filter { $0 > 0 }.min() ?? 1
    let scales = Self.scales.map { Self.edges($0, from: low, to: max(low, high)) }
    let edges = scales.first { $0.count <= Self.enough } ?? scales.last ?? []
    let all = least < (edges.first ?? 0) ? [0] + edges : edges
    rows = zip(all, all.dropFirst()).map { $0...$1 }
  }

  /// Tenths of the first edges of a decade, from fine to coarse.
  private static let scales: [[Double]] = [
    [10, 12, 14, 16, 18, 20, 25, 30, 35, 40, 50, 60, 70, 80, 90], [10, 15, 20, 30, 50, 70],
    [10, 20, 50], [10],
  ]
  private static let enough = 13

  /// The edges from the last one not above `low` to the first one above `high`.
  private static func edges(_ tenths: [Double], from low: Double, to high: Double) -> [Double] {
    var edges: [Double] = [0]
    for exponent in -10...15 {
      let tens = (0..<exponent.magnitude).reduce(1.0) { power, _ in power * 10 }
      for tenth in tenths {
        // A division rounds once, so that 12 ÷ 100 is the same number as 0.12.
        let edge = exponent < 0 ? tenth / tens : tenth * tens
        if edge <= low {
          edges = [edge]
        } else if let last = edges.last, last <= high {
          edges.append(edge)
        }
      }
    }
    return edges
  }
}
