/// How one number compares with another, for tables of runs.
public enum Change {
  /// The change in percent: `−70%`, `+12%`, `same`; from ten times on `×12`.
  ///
  /// A change that would print as 0% is `same`. There is no percentage from zero: `from 0`.
  public static func percent(from old: Double, to new: Double) -> String {
    guard old.isFinite, new.isFinite else { return "–" }
    if old == new { return "same" }
    guard old != 0 else { return "from 0" }
    let ratio = (new - old) / old.magnitude
    if ratio >= 9, old > 0 { return "×" + Decimal.text(new / old, digits: 2) }
    let shown = Decimal.text(
      ratio.magnitude * 100, decimals: ratio.magnitude < 0.095 ? 1 : 0)
    if shown == "0" { return "same" }
    return (ratio < 0 ? "−" : "+") + shown + "%"
  }
}
