import Display

/// The values behind the golden pictures.
enum Pictures {
  static let servers = Block.table(
    Table(
      [
        .init("server"), .init("state"), .init("cpu", .right, priority: 2),
        .init("speed", .decimal), .init("active", .right, priority: 3),
        .init("utilisation", .right, priority: 4), .init("p99", .decimal, priority: 5),
        .init("zone", priority: -1),
      ],
      rows: [
        ["s1", "\("in service", .good)", "2", "1", "2", "97.4%", "2.51s", "a"],
        ["s2", "\("booting", .warning)", "2", "0.5", "0", "–", "–", "b"],
        ["s3 主服务器", "in service", "16", "1.25", "11", "63%", "340us", "东京"],
        ["s4", "\("crashed", .bad)", "2", "4", "0", "0%", "100ms"],
      ]))

  static let requests = Block.table(
    Table(
      [.init("request"), .init("latency", .decimal)],
      rows: (1...1000).map { ["r\($0)", "\(Quantity.duration(ns: Int64($0) * 12_500_000))"] },
      foldedBeyond: 8))

  static let decisions = Block.table(
    Table(
      [.init("time", .right), .init("servers", .right), .init("policy"), .init("reason")],
      rows: [
        ["10s", "1 → 2", "sample", "queue 12 ≥ threshold 10 for three checks in a row"],
        ["40s", "2 → 1", "sample", "queue empty since 30s"],
      ]))

  static let facts = Block.table(
    Table(
      [.init(""), .init("", .decimal)],
      rows: [["done", "1000"], ["throughput", "49.8/s"], ["p99", "2.51s"]]))

  static let nothing = Block.table(Table([.init("run"), .init("p99", .right)], rows: []))

  static let fleet = plot([("servers", [1, 1, 1, 2, 2, 3, 3, 3, 2, 1])], height: 4)

  static let busy = Block.plot(
    Plot(
      unit: .ratio, series: [.init("s1", [0.2, 0.4, 0.9, 1, 0.5, 0.1])], over: 0...120,
      marks: [5, 10, 15, 20, 25, 30, 35, 200].map { .init(at: $0, "scale +1") }, height: 4))

  static let three = plot(
    [("a", [1, 1, 2, 2]), ("b", [2, 4, 4, 3]), ("c", [6, 5, 3, 1])], height: 7)

  static let gap = Block.plot(
    Plot(
      "\("latency.p99", .title)", unit: .seconds,
      series: [.init("p99", [0.1, 0.2, nil, .nan, 0.4, 0.3])], over: 0...60,
      marks: [.init(at: 10, "scale +1"), .init(at: 12, "scale +2"), .init(at: 60, "s1 killed")],
      height: 5))

  static let runs = plot(
    [("round-robin", [1, 2, 4, 8, 6, 5]), ("least", [1, 1, 2, 3, 3, 2])], height: 5)

  static let many = plot(
    (1...9).map { server in ("s\(server)", [0, Double(server), 4, 2]) }, height: 5)

  static let load = Block.bars(
    Bars(
      "\("load per server", .title)",
      bars: [
        .init("s1", 2, rest: 14, text: "2 + 14"), .init("s2", 1, text: "1"),
        .init("s3 主服务器", 8, rest: 1, text: "8 + 1"), .init("s4", 0, text: "0"),
      ],
      parts: ["busy", "queued"]))

  static let cost = Block.bars(
    Bars(bars: [
      .init("round-robin", 12.3, text: "$12.30"), .init("least", 4.05, text: "$4.05"),
      .init("two-choices", 0.01, text: "$0.01"),
    ]))

  static let latency = Block.histogram(
    HistogramPicture(
      "\("latency", .title)  1000 requests",
      bins: [
        .init(0.050...0.051, count: 110), .init(0.075...0.076, count: 210),
        .init(0.1...0.1, count: 330), .init(0.16...0.161, count: 180),
        .init(0.24...0.242, count: 120), .init(0.43...0.435, count: 49),
        .init(0.6...0.61, count: 1),
      ],
      marks: [.init("p50", at: 0.1), .init("p95", at: 0.43), .init("p99", at: 0.434)]))

  static let wide = Block.histogram(
    HistogramPicture(bins: [
      .init(0...0, count: 10), .init(0.000_02...0.000_03, count: 30), .init(0.1...0.1, count: 50),
      .init(30...31, count: 5),
    ]))

  static let trend = Block.sparkline(
    Sparkline(
      "p99", values: [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, nil, 0.4, 0],
      note: "max \("800ms", .value)"))

  static let diff = Block.diff(
    Diff(
      expected: (1...20).map { "line \($0)" },
      actual: (1...20).map { $0 == 7 ? "line seven" : "line \($0)" } + ["done"]))

  private static func plot(_ series: [(String, [Double])], height: Int) -> Block {
    .plot(
      Plot(
        "\("load", .title)", unit: .count, series: series.map { .init($0.0, $0.1) },
        over: 0...600, height: height))
  }
}

/// The plain lines of a block.
func picture(_ block: Block, _ width: Int, ascii: Bool = false) -> String {
  let surface = Surface(width: width, unicode: !ascii)
  return block.lines(on: surface).map(\.plain).joined(separator: "\n")
}
