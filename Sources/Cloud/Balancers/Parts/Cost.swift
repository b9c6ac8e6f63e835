/// What a server would cost a request; the least wins.
protocol Cost: Sendable {
  associatedtype Value: Comparable & Sendable
  /// The cost as a formula, such as "active ÷ weight"; nil when there is none.
  static var name: String? { get }
  /// The cost of a server.
  func value(of place: Int, in view: borrowing View) -> Value
  /// The cost as a number, for an explanation; nil when there is none.
  func number(_ value: Value) -> Double?
  /// The numbers that make up the cost, such as "3 active ÷ weight 2".
  func terms(_ place: Int, in view: borrowing View) -> String
}

/// Every server costs the same: candidates or ties decide.
struct NoCost: Cost {
  static var name: String? { nil }

  @inline(__always)
  func value(of place: Int, in view: borrowing View) -> Int { 0 }

  func number(_ value: Int) -> Double? { nil }

  func terms(_ place: Int, in view: borrowing View) -> String { "" }
}

/// Requests the server has, in service and waiting.
struct Active: Cost {
  static var name: String? { "active" }

  @inline(__always)
  func value(of place: Int, in view: borrowing View) -> Int { view.active(place) }

  func number(_ value: Int) -> Double? { Double(value) }

  func terms(_ place: Int, in view: borrowing View) -> String { "\(view.active(place)) active" }
}

/// Requests the server has for each unit of its weight.
struct ActiveByWeight: Cost {
  static var name: String? { "active ÷ weight" }

  @inline(__always)
  func value(of place: Int, in view: borrowing View) -> Ratio {
    Ratio(Double(view.active(place)), view.weight(place))
  }

  func number(_ value: Ratio) -> Double? { value.numerator / value.denominator }

  func terms(_ place: Int, in view: borrowing View) -> String {
    "\(view.active(place)) active ÷ weight \(Figure.plain(view.weight(place)))"
  }
}

/// A quotient compared by cross products, so that no division rounds equals apart.
struct Ratio: Comparable, Sendable {
  let numerator: Double
  let denominator: Double

  /// A quotient; the denominator is positive.
  @inline(__always)
  init(_ numerator: Double, _ denominator: Double) {
    self.numerator = numerator
    self.denominator = denominator
  }

  @inline(__always)
  static func < (a: Ratio, b: Ratio) -> Bool {
    a.numerator * b.denominator < b.numerator * a.denominator
  }
}
