import Cloud
import Display
import Simulation

/// How the notebook words values; numbers come out as they can be typed back.
enum Text {
  static func time(_ duration: Simulation.Duration) -> String {
    Display.Quantity.duration(ns: duration.nanoseconds)
  }

  static func time(_ instant: Instant) -> String {
    Display.Quantity.duration(ns: instant.nanoseconds)
  }

  static func seconds(_ seconds: Double) -> String { Display.Quantity.text(seconds, .seconds) }

  static func bytes(_ bytes: Double) -> String { Display.Quantity.text(bytes, .bytes) }

  static func dollars(_ dollars: Double) -> String { Display.Quantity.text(dollars, .dollars) }

  static func rate(_ rate: Double) -> String { Display.Quantity.text(rate, .perSecond) }

  static func percent(_ ratio: Double) -> String { Display.Quantity.text(ratio, .ratio) }

  static func number(_ number: Double) -> String { Display.Quantity.text(number, .count) }

  static func count(_ count: Int) -> String { Display.Quantity.count(count) }

  /// A number of things: "1 server", "3 servers".
  static func count(_ count: Int, _ noun: String) -> String {
    "\(Text.count(count)) \(noun)\(count == 1 ? "" : "s")"
  }

  /// Servers in order: "s1", "s1..s5", "s1..s3, s7".
  static func servers(_ ids: [ServerID]) -> String {
    var parts: [String] = []
    var rest = ids[...]
    while let first = rest.first {
      var last = first
      rest = rest.dropFirst()
      while let next = rest.first, next.index == last.index + 1 {
        last = next
        rest = rest.dropFirst()
      }
      parts.append(first == last ? first.name : "\(first.name)..\(last.name)")
    }
    return parts.joined(separator: ", ")
  }
}
