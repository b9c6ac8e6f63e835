import Cloud
import Display
import Simulation

/// What a run comes to, on a few lines that are the same everywhere.
enum ResultCard {
  static func lines(_ measurement: Measurement, name: String) -> [StyledText] {
    var lines: [StyledText] = [
      """
      \(name, .accent): \(Text.time(measurement.duration)), \(measurement.balancer), \
      seed \("\(measurement.seed)")
      """
    ]
    lines.append(row("requests", requests(measurement.counts)))
    if measurement.latency.count > 0 {
      lines.append(row("latency", spread(measurement.latency)))
      lines.append(row("wait", spread(measurement.wait)))
    }
    lines.append(row("servers", servers(measurement)))
    lines.append(
      row(
        "cost",
        "\(Text.dollars(measurement.cost), .value), \(Text.dollars(measurement.hourly)) per hour at the end"
      ))
    if measurement.economics.objective != nil {
      lines.append(row("good", good(measurement)))
    }
    return lines
  }

  /// A label and what it says, aligned under the others.
  static func row(_ label: String, _ text: StyledText) -> StyledText {
    let padded = label.padding(toCells: 10)
    return StyledText("  \(padded)", .dim) + text
  }

  private static func requests(_ counts: Measurement.Counts) -> StyledText {
    var text: StyledText = "\(Text.count(counts.completed), .value) completed"
    for (count, word, style) in [
      (counts.failed, "failed", Style.bad), (counts.refused, "refused", .bad),
      (counts.timedOut, "timed out", .bad), (counts.limited, "limited", .bad),
      (counts.retried, "sent again", .warning), (counts.hedged, "hedged", .warning),
      (counts.inFlight, "in flight", .plain),
    ] where count > 0 {
      text += ", "
      text.append("\(Text.count(count)) \(word)", style)
    }
    return text
  }

  /// Mean and percentiles: never the mean without the tail.
  static func spread(_ histogram: Histogram) -> StyledText {
    func time(_ percent: Double) -> String {
      Display.Quantity.duration(ns: histogram.percentile(percent) ?? 0)
    }
    let mean = Text.seconds((histogram.mean ?? 0) / 1e9)
    let most = Display.Quantity.duration(ns: histogram.maximum ?? 0)
    return """
      mean \(mean, .value), p50 \(time(50), .value), p95 \(time(95), .value), \
      p99 \(time(99), .value), max \(most, .value)
      """
  }

  /// What came within the objective and what that cost: never the money without what it bought.
  private static func good(_ measurement: Measurement) -> StyledText {
    let economics = measurement.economics
    let over = measurement.counts.completed + measurement.counts.lost
    var text: StyledText = """
      \(Text.count(economics.good), .value) within \(Text.time(economics.limit))
      """
    if over > 0 { text += ", \(Text.percent(Double(economics.good) / Double(over)), .value)" }
    if let dollars = economics.dollarsPerThousand {
      text += ", \(Text.dollars(dollars), .value) per thousand"
    }
    let out = economics.minutesOutOfObjective
    if out > 0 { text += ", \(Text.count(out, "minute"), .bad) out" }
    return text
  }

  private static func servers(_ measurement: Measurement) -> StyledText {
    let inService = measurement.servers.count { $0.server.state == .inService }
    var text: StyledText = "\(Text.count(inService), .value) in service"
    if let share = measurement.utilisation { text += ", \(Text.percent(share), .value) busy" }
    text += ", \(Text.rate(measurement.throughput), .value) completed"
    if !measurement.actions.isEmpty {
      text += ", scaled \(Text.count(measurement.actions.count, "time"))"
    }
    return text
  }
}

extension String {
  /// The text with blanks up to a number of cells.
  func padding(toCells cells: Int) -> String {
    self + String(repeating: " ", count: max(0, cells - self.cells))
  }
}
