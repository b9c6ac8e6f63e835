import Display
import Simulation

/// Parameters as they were given, rather than as measurements: with nine digits.
extension Text {
  static func exact(_ number: Double) -> String { Display.Quantity.number(number, digits: 9) }

  static func exact(time: Simulation.Duration) -> String {
    Display.Quantity.duration(ns: time.nanoseconds, digits: 9)
  }

  static func exact(nanoseconds: Double) -> String {
    exact(time: Simulation.Duration(rounding: nanoseconds))
  }

  static func exact(rate: Double) -> String { Display.Quantity.rate(rate, digits: 9) }

  static func exact(ratio: Double) -> String { Display.Quantity.ratio(ratio, digits: 9) }

  static func exact(bytes: Double) -> String { Display.Quantity.bytes(bytes, digits: 9) }
}
