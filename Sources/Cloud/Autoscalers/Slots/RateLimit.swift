import Simulation

/// Bounds how many servers may be added in a period: a number or a share, whichever is more.
///
/// Source: Kubernetes' horizontal pod autoscaler, default policies for scaling up: 4 pods or 100 %
/// in 15 s. Changes younger than the period count; it never takes servers away.
struct RateLimit: Sendable {
  /// Servers that may be added in a period.
  var servers: Int
  /// The share by which the fleet may grow in a period: 1 doubles it.
  var growth: Double
  /// The period in seconds.
  var period: Double
  private var changes: [(time: Instant, change: Int)] = []

  init(servers: Int, growth: Double, period: Double) {
    self.servers = servers
    self.growth = growth
    self.period = period
  }

  mutating func apply(to plan: inout Plan) {
    let now = plan.now
    let span = Duration(seconds: period)
    changes.removeAll { now - $0.time >= span }
    let start = max(0, changes.reduce(plan.before) { $0 - $1.change })
    let limit = max(start + servers, Int(serversFor: Double(start) * (1 + growth)))
    let seconds = Figure.seconds(period)
    plan.take(
      "rate limit", min(plan.count, max(limit, plan.before)),
      "at most \(start) + max(\(servers), \(Figure.percent(growth))) in \(seconds) = \(limit)",
      because: "\(Figure.servers(plan.count)) wanted, at most \(limit) in \(seconds)")
  }

  /// Remembers what was decided in the end.
  mutating func remember(_ decision: Decision, at now: Instant) {
    guard decision.after != decision.before else { return }
    changes.append((now, decision.after - decision.before))
  }
}
