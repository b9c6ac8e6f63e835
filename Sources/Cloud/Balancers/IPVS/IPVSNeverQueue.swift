/// The Linux kernel's `nq`: an idle server at once, else the shortest expected delay.
public struct IPVSNeverQueue: Composed {
  /// The name it is typed by.
  public static let name = "ipvs.nq"
  /// What it does, in a sentence.
  public static let summary = "An idle server if there is one, else as sed."
  /// What `help` says.
  public static let details = StrategyDetails(
    rule: """
      Take the least delay: 0 for an idle server, else (active + 1) ÷ weight, compared by cross \
      products.
      """,
    source: "Linux, net/netfilter/ipvs/ip_vs_nq.c.",
    ties: "The first in declared order, so the first of the idle. No draws.",
    failure: "A slow idle server is taken before a fast one that would be free sooner.",
    lesson: "07")

  var rule = Least(
    DelayUnlessIdle(), among: Cheapest(DelayUnlessIdle(), equals: .declared),
    ties: FirstDeclared())

  /// With nothing known yet.
  public init() {}
}

/// The expected delay, which an idle server does not have.
struct DelayUnlessIdle: Cost {
  static var name: String? { "delay" }

  @inline(__always)
  func value(of place: Int, in view: borrowing View) -> Ratio {
    view.active(place) == 0 ? Ratio(0, 1) : ExpectedDelay().value(of: place, in: view)
  }

  func number(_ value: Ratio) -> Double? { value.numerator / value.denominator }

  func terms(_ place: Int, in view: borrowing View) -> String {
    view.active(place) == 0 ? "idle" : ExpectedDelay().terms(place, in: view)
  }
}
