import Simulation

/// The two alarms of a metric: one for more servers, one for fewer.
struct AlarmPair: Sendable {
  /// Which way an alarm calls for.
  enum Way: Sendable {
    case out
    case `in`
  }

  var high: Alarm
  var low: Alarm

  /// Lets both alarms take in a reading, and leaves the steps of signal and window.
  mutating func read(
    _ reading: Double?, _ name: String, of observation: Observation, _ plan: inout Plan
  ) {
    if let reading {
      high.record(reading, of: observation.elapsed, at: observation.time)
      low.record(reading, of: observation.elapsed, at: observation.time)
    }
    plan.note("signal", name, reading.map(Figure.plain) ?? "nothing")
    let last = high.datapoints.suffix(5).map(Figure.plain).joined(separator: " ")
    plan.note(
      "window", "datapoints of \(Figure.seconds(high.period.seconds))",
      last.isEmpty ? "none yet" : last)
  }

  /// More servers, if the high alarm is on; else fewer, if the low one is.
  var way: Way? {
    if high.state == .alarm { return .out }
    return low.state == .alarm ? .in : nil
  }

  /// What makes a policy act, as the history of activities says it; empty while no alarm is on.
  ///
  /// Source: EC2 Auto Scaling, the cause of a scaling activity.
  func cause(_ alarm: String) -> String {
    guard let way else { return "" }
    return alarm + (way == .out ? "AlarmHigh" : "AlarmLow") + " in state ALARM: "
  }

  /// The alarm that is on, or both as they stand, in words.
  var rule: String {
    let alarm = way == .in ? low : high
    guard way != nil, let latest = alarm.latest else {
      return "AlarmHigh \(high.state.rawValue), AlarmLow \(low.state.rawValue)"
    }
    return "\(Figure.plain(latest)) \(alarm.comparison.rawValue) \(Figure.plain(alarm.threshold)) "
      + "in \(alarm.datapointsToAlarm) of \(alarm.evaluationPeriods)"
  }
}
