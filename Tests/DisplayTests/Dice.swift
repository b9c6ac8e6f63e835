import Display

/// A small seeded generator of values and blocks.
struct Dice {
  private var state: UInt64

  init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 &+ 1 }

  /// A number from 0 up to, not including, a limit.
  mutating func below(_ limit: Int) -> Int {
    state ^= state << 13
    state ^= state >> 7
    state ^= state << 17
    return Int(state >> 33) % max(1, limit)
  }

  /// One of each kind of block with random contents.
  mutating func blocks() -> [Block] {
    let start = Double(below(5000))
    let times = start...(start + [0, 1e-6, 0.3, 60, 86_400, 1e9, .infinity][below(7)])
    return [
      .lines((0..<below(4)).map { _ in text(60) }), .note(text(90)),
      .table(
        Table(
          (0..<below(8)).map { _ in
            Table.Column(
              text(12).plain, [.left, .right, .decimal][below(3)], priority: below(4) - 1)
          },
          rows: (0..<below(12)).map { _ in (0..<below(9)).map { _ in text(30) } },
          foldedBeyond: below(2) == 0 ? nil : below(12) - 1)),
      .plot(
        Plot(
          text(30), unit: unit(),
          series: (0..<below(11)).map { _ in .init(text(12).plain, values(200)) }, over: times,
          marks: (0..<below(9)).map { _ in
            .init(at: times.lowerBound + Double(below(90)), text(15).plain)
          },
          height: below(30) - 5)),
      .bars(
        Bars(
          text(20),
          bars: (0..<below(9)).map { _ in
            .init(text(20), value(), rest: below(2) == 0 ? 0 : value(), text: text(15))
          },
          parts: (0..<below(3)).map { _ in text(9).plain }, full: below(3) == 0 ? value() : nil)),
      .histogram(
        HistogramPicture(
          text(20), unit: unit(),
          bins: (0..<below(40)).map { _ in
            let low = abs(value(orNaN: false))
            return .init(low...(low * 1.01), count: below(9) == 0 ? .max : below(1000))
          },
          marks: (0..<below(4)).map { _ in .init(text(5).plain, at: value()) })),
      .sparkline(
        Sparkline(
          text(15), values: values(90), full: below(2) == 0 ? nil : value(), note: text(15))),
      .diff(
        Diff(
          expected: (0..<below(9)).map { _ in text(20).plain },
          actual: (0..<below(9)).map { _ in text(20).plain })),
    ]
  }

  private mutating func unit() -> Quantity.Unit {
    Quantity.Unit.allCases[below(Quantity.Unit.allCases.count)]
  }

  private mutating func values(_ limit: Int) -> [Double?] {
    (0..<below(limit)).map { _ in below(9) == 0 ? nil : value() }
  }

  private mutating func value(orNaN: Bool = true) -> Double {
    let extremes = [
      0, -0.0, 1, 1e-300, .leastNonzeroMagnitude, 1e15, 1e300, .infinity, -1, -1e18, .nan,
    ]
    if below(12) == 0 { return extremes[below(extremes.count - (orNaN ? 0 : 1))] }
    return Double(below(100_000)) / [1, 100, 1e6, 1e9][below(4)]
  }

  private mutating func text(_ limit: Int) -> StyledText {
    let pieces = [
      "run", " ", " ", "60s", "负载", "均衡。", "👩‍👩‍👧", "🇩🇪", "e\u{301}", "\n", "\u{1B}[31m", "…", "×",
      "--as", "12.5ms",
      "ｆ", "क\u{94D}\u{937}", "\u{200B}", "\t",
    ]
    return (0..<below(limit / 3)).reduce(into: StyledText()) { text, _ in
      text.append(pieces[below(pieces.count)], Style.allCases[below(Style.allCases.count)])
    }
  }
}
