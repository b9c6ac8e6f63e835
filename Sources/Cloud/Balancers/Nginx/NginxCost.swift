/// What a server would cost a request of nginx, which knows how long it was not checked.
protocol NginxCost: Sendable {
  associatedtype Value: Comparable & Sendable
  /// The cost as a formula; nil when there is none.
  static var name: String? { get }
  /// The cost of a server that was not checked for so many fail-timeouts.
  func value(of place: Int, silence: Int, in view: borrowing View) -> Value
  /// The cost as a number; nil when there is none.
  func number(_ value: Value) -> Double?
  /// The numbers that make up the cost.
  func terms(_ place: Int, silence: Int, in view: borrowing View) -> String
}

extension NginxCost where Self: Cost {
  @inline(__always)
  func value(of place: Int, silence: Int, in view: borrowing View) -> Value {
    value(of: place, in: view)
  }

  func terms(_ place: Int, silence: Int, in view: borrowing View) -> String {
    terms(place, in: view)
  }
}

extension NoCost: NginxCost {}
extension ActiveByWeight: NginxCost {}
