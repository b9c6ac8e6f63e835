public import Simulation

/// Goes off when so many of the last datapoints are beyond a threshold (Amazon CloudWatch).
///
/// A datapoint is the mean of a period; periods begin at multiples of their length. A reading
/// stands for the time before it, and counts in each period by the time it covers there.
///
/// Source: Amazon CloudWatch, "M out of N" alarms.
public struct Alarm: Sendable {
  /// What it says.
  public enum State: String, Sendable {
    /// Not beyond the threshold, or not often enough.
    case ok = "OK"
    /// Beyond it in as many datapoints as it takes.
    case alarm = "ALARM"
    /// Too few datapoints to say.
    case insufficient = "INSUFFICIENT_DATA"
  }

  /// On which side of the threshold it goes off.
  public var comparison: Comparison
  /// The threshold.
  public var threshold: Double
  /// The length of a period.
  public var period: Duration
  /// Datapoints that it looks at.
  public var evaluationPeriods: Int
  /// How many of those must be beyond the threshold.
  public var datapointsToAlarm: Int
  /// The last datapoints, oldest first.
  public private(set) var datapoints: [Double] = []
  private var open = (number: Int64(0), sum: 0.0, time: 0.0)

  /// An alarm; unless told otherwise every datapoint it looks at must be beyond the threshold.
  public init(
    _ comparison: Comparison, _ threshold: Double, period: Duration = .seconds(60),
    evaluationPeriods: Int = 1, datapointsToAlarm: Int? = nil
  ) {
    self.comparison = comparison
    self.threshold = threshold
    self.period = max(period, .milliseconds(1))
    self.evaluationPeriods = max(1, evaluationPeriods)
    self.datapointsToAlarm = min(
      max(1, datapointsToAlarm ?? evaluationPeriods), self.evaluationPeriods)
  }

  /// Takes in a whole datapoint.
  public mutating func add(_ datapoint: Double) {
    datapoints.append(datapoint)
    if datapoints.count > evaluationPeriods {
      datapoints.removeFirst(datapoints.count - evaluationPeriods)
    }
  }

  /// Takes in a reading of the time `elapsed` before `now`; a period that has ended is a datapoint.
  ///
  /// Complexity: O(evaluation periods), however long the time.
  public mutating func record(_ reading: Double, of elapsed: Duration, at now: Instant) {
    let length = period.nanoseconds
    let end = now.nanoseconds
    let begin = (now - max(.zero, elapsed)).nanoseconds
    let last = end / length
    var number = begin / length
    if last &- number > Int64(evaluationPeriods) {
      // Periods before these would be forgotten at once.
      number = last - Int64(evaluationPeriods)
    }
    while number <= last {
      if number > open.number { close(number) }
      let from = max(begin, number &* length)
      let (next, overflow) = (number + 1).multipliedReportingOverflow(by: length)
      let covered = Double(min(end, overflow ? .max : next) &- from)
      if covered > 0 {
        open.sum += reading * covered
        open.time += covered
      }
      number += 1
    }
  }

  /// Ends the open period.
  private mutating func close(_ number: Int64) {
    if open.time > 0 { add(open.sum / open.time) }
    open = (number, 0, 0)
  }

  /// What it says now.
  public var state: State {
    let beyond = datapoints.count { comparison.holds($0, threshold) }
    if beyond >= datapointsToAlarm { return .alarm }
    return datapoints.count < datapointsToAlarm ? .insufficient : .ok
  }

  /// The last datapoint; nil before the first.
  public var latest: Double? { datapoints.last }
}
