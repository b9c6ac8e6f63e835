/// The first server that has room; the next one when it is full.
public struct First: Composed {
  /// The name it is typed by.
  public static let name = "first"
  /// What it does, in a sentence.
  public static let summary = "The first server that has room: fill one, then the next."
  /// What `help` says.
  public static let details = StrategyDetails(
    rule: """
      Take the least max(0, active + 1 − room): how many of a server's requests would wait. Its \
      room is its maxconn, or its cpu when it has none. While somebody has room that is the first \
      in declared order; then the shortest overflow.
      """,
    source: """
      HAProxy balance first and IPVS ovf, which fill servers up to a limit; that all full servers \
      share the overflow is our choice.
      """,
    ties: "The first in declared order. No draws.",
    failure: """
      Made to leave the last servers idle, so that they can be given back: the first ones are \
      always full, and whoever comes first fails for most.
      """,
    lesson: nil)

  var rule = Least(
    Overflow(), among: Cheapest(Overflow(), equals: .declared), ties: FirstDeclared())

  /// With nothing known yet.
  public init() {}
}

/// How many of a server's requests would wait with one more.
struct Overflow: Cost {
  static var name: String? { "requests over its room" }

  @inline(__always)
  func value(of place: Int, in view: borrowing View) -> Int {
    max(0, view.active(place) + 1 - room(place, in: view))
  }

  @inline(__always)
  private func room(_ place: Int, in view: borrowing View) -> Int {
    let limit = view.maxconn(place)
    return limit == Int(Int32.max) ? view.cpu(place) : limit
  }

  func number(_ value: Int) -> Double? { Double(value) }

  func terms(_ place: Int, in view: borrowing View) -> String {
    "\(view.active(place)) active + 1, room for \(room(place, in: view))"
  }
}
