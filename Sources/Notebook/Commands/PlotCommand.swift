import Cloud
import Display
import Simulation

/// `plot`: draws values over the time of a run.
package enum PlotCommand: Command {
  package static let spec = Spec(
    "plot", group: "seeing", "Draw values over the time of a run.",
    positionals: [
      Parameter(
        "values", .expressions(.measurement), "what to draw; or scaling", required: true,
        example: "latency.p99")
    ],
    options: [
      Parameter("of", .name(.run), "the run; given twice, both", repeats: true),
      Parameter("histogram", .flag, "how latency or wait is spread, not over time"),
    ],
    examples: [
      Example("plot latency.p50, latency.p99", "two lines in one picture"),
      Example("plot queue", "requests that wait, over time"),
      Example("plot latency --histogram", "how latency is spread"),
      Example("plot scaling", "load, servers, utilisation, p99 and dollars over one time axis"),
    ],
    details: [
      "The run is played again and measured anew in 72 equal stretches of its time: what is "
        + "measured is of each stretch, what is a state is at its end."
    ],
    synonyms: ["graph", "chart", "draw", "histogram", "timeline"])
  package static let effect = CommandEffect.looks

  package static func start(_ call: Call, in session: inout Session, on host: any Host)
    throws(Diagnostic) -> Activity
  {
    let text = call["values"]?.text ?? ""
    if call.flag("histogram") { return .done(try histogram(of: text, call, in: session.state)) }
    let runs = try runs(call, in: session.state)
    if text == "scaling" {
      guard let run = runs.first else { return .done(Output()) }
      return .working(try ScalingPicture.work(run, title: call.source, session.state))
    }
    if ["latency", "wait"].contains(text) {
      throw call.mistake(
        "\(text) is a spread of times: name a part of it", about: "values",
        try: "\(text).p50, \(text).p99", help: "or see all of it: plot \(text) --histogram")
    }
    let expressions = try call.expressions("values", scope: session.state.scope)
    for expression in expressions where expression.unit == .name {
      throw Diagnostic(
        "'\(expression.text)' is a name, which has no height", at: expression.root.range)
    }
    return .working(
      ReplaySamples(
        runs, expressions, title: call.source, environment: session.state.environment
      ) { Output($0.json(key: "plot"), picture($0, expressions)) })
  }

  /// The runs to draw; they last equally long.
  private static func runs(_ call: Call, in state: State) throws(Diagnostic) -> [Run] {
    var runs: [Run] = []
    for argument in call.all("of") {
      guard case .word(let name) = argument.value, let run = state.run(name) else { continue }
      guard run.end != .sent else {
        throw Diagnostic(
          "'\(run.name)' was a send, which is not played again", at: argument.range,
          help: "show requests --of \(run.name) lists its requests")
      }
      if let first = runs.first, first.span != run.span {
        throw Diagnostic(
          "'\(run.name)' lasted from \(run.words), '\(first.name)' from \(first.words)",
          at: argument.range, help: "runs share a picture when they lasted equally long")
      }
      runs.append(run)
    }
    return runs.isEmpty ? [try state.replayable(call)] : runs
  }

  /// One picture for each unit.
  private static func picture(_ samples: Samples, _ expressions: [Expression]) -> [Block] {
    var units: [Display.Quantity.Unit] = []
    for expression in expressions where !units.contains(expression.unit.display) {
      units.append(expression.unit.display)
    }
    return units.map { unit in
      let shown = samples.series.filter { $0.unit.display == unit }
      let series = shown.map { one in
        Plot.Series(samples.name(of: one), one.values)
      }
      let only = shown.count == 1 ? "\(shown[0].text), " : ""
      return .plot(
        Plot(
          "\(only, .title)\(samples.runNames, .title)", unit: unit, series: series,
          over: samples.times, marks: samples.marks, height: units.count == 1 ? 10 : 5))
    }
  }

  private static func histogram(of text: String, _ call: Call, in state: State)
    throws(Diagnostic) -> Output
  {
    guard ["latency", "wait"].contains(text) else {
      throw call.mistake(
        "only latency and wait are kept as histograms, not '\(text)'", about: "values",
        try: "latency")
    }
    let chosen = call.has("of") ? state.run(try call.word("of")) : state.runs.last
    guard let run = chosen else {
      throw call.mistake("nothing was measured yet", help: "run first: run 60s")
    }
    let histogram = text == "wait" ? run.measurement.wait : run.measurement.latency
    func seconds(_ value: Int64) -> Double { Double(value) / 1e9 }
    let bins = histogram.buckets.map { bucket in
      HistogramPicture.Bin(
        seconds(bucket.bounds.lowerBound)...seconds(bucket.bounds.upperBound),
        count: Int(clamping: bucket.count))
    }
    let percentiles: [(String, Double)] = [
      ("p50", 50), ("p90", 90), ("p99", 99), ("max", 100),
    ]
    let marks = percentiles.compactMap { name, percent in
      histogram.percentile(percent).map { HistogramPicture.Mark(name, at: seconds($0)) }
    }
    let counts = histogram.buckets.map { bucket -> JSON in
      [
        "from": .number(seconds(bucket.bounds.lowerBound)),
        "to": .number(seconds(bucket.bounds.upperBound)),
        "count": .int(Int(clamping: bucket.count)),
      ]
    }
    let title: StyledText =
      "\(text, .title) of \(Text.count(Int(clamping: histogram.count), "request")), \(run.name)"
    return Output(
      [
        "histogram": [
          "run": .string(run.name), "of": .string(text), "summary": histogram.json,
          "bins": .array(counts),
        ]
      ], [.histogram(HistogramPicture(title, bins: bins, marks: marks))])
  }
}

extension Run {
  /// From when to when.
  var span: ClosedRange<Instant> {
    start.now...max(start.now, measurement.until)
  }

  /// From when to when, in words.
  fileprivate var words: String { "\(Text.time(span.lowerBound)) to \(Text.time(span.upperBound))" }
}

extension Unit {
  /// How heights of this unit are labelled.
  var display: Display.Quantity.Unit {
    switch self {
    case .seconds: .seconds
    case .rate: .perSecond
    case .ratio: .ratio
    case .bytes: .bytes
    case .dollars: .dollars
    default: .count
    }
  }
}
