import Simulation

/// The expected response time for each request that the server would have.
struct PeakLatency: Cost {
  static var name: String? { "peak EWMA in ms × (active + 1)" }

  /// How fast what was heard fades, in seconds.
  var decay = 10.0
  var estimates = PerServer(PeakEstimate())

  /// What a server without an answer costs that has requests, in nanoseconds: Finagle's 2⁴⁷ - 1.
  private static let penalty = 0x1p47 - 1

  @inline(__always)
  func value(of place: Int, in view: borrowing View) -> Double {
    let active = Double(view.active(place))
    let estimate = estimates[view.id(place)].present(at: view.now, decay: decay)
    return estimate == 0 && active > 0 ? Self.penalty + active : estimate * (active + 1)
  }

  func number(_ value: Double) -> Double? { value / 1e6 }

  func terms(_ place: Int, in view: borrowing View) -> String {
    let estimate = estimates[view.id(place)].present(at: view.now, decay: decay)
    let active = view.active(place)
    if estimate == 0 {
      return active > 0 ? "no answer yet: penalty + \(active) active" : "no answer yet, 0 active"
    }
    return "peak EWMA \(Figure.milliseconds(estimate)) × (\(active) active + 1)"
  }
}
