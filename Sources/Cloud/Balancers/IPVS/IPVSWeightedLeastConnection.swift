/// The Linux kernel's `wlc`: the least overhead for its weight.
public struct IPVSWeightedLeastConnection: Composed {
  /// The name it is typed by.
  public static let name = "ipvs.wlc"
  /// What it does, in a sentence.
  public static let summary = "The fewest connections for its weight."
  /// What `help` says.
  public static let details = StrategyDetails(
    rule: """
      Take the least (active × 256 + inactive) ÷ weight, compared by cross products. A connection \
      that has ended is inactive for a while in the kernel; here a request leaves nothing behind, \
      so inactive is 0.
      """,
    source: "Linux, net/netfilter/ipvs/ip_vs_wlc.c and ip_vs.h.",
    ties: "The first in declared order. No draws.",
    failure: "With few requests in flight the first servers get nearly everything.",
    lesson: "07")

  var rule = Least(
    ConnectionOverhead(), among: Cheapest(ConnectionOverhead(), equals: .declared),
    ties: FirstDeclared())

  /// With nothing known yet.
  public init() {}
}

/// What IPVS reckons a server's connections cost for each unit of its weight.
struct ConnectionOverhead: Cost {
  static var name: String? { "overhead ÷ weight" }

  @inline(__always)
  func value(of place: Int, in view: borrowing View) -> Ratio {
    Ratio(Double(view.active(place)) * 256, view.weight(place))
  }

  func number(_ value: Ratio) -> Double? { value.numerator / value.denominator }

  func terms(_ place: Int, in view: borrowing View) -> String {
    "(\(view.active(place)) active × 256 + 0 inactive) ÷ weight \(Figure.plain(view.weight(place)))"
  }
}
