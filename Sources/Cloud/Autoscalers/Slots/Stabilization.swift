import Simulation

/// Gives servers back only when fewer have been wanted for a while: the most that was wanted.
///
/// Source: Kubernetes' horizontal pod autoscaler, downscale stabilization. What was wanted counts
/// while it is younger than the length; at the first check the present size counts as wanted.
struct Stabilization: Sendable {
  /// How long it looks back, in seconds.
  var length: Double
  private var wanted: [(time: Instant, count: Int)] = []

  init(_ length: Double) { self.length = length }

  mutating func apply(to plan: inout Plan) {
    let now = plan.now
    let span = Duration(seconds: length)
    if wanted.isEmpty { wanted.append((now, plan.before)) }
    wanted.append((now, plan.count))
    wanted.removeAll { now - $0.time >= span && $0.time < now }
    var most = (time: now, count: plan.count)
    // Older ones first, so that the oldest of equals is the one that is told of.
    for entry in wanted where now - entry.time < span && entry.count > most.count { most = entry }
    let age = Figure.seconds((now - most.time).seconds)
    plan.take(
      "stabilization", max(plan.count, min(plan.before, most.count)),
      "most wanted in \(Figure.seconds(length)): \(most.count)",
      because: "\(Figure.servers(plan.count)) wanted, but \(most.count) wanted \(age) ago")
  }
}
