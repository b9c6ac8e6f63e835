/// Horizontal bars, each with a label before it and a value after it.
public struct Bars: Hashable, Sendable {
  /// One bar.
  public struct Bar: Hashable, Sendable {
    /// What is measured.
    public var label: StyledText
    /// The length of the first part, such as requests in service.
    public var value: Double
    /// The length of the second part, such as requests waiting.
    public var rest: Double
    /// The value in words, with its unit.
    public var text: StyledText

    /// A bar.
    public init(_ label: StyledText, _ value: Double, rest: Double = 0, text: StyledText) {
      self.label = label
      self.value = value
      self.rest = rest
      self.text = text
    }
  }

  /// The line above the bars; none if empty.
  public var title: StyledText
  /// The bars from top to bottom.
  public var bars: [Bar]
  /// What the two parts mean; empty for a picture that needs no legend.
  public var parts: [String]
  /// The length that fills the line; the longest bar by default.
  public var full: Double?

  /// Some bars on one scale from zero.
  public init(
    _ title: StyledText = "", bars: [Bar], parts: [String] = [], full: Double? = nil
  ) {
    self.title = title
    self.bars = bars
    self.parts = parts
    self.full = full
  }

  /// The bars on a surface; without room for bars only labels and values are left.
  func lines(on surface: Surface) -> [StyledText] {
    let labels = bars.map { surface.spelled($0.label) }
    let texts = bars.map { surface.spelled($0.text) }
    let label = labels.reduce(0) { max($0, $1.cells) }
    let text = texts.reduce(0) { max($0, $1.cells) }
    let shownLabel = min(label, max(surface.width / 3, surface.width - text - 2))
    let room = min(60, surface.width - shownLabel - text - 4)
    let top = full ?? bars.reduce(0) { max($0, $1.value.length + $1.rest.length) }
    let head = ([title] + legend).map(surface.spelled)
    var lines = StyledText.flowing(head, to: surface.width)
    for (index, bar) in bars.enumerated() {
      var line = labels[index].truncated(to: shownLabel, on: surface).padded(to: shownLabel)
      if room >= 4 {
        let drawn = bar.drawn(in: room, top: top, smooth: surface.unicode)
        line += "  " + surface.spelled(drawn).padded(to: room)
      }
      line += "  " + texts[index].leftPadded(to: text)
      lines.append(line)
    }
    return lines.map { $0.trimmed.truncated(to: surface.width, on: surface) }
  }

  /// The glyphs and names of the parts.
  private var legend: [StyledText] {
    let glyphs = [StyledText("█", .accent), StyledText("░", .warning)]
    return zip(glyphs, parts).map { "\($0) \($1, .dim)" }
  }
}

extension Bars.Bar {
  /// The bar in some cells; to an eighth of a cell where it has one part and blocks are smooth.
  fileprivate func drawn(in room: Int, top: Double, smooth: Bool) -> StyledText {
    guard top > 0, top.isFinite else { return "" }
    let first = cells(value, room: room, top: top)
    guard rest.length > 0 else {
      let eighths = Int((min(value.length / top, 1) * Double(room * 8)).nearest)
      let filled = smooth ? eighths / 8 : first
      var text = String(repeating: "█", count: filled)
      if smooth, filled < room, eighths % 8 > 0 || eighths == 0 && value.length > 0 {
        text.append(["▏", "▏", "▎", "▍", "▌", "▋", "▊", "▉"][eighths % 8])
      }
      return StyledText(text, .accent)
    }
    let both = max(cells(value.length + rest.length, room: room, top: top), first)
    let second = first < room ? max(1, both - first) : 0
    return StyledText(String(repeating: "█", count: first), .accent)
      + StyledText(String(repeating: "░", count: second), .warning)
  }

  /// Whole cells, at least one for anything above zero.
  private func cells(_ value: Double, room: Int, top: Double) -> Int {
    guard value.length > 0 else { return 0 }
    return max(1, Int((min(value.length / top, 1) * Double(room)).nearest))
  }
}

extension Double {
  /// A length that can be drawn: not below zero, finite.
  fileprivate var length: Double { isFinite ? min(max(0, self), 1e15) : self > 0 ? 1e15 : 0 }
}
