/// A scale with round ticks.
struct Axis {
  /// The lowest value on the scale.
  let low: Double
  /// The highest value on the scale.
  let high: Double
  /// The values with a label, ascending.
  let ticks: [Double]
  /// Their labels.
  let labels: [String]

  /// A scale for heights that includes zero and ends at ticks.
  ///
  /// Of the allowed numbers of ticks it takes the one that leaves the least room above the values.
  init(heights values: [Double], unit: Quantity.Unit, ticks counts: ClosedRange<Int>) {
    let low = min(0, values.min() ?? 0)
    let known = max(0, values.max() ?? 0)
    let high = low == known ? 1 : known
    let scales = counts.map { count in
      let step = Self.step(atLeast: (high - low) / Double(max(1, count)), unit: unit, top: high)
      let first = (low / step + 1e-9).floored
      let last = max((high / step - 1e-9).ceiled, first + 1)
      return Axis(low: first * step, high: last * step, step: step, unit: unit)
    }
    let tightest = scales.min { $0.high - $0.low < $1.high - $1.low }
    self = tightest ?? Axis(low: low, high: high, step: high - low, unit: unit)
  }

  /// A scale from one time to another, in seconds, with ticks at round times between.
  init(times: ClosedRange<Double>, ticks count: Int) {
    let bounds = -1e15...1e15
    let times = times.clamped(to: bounds)
    let span = times.upperBound - times.lowerBound
    let step = Self.step(
      atLeast: span / Double(max(1, count)), unit: .seconds, top: times.upperBound)
    self.init(low: times.lowerBound, high: times.upperBound, step: step, unit: .seconds)
  }

  private init(low: Double, high: Double, step: Double, unit: Quantity.Unit) {
    self.low = low
    self.high = high
    let first = (low / step - 1e-9).ceiled
    let last = (high / step + 1e-9).floored
    let count = last >= first ? Int(min(last - first, 100)) + 1 : 0
    let ticks = (0..<count).map { (first + Double($0)) * step }
    self.ticks = ticks
    labels = ticks.map { Self.label($0, unit: unit, step: step, top: max(high, -low)) }
  }

  /// Where a value stands among so many places, the first being 0; the ends where it is beyond.
  func place(_ value: Double, of places: Int) -> Int {
    guard high > low, places > 1 else { return 0 }
    let share = min(max((value - low) / (high - low), 0), 1)
    return Int((share * Double(places - 1)).nearest)
  }

  /// The smallest round step that is not below a length.
  private static func step(atLeast least: Double, unit: Quantity.Unit, top: Double) -> Double {
    switch unit {
    case .bytes:
      var step = 1.0
      while step < least { step *= 2 }
      return step
    case .seconds where least > 1:
      let steps: [Double] = [
        2, 5, 10, 20, 30, 60, 120, 300, 600, 1200, 1800, 3600, 7200, 14_400, 21_600, 43_200,
      ]
      return steps.first { $0 >= least } ?? 86_400 * decimalStep(atLeast: least / 86_400)
    case .count where top >= 2: return max(1, decimalStep(atLeast: least))
    default: return decimalStep(atLeast: least)
    }
  }

  /// One, two or five times a power of ten.
  private static func decimalStep(atLeast least: Double) -> Double {
    let least = max(least, 1e-12)
    var tens = 1.0
    if least < 1 {
      while 1 / tens > least { tens *= 10 }
      return [1, 2, 5].map { $0 / tens }.first { $0 >= least * (1 - 1e-9) } ?? 10 / tens
    }
    while tens * 10 <= least { tens *= 10 }
    return [1, 2, 5].map { $0 * tens }.first { $0 >= least * (1 - 1e-9) } ?? 10 * tens
  }

  /// A tick's name; times on one axis share their unit.
  private static func label(
    _ value: Double, unit: Quantity.Unit, step: Double, top: Double
  ) -> String {
    if value.magnitude < step / 2 { return "0" }
    guard unit == .seconds else { return Quantity.text(value, unit) }
    let shared = TimeUnit.allCases.last { unit in
      let seconds = Double(unit.ns) / 1e9
      let isClock = unit == .minutes || unit == .hours
      return Double(unit.from) / 1e9 <= top * (1 + 1e-9) && step >= seconds * (isClock ? 0.5 : 0.01)
    }
    guard let shared else { return Quantity.duration(seconds: value) }
    return Decimal.text(value / (Double(shared.ns) / 1e9), decimals: 3) + shared.symbol
  }
}
