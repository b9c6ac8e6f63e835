/// The Linux kernel's `sed`: where one more request would wait the least.
public struct IPVSShortestExpectedDelay: Composed {
  /// The name it is typed by.
  public static let name = "ipvs.sed"
  /// What it does, in a sentence.
  public static let summary = "Where one more would wait the least."
  /// What `help` says.
  public static let details = StrategyDetails(
    rule: "Take the least (active + 1) ÷ weight, compared by cross products.",
    source: "Linux, net/netfilter/ipvs/ip_vs_sed.c.",
    ties: "The first in declared order. No draws.",
    failure: "A heavy server takes a queue while light ones stand idle; nq mends that.",
    lesson: "07")

  var rule = Least(
    ExpectedDelay(), among: Cheapest(ExpectedDelay(), equals: .declared), ties: FirstDeclared())

  /// With nothing known yet.
  public init() {}
}

/// The requests a server would have with one more, for each unit of its weight.
struct ExpectedDelay: Cost {
  static var name: String? { "(active + 1) ÷ weight" }

  @inline(__always)
  func value(of place: Int, in view: borrowing View) -> Ratio {
    Ratio(Double(view.active(place)) + 1, view.weight(place))
  }

  func number(_ value: Ratio) -> Double? { value.numerator / value.denominator }

  func terms(_ place: Int, in view: borrowing View) -> String {
    "(\(view.active(place)) active + 1) ÷ weight \(Figure.plain(view.weight(place)))"
  }
}
