/// Keeps the size while the reading is near enough to its target.
///
/// Source: Kubernetes' horizontal pod autoscaler, tolerance 0.1; both ends belong to the band.
struct DeadBand: Sendable {
  /// How far the ratio of reading to target may be from 1.
  var tolerance: Double

  init(_ tolerance: Double) { self.tolerance = tolerance }

  func holds(_ ratio: Double) -> Bool { 1 - tolerance <= ratio && ratio <= 1 + tolerance }

  /// Goes back to the present size if the ratio is inside the band.
  func apply(_ ratio: Double, to plan: inout Plan) {
    let inside = holds(ratio)
    let share = Figure.percent(ratio)
    let width = Figure.percent(tolerance)
    plan.take(
      "dead band", inside ? plan.before : plan.count,
      "\(share) of the target is \(inside ? "within" : "outside") 100% ± \(width)",
      because: "\(share) of the target, within \(width) of it")
  }
}
