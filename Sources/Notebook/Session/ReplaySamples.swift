import Cloud
import Display
import Simulation

/// Values of some expressions over the time of some runs, each run of equal length.
struct Samples: Sendable {
  /// One expression in one run.
  struct Series: Sendable {
    var run: String
    var text: String
    var unit: Unit
    var values: [Double?] = []
  }

  var runs: [Run]
  var series: [Series]

  /// From when to when, in seconds.
  var times: ClosedRange<Double> {
    let span = runs.first?.span ?? .zero ... .zero
    return span.lowerBound.seconds...span.upperBound.seconds
  }

  /// The runs' names, with commas between.
  var runNames: String { runs.map(\.name).joined(separator: ", ") }

  /// A line's name: the run's where that is what tells it apart.
  func name(of one: Series) -> String {
    let texts = series.filter { $0.run == one.run }.count
    return runs.count == 1 ? one.text : texts == 1 ? one.run : "\(one.run) \(one.text)"
  }

  /// What happened meanwhile: the end of the warm-up, and scaling where it is seldom.
  var marks: [Plot.Mark] {
    guard let run = runs.first, runs.count == 1 else { return [] }
    var marks: [Plot.Mark] = []
    if run.warmup > .zero {
      marks.append(Plot.Mark(at: run.measurement.since.seconds, "measured from here"))
    }
    let actions = run.measurement.actions
    guard actions.count <= 8 else { return marks }
    return marks + actions.map { Plot.Mark(at: $0.time.seconds, $0.change) }
  }

  /// The values for the machine interface.
  func json(key: String) -> JSON {
    let all = series.map { one -> JSON in
      [
        "run": .string(one.run), "name": .string(one.text),
        "values": .array(one.values.map { JSON($0) }),
      ]
    }
    let picture: JSON = [
      "from": .number(times.lowerBound), "to": .number(times.upperBound), "series": .array(all),
    ]
    return .object([JSON.Member(key, picture)])
  }
}

extension ScalingAction {
  /// The change in a few characters: "+2", "−1".
  var change: String {
    let count = added.count - removed.count
    return count < 0 ? "−\(-count)" : "+\(count)"
  }
}

/// Plays runs again and reads expressions at the end of equal stretches of their time.
struct ReplaySamples: Work {
  /// So many stretches: about the cells a picture is wide.
  static let stretches = 72

  private let title: String
  private let expressions: [Expression]
  private let references: [[Reference?]]
  private let named: [Run]
  private let answer: @Sendable (Samples) -> Output
  private var samples: Samples
  private var replay: Replay?
  private var place = 0
  private var stretch = 0

  /// Some expressions over the time of some runs, and what to make of them.
  init(
    _ runs: [Run], _ expressions: [Expression], title: String, environment: Environment,
    answer: @escaping @Sendable (Samples) -> Output
  ) {
    self.title = title
    self.expressions = expressions
    self.answer = answer
    named = environment.runs
    references = expressions.map { $0.names.map { Reference($0.text) } }
    samples = Samples(
      runs: runs,
      series: runs.flatMap { run in
        expressions.map { Samples.Series(run: run.name, text: $0.text, unit: $0.unit) }
      })
    replay = runs.first.map { Replay($0) }
  }

  var progress: Progress {
    let done = (Double(place) + (replay?.fraction ?? 0)) / Double(max(1, samples.runs.count))
    return Progress(title, fraction: min(1, done), detail: samples.runNames)
  }

  mutating func proceed(in session: inout Session, events: Int) throws(Diagnostic) -> Output? {
    var left = events
    while place < samples.runs.count {
      guard left > 0, let before = replay?.world.position else { return nil }
      let end = samples.runs[place].end(of: stretch, of: Self.stretches)
      let isThere = replay?.advance(to: end, events: left) ?? true
      left -= (replay?.world.position ?? before) - before
      guard isThere else { return nil }
      sample()
      replay?.measureAnew()
      stretch += 1
      guard stretch == Self.stretches else { continue }
      place += 1
      stretch = 0
      replay = place < samples.runs.count ? Replay(samples.runs[place]) : nil
    }
    return answer(samples)
  }

  mutating func stop(in session: inout Session) -> Output { answer(samples) }

  private mutating func sample() {
    guard let world = replay?.world else { return }
    let environment = Environment(world: world, measurement: world.measurement, runs: named)
    for (index, expression) in expressions.enumerated() {
      let known = references[index]
      let value = try? expression.evaluate { known[$0.index]?.value(in: environment) }
      samples.series[place * expressions.count + index].values.append(value?.value)
    }
  }
}

extension Run {
  /// The end of one of some equal stretches of its time.
  fileprivate func end(of stretch: Int, of count: Int) -> Instant {
    if stretch == count - 1 { return measurement.until }
    let whole = (span.upperBound - span.lowerBound).nanoseconds
    return span.lowerBound
      + Simulation.Duration(
        nanoseconds: whole / Int64(count) * Int64(stretch + 1)
          + whole % Int64(count) * Int64(stretch + 1) / Int64(count))
  }
}
