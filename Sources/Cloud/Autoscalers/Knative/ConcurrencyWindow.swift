public import Simulation

/// A level averaged over the time just past, kept in buckets of equal length (Knative).
///
/// What is recorded in one bucket adds up, as the reports of several pods do. A ring of
/// `length ÷ granularity` buckets, rounded up; recording is O(1) amortised.
///
/// Source: knative/serving, `pkg/autoscaler/aggregation/bucketing.go`.
public struct ConcurrencyWindow: Sendable {
  /// How long it looks back.
  public let length: Duration
  /// The length of a bucket.
  public let granularity: Duration
  private var buckets: [Double]
  private var total = 0.0
  /// Numbers of the earliest bucket that counts and of the last one written; nil before the first.
  private var written: (first: Int64, last: Int64)?

  /// A window of at most a million buckets, none of them written.
  public init(length: Duration, granularity: Duration = .seconds(1)) {
    let step = max(granularity, .nanoseconds(1))
    let count = max(1, min(1_000_000, (length / step).rounded(.up)))
    self.length = max(length, step)
    self.granularity = step
    buckets = Array(repeating: 0, count: Int(count))
  }

  /// The number of the bucket that holds an instant.
  private func number(of time: Instant) -> Int64 {
    let (quotient, rest) = time.nanoseconds.quotientAndRemainder(
      dividingBy: granularity.nanoseconds)
    return rest < 0 ? quotient - 1 : quotient
  }

  private func place(_ number: Int64) -> Int {
    let count = Int64(buckets.count)
    let rest = number % count
    return Int(rest < 0 ? rest + count : rest)
  }

  /// Whole buckets that the length spans, as a number that can be compared with ages.
  private var span: Int64 { Int64(buckets.count) }

  /// Adds a value to the bucket of its time; one that is older than the window is ignored.
  public mutating func record(_ value: Double, at time: Instant) {
    let number = number(of: time)
    guard let (first, last) = written else {
      written = (number, number)
      add(value, to: number)
      return
    }
    let age = last &- number
    guard age < span else { return }
    var start = min(first, number)
    if number > last {
      if number &- last >= span {
        start = number
        clear()
      } else {
        // Buckets that nobody wrote count as zero.
        for missed in (last + 1)...number { empty(missed) }
      }
    }
    written = (start, max(last, number))
    add(value, to: number)
  }

  /// Records one value for every bucket since the last one written, the present one included; of
  /// several in the same bucket the last counts.
  ///
  /// So a policy that looks every two seconds fills buckets of one.
  public mutating func fill(_ value: Double, at time: Instant) {
    let number = number(of: time)
    guard let last = written?.last else { return record(value, at: time) }
    guard number > last else {
      if number == last { add(value - buckets[place(number)], to: number) }
      return
    }
    let first = max(last + 1, number - span + 1)
    if number &- last >= span {
      clear()
      written = (first, first)
    }
    for each in first...number {
      empty(each)
      add(value, to: each)
    }
    written = (written?.first ?? first, number)
  }

  private mutating func clear() {
    for place in buckets.indices { buckets[place] = 0 }
    total = 0
  }

  private mutating func empty(_ number: Int64) {
    total -= buckets[place(number)]
    buckets[place(number)] = 0
  }

  private mutating func add(_ value: Double, to number: Int64) {
    buckets[place(number)] += value
    total += value
  }

  /// The mean over the buckets that count: those since the first, at most the window.
  ///
  /// The time since the last record is left out, so a late report does not read as a fall; after
  /// a whole window without any, it is 0. Cut off after the sixth decimal, as the source does.
  public func average(at time: Instant) -> Double {
    guard let (first, last) = written else { return 0 }
    let number = number(of: time)
    let silent = number &- last
    guard silent < span else { return 0 }
    var sum = total
    if silent > 0 { for missed in (last + 1)...number { sum -= buckets[place(missed)] } }
    let counted = min(Double(last &- first) + 1, Double(span - max(0, silent)))
    return (sum / counted * 1e6).rounded(.down) / 1e6
  }

  /// The mean with weights that fall by ``smoothing(buckets:)`` from one bucket to the one before.
  ///
  /// Complexity: O(buckets).
  public func weightedAverage(at time: Instant) -> Double {
    guard let last = written?.last else { return 0 }
    let silent = max(0, number(of: time) &- last)
    guard silent <= span else { return 0 }
    let share = Self.smoothing(buckets: buckets.count)
    var weight = share
    if silent > 0 { weight *= Elementary.pow(1 - share, Double(silent)) }
    var sum = 0.0
    for age in 0..<(span - silent) {
      sum += buckets[place(last - age)] * weight
      weight *= 1 - share
    }
    return sum
  }

  /// The weight of the newest bucket: as much as makes all weights add up to 0.9999, 0.2 at least.
  public static func smoothing(buckets: Int) -> Double {
    max(0.2, 1 - Elementary.pow(1 - 0.9999, 1 / Double(max(1, buckets))))
  }
}
