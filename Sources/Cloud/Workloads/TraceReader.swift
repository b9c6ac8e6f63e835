public import Simulation

/// Reads recorded arrivals: counts per interval, arrival times, or a web server's access log.
///
/// The first lines tell which it is:
/// - `minute,requests` (also second, hour, day) or `timestamp,value` with `YYYY-MM-DD HH:MM:SS`:
///   counts; the interval is the distance of the first two rows, and rows left out are intervals
///   without requests. With `every` the first column is not looked at.
/// - `arrival_s,…`, a single column, or a first column with fractions: arrival times in seconds;
///   further columns are not looked at.
/// - lines with `[10/Oct/2000:13:55:36 -0700]`: Common or Combined Log Format.
///
/// Arrival times and log lines may be out of order. Empty lines are skipped. O(n log n).
public struct TraceReader {
  /// The most rows, and the most intervals, that a recording may have.
  public static let limit = 20_000_000

  /// Reads a whole file, or says which line is wrong and what was expected there.
  public static func read(_ bytes: [UInt8], every interval: Duration? = nil)
    throws(TraceProblem) -> Trace
  {
    if let interval, interval <= .zero {
      throw TraceProblem(line: 1, message: "an interval of no time", expected: "more than 0s")
    }
    var lines = TraceLines(bytes)
    guard let first = lines.next() else {
      throw TraceProblem(
        line: 1, message: "the file is empty", expected: "rows such as minute,requests, or a log")
    }
    let layout = TraceLayout(first, second: lines.peek(), every: interval)
    if !layout.hasHeader { lines = TraceLines(bytes) }
    switch layout.kind {
    case .log: return try instants(lines, .logLine)
    case .instants(let column): return try instants(lines, column)
    case .counts(let column): return try counts(lines, column, every: interval)
    case .unknown:
      throw TraceProblem(
        line: first.number, message: "\"\(first.shown)\" does not tell how long an interval is",
        expected: "a header such as minute,requests, stamps such as 2014-04-10 00:04:00, or --every"
      )
    }
  }

  private static func instants(_ lines: TraceLines, _ column: TraceColumn) throws(TraceProblem)
    -> Trace
  {
    var times: [Duration] = []
    for line in lines {
      guard let time = column.time(line) else {
        throw TraceProblem(
          line: line.number, message: "\"\(line.shown)\" has no time", expected: column.expected)
      }
      try check(times.count, line)
      times.append(time)
    }
    times.sort()
    guard let first = times.first else { throw noRows }
    return .instants(times.map { $0 - first })
  }

  private static func counts(_ lines: TraceLines, _ column: TraceColumn, every given: Duration?)
    throws(TraceProblem) -> Trace
  {
    var counts: [Int] = []
    var interval = given ?? column.unit
    var first = Duration.zero
    var last = Duration.zero
    var rows = 0
    for line in lines {
      guard let count = line.field(column.isAlone ? 0 : 1)?.count else {
        throw TraceProblem(
          line: line.number, message: "\"\(line.shown)\" has no number of requests",
          expected: column.isAlone ? "a whole number" : "a time, a comma and a whole number")
      }
      try check(rows, line)
      rows += 1
      if given != nil || column.isAlone {
        counts.append(count)
        continue
      }
      guard let time = column.time(line) else {
        throw TraceProblem(
          line: line.number, message: "\"\(line.shown)\" has no time", expected: column.expected)
      }
      if rows == 1 { first = time }
      guard rows == 1 || time > last else {
        throw TraceProblem(
          line: line.number, message: "\"\(line.shown)\" is not after the row before",
          expected: "rows in order of time")
      }
      if rows == 2 { interval = time - first }
      last = time
      // Rows left out are intervals without requests.
      let place = Int((time - first).nanoseconds / interval.nanoseconds)
      try check(place, line)
      while counts.count <= place { counts.append(0) }
      counts[place] = counts[place].addingClamped(count)
    }
    guard rows > 0 else { throw noRows }
    return .counts(interval: interval, counts)
  }

  private static var noRows: TraceProblem {
    TraceProblem(line: 2, message: "there are no rows", expected: "rows below the header")
  }

  private static func check(_ rows: Int, _ line: TraceLine) throws(TraceProblem) {
    guard rows < limit else {
      throw TraceProblem(
        line: line.number, message: "the recording is too long",
        expected: "at most \(limit) rows or intervals")
    }
  }
}

/// How a line tells its time.
enum TraceColumn {
  /// In brackets, as access logs do.
  case logLine
  /// In the first field, as a date and a clock.
  case stamp
  /// In the first field, as a number of a unit.
  case number(of: Duration)
  /// Not at all: the only field is a count.
  case none

  var isAlone: Bool { if case .none = self { true } else { false } }

  /// The interval of a recording with a single row.
  var unit: Duration { if case .number(let unit) = self { unit } else { .seconds(1) } }

  var expected: String {
    switch self {
    case .logLine: "a log line with [10/Oct/2000:13:55:36 -0700]"
    case .stamp: "a time such as 2014-04-10 00:04:00"
    case .number, .none: "a number that is not negative"
    }
  }

  func time(_ line: TraceLine) -> Duration? {
    switch self {
    case .logLine: return line.logMoment
    case .stamp: return line.field(0)?.moment
    case .number(let unit):
      guard let seconds = line.field(0)?.seconds else { return nil }
      return seconds * Int(unit.nanoseconds / Duration.seconds(1).nanoseconds)
    case .none: return nil
    }
  }
}

/// What the first two lines say about a recording.
struct TraceLayout {
  enum Kind {
    case log
    case instants(TraceColumn)
    case counts(TraceColumn)
    case unknown
  }

  let kind: Kind
  let hasHeader: Bool

  init(_ first: TraceLine, second: TraceLine?, every interval: Duration?) {
    guard first.logMoment == nil, let title = first.field(0) else {
      kind = .log
      hasHeader = false
      return
    }
    hasHeader = title.seconds == nil && title.moment == nil
    let row = hasHeader ? second ?? first : first
    let name = hasHeader ? title.lowercased : ""
    let alone = row.field(1) == nil
    if row.field(0)?.moment != nil {
      kind = alone ? .instants(.stamp) : .counts(.stamp)
    } else if let unit = Self.unit(name) {
      kind = .counts(.number(of: unit))
    } else if Self.namesInstants(name) {
      kind = .instants(.number(of: .seconds(1)))
    } else if interval != nil {
      kind = .counts(alone ? .none : .number(of: .seconds(1)))
    } else if alone || row.field(0)?.bytes.contains(.dot) == true {
      kind = .instants(.number(of: .seconds(1)))
    } else {
      kind = .unknown
    }
  }

  /// The unit that a column of interval numbers is named after.
  private static func unit(_ name: String) -> Duration? {
    let units: [(String, Duration)] = [
      ("second", .seconds(1)), ("minute", .minutes(1)), ("hour", .hours(1)), ("day", .hours(24)),
    ]
    return units.first { name.hasPrefix($0.0) }?.1
  }

  private static func namesInstants(_ name: String) -> Bool {
    name.hasPrefix("arrival") || (name.hasPrefix("time") && name.hasSuffix("_s"))
  }
}
