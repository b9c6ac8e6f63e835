import Simulation

/// nginx's estimate of when a server is done with its requests, for each unit of its weight.
///
/// Times are whole milliseconds.
struct NginxTime: NginxCost {
  static var name: String? { "time in ms × (1 + active) ÷ weight" }

  /// The moving average of each server's response times, in milliseconds.
  private var averages = PerServer(0)

  /// Takes in an answer; the first one is taken as it is.
  mutating func hear(_ taken: Duration, from server: ServerID) {
    let time = max(0, Int(taken.nanoseconds / 1_000_000))
    let old = averages[server]
    averages[server] = old == 0 ? time : Int(0.5 + 0.05 * Double(time) + 0.95 * Double(old))
  }

  /// The time as it is compared: halved for each timeout of silence, then up to the next 20 ms.
  private func time(_ place: Int, silence: Int, in view: borrowing View) -> Int {
    let time = averages[view.id(place)] >> min(63, silence)
    return time > 5000 ? 5000 : time + 20 - time % 20
  }

  @inline(__always)
  func value(of place: Int, silence: Int, in view: borrowing View) -> Ratio {
    let time = time(place, silence: silence, in: view)
    return Ratio(Double(time * (1 + view.active(place))), view.weight(place))
  }

  func number(_ value: Ratio) -> Double? { value.numerator / value.denominator }

  func terms(_ place: Int, silence: Int, in view: borrowing View) -> String {
    """
    \(time(place, silence: silence, in: view))ms (average \(averages[view.id(place)])ms) × \
    (1 + \(view.active(place)) active) ÷ weight \(Figure.plain(view.weight(place)))
    """
  }
}
