import Display
import Testing

/// What holds for every block on every surface.
@Suite struct LayoutLaws {
  @Test("No line is wider than its surface", arguments: 0..<60 as Range<UInt64>)
  func widths(_ seed: UInt64) {
    var dice = Dice(seed: seed)
    let blocks = dice.blocks()
    for width in [1, 2, 3, 5, 8, 11, 14, 17, 20, 33, 40, 59, 80, 120, 1 + dice.below(200)] {
      for unicode in [true, false] {
        let surface = Surface(width: width, unicode: unicode)
        for block in blocks {
          let lines = block.lines(on: surface)
          let widest = lines.map(\.cells).max() ?? 0
          #expect(widest <= width, "\(block) on \(width)")
        }
      }
    }
  }

  @Test("Pictures end no line in a blank, and without Unicode are ASCII")
  func cleanliness() {
    let blocks = [
      Pictures.requests, Pictures.facts, Pictures.fleet, Pictures.gap, Pictures.runs, Pictures.many,
      Pictures.cost, Pictures.latency, Pictures.wide, Pictures.trend, Pictures.diff,
    ]
    for block in blocks {
      for width in 1...130 {
        let text = picture(block, width, ascii: true)
        #expect(text.utf8.allSatisfy { $0 < 0x80 })
        let lines = text.split(separator: "\n")
        #expect(!lines.contains { $0.hasSuffix(" ") }, "\(text)")
      }
    }
  }

  @Test("Empty and extreme values have a picture")
  func extremes() {
    let none = Block.plot(Plot("load", unit: .ratio, series: [], over: 0...0))
    #expect(picture(none, 80) == "load\nno values yet")
    let gaps = Plot("load", unit: .ratio, series: [.init("a", [nil, .nan, 1e300])], over: 0...1)
    #expect(picture(.plot(gaps), 80) == "load\nno values yet")
    let empty = HistogramPicture("latency", bins: [.init(0...1, count: 0)])
    #expect(picture(.histogram(empty), 80) == "latency\nno values yet")
    #expect(picture(.bars(Bars(bars: [])), 80).isEmpty)
    #expect(picture(.table(Table([], rows: [["x"]])), 80).isEmpty)
    #expect(picture(.sparkline(Sparkline(values: [])), 80).isEmpty)
    let point = Plot(unit: .count, series: [.init("a", [2])], over: 5...5, height: 3)
    #expect(
      picture(.plot(point), 14, ascii: true) == """
        2 +***********
          |
        0 +
          ++----------
           5s
        """)
  }
}
