import Simulation

/// nginx's estimate of when a server is done with its requests, for each unit of its weight.
///
/// All in whole milliseconds and whole seconds.
struct NginxTime: Cost {
  static var name: String? { "time in ms × (1 + active) ÷ weight" }

  /// What is known of a server.
  struct Record: Sendable {
    /// The moving average of its response times, in milliseconds.
    var average = 0
    /// The second in which it was last given a request after a silence.
    var checked: Int?
  }

  /// For how many seconds a time is taken as it is.
  var failTimeout = 10
  private var records = PerServer(Record())

  /// The whole second of a moment.
  private static func second(_ now: Instant) -> Int { Int(now.nanoseconds / 1_000_000_000) }

  /// For how many seconds a server was not asked, if that is longer than the timeout.
  private func silence(since checked: Int, at now: Instant) -> Int? {
    let silence = Self.second(now) - checked
    return silence > failTimeout ? silence : nil
  }

  /// Takes in an answer; the first one is taken as it is.
  mutating func hear(_ taken: Duration, from server: ServerID) {
    let time = max(0, Int(taken.nanoseconds / 1_000_000))
    let old = records[server].average
    records[server].average = old == 0 ? time : Int(0.5 + 0.05 * Double(time) + 0.95 * Double(old))
  }

  /// Notes that a server was given a request.
  mutating func check(_ server: ServerID, at now: Instant) {
    if let checked = records[server].checked, silence(since: checked, at: now) == nil { return }
    records[server].checked = Self.second(now)
  }

  /// The time as it is compared: halved for each timeout of silence, then up to the next 20 ms.
  private func time(_ record: Record, at now: Instant) -> Int {
    var time = record.average
    if let checked = record.checked, let silence = silence(since: checked, at: now) {
      time >>= min(63, silence / (failTimeout + 1))
    }
    return time > 5000 ? 5000 : time + 20 - time % 20
  }

  @inline(__always)
  func value(of place: Int, in view: borrowing View) -> Ratio {
    let time = time(records[view.id(place)], at: view.now)
    return Ratio(Double(time * (1 + view.active(place))), view.weight(place))
  }

  func number(_ value: Ratio) -> Double? { value.numerator / value.denominator }

  func terms(_ place: Int, in view: borrowing View) -> String {
    let record = records[view.id(place)]
    return """
      \(time(record, at: view.now))ms (average \(record.average)ms) × \
      (1 + \(view.active(place)) active) ÷ weight \(Figure.plain(view.weight(place)))
      """
  }
}
