import Cloud
import Display
import Simulation

/// Load, servers, utilisation, tail latency and money over one time axis.
enum ScalingPicture {
  private static let values = """
    rate, scaler.wanted, booting, warming, servers, utilisation, latency.p99, cost.hourly, \
    cost.total
    """

  /// The run played again for the picture.
  static func work(_ run: Run, title: String, _ state: State) throws(Diagnostic) -> ReplaySamples {
    let expressions = try Expression.list(values, scope: state.scope)
    return ReplaySamples([run], expressions, title: title, environment: state.environment) {
      Output($0.json(key: "plot"), [.panels(picture($0))])
    }
  }

  private static func picture(_ samples: Samples) -> Panels {
    func values(_ text: String) -> [Double?] {
      samples.series.first { $0.text == text }?.values ?? []
    }
    func row(
      _ title: StyledText, _ unit: Display.Quantity.Unit, _ series: [Plot.Series], height: Int = 3
    ) -> Panels.Row? {
      let known = series.filter { $0.values.contains { $0 != nil } }
      return known.isEmpty ? nil : Panels.Row(title, unit: unit, series: known, height: height)
    }
    let rows = [
      row("\("load", .strong), requests per second", .perSecond, [.init("load", values("rate"))]),
      row("servers".strong, .count, servers(values), height: 6),
      row("utilisation".strong, .ratio, [.init("utilisation", values("utilisation"))]),
      row("latency.p99".strong, .seconds, [.init("latency.p99", values("latency.p99"))]),
      row(
        money(values("cost.hourly")), .dollars, [.init("cost", running(values("cost.total")))]),
    ]
    return Panels(
      "\("scaling", .title) in \(samples.runNames)", rows: rows.compactMap { $0 },
      over: samples.times, marks: samples.marks)
  }

  /// Those that are warm and wanted; those that are booting or warming while there are any.
  private static func servers(_ values: (String) -> [Double?]) -> [Plot.Series] {
    func some(_ text: String) -> [Double?] { values(text).map { $0 == 0 ? nil : $0 } }
    let warm = zip(values("servers"), values("warming")).map { all, cold in
      all.map { $0 - (cold ?? 0) }
    }
    return [
      Plot.Series("ready", warm), Plot.Series("wanted", values("scaler.wanted")),
      Plot.Series("booting", some("booting")), Plot.Series("warming", some("warming")),
    ]
  }

  private static func money(_ hourly: [Double?]) -> StyledText {
    let end = hourly.last.flatMap { $0 }.map { ", \(Text.dollars($0)) per hour at the end" } ?? ""
    return "\("cost", .strong), dollars so far\(end)"
  }

  /// What was paid up to the end of each stretch, of what was paid in each.
  private static func running(_ values: [Double?]) -> [Double?] {
    var sum = 0.0
    return values.map { value in
      sum += value ?? 0
      return sum
    }
  }
}

extension String {
  fileprivate var strong: StyledText { StyledText(self, .strong) }
}
