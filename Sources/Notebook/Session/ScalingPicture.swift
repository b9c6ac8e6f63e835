import Cloud
import Display
import Simulation

/// Load, servers, utilisation, tail latency and cost over one time axis.
enum ScalingPicture {
  private static let values =
    "rate, scaler.wanted, booting, servers, utilisation, latency.p99, cost.hourly"

  /// The run played again for the picture.
  static func work(_ run: Run, title: String, _ state: State) throws(Diagnostic) -> ReplaySamples {
    let expressions = try Expression.list(values, scope: state.scope)
    return ReplaySamples([run], expressions, title: title, environment: state.environment) {
      Output($0.json(key: "plot"), [.panels(picture($0))])
    }
  }

  private static func picture(_ samples: Samples) -> Panels {
    func series(_ text: String, _ name: String) -> Plot.Series {
      let values = samples.series.first { $0.text == text }?.values ?? []
      return Plot.Series(name, values)
    }
    func row(
      _ title: StyledText, _ unit: Display.Quantity.Unit, _ series: [Plot.Series], height: Int = 3
    ) -> Panels.Row? {
      let known = series.filter { $0.values.contains { $0 != nil } }
      return known.isEmpty ? nil : Panels.Row(title, unit: unit, series: known, height: height)
    }
    let servers = [
      series("servers", "in service"), series("scaler.wanted", "wanted"),
      series("booting", "booting"),
    ]
    let rows = [
      row("\("load", .strong), requests per second", .perSecond, [series("rate", "load")]),
      row("servers".strong, .count, servers, height: 6),
      row("utilisation".strong, .ratio, [series("utilisation", "utilisation")]),
      row("latency.p99".strong, .seconds, [series("latency.p99", "latency.p99")]),
      row(
        "\("cost", .strong), dollars per hour", .dollars, [series("cost.hourly", "cost.hourly")]),
    ]
    return Panels(
      "\("scaling", .title) in \(samples.runNames)", rows: rows.compactMap { $0 },
      over: samples.times, marks: samples.marks)
  }
}

extension String {
  fileprivate var strong: StyledText { StyledText(self, .strong) }
}
