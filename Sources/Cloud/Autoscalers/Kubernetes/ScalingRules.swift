package import Simulation

/// How far the size may change in a period.
package struct ScalingPolicy: Hashable, Sendable {
  /// What the value counts.
  package enum Kind: String, Sendable {
    case pods = "Pods"
    case percent = "Percent"
  }

  package var kind: Kind
  /// Pods, or percent of the size at the period's start.
  package var value: Int
  package var period: Duration

  package init(_ kind: Kind, _ value: Int, per period: Duration) {
    self.kind = kind
    self.value = value
    self.period = period
  }
}

/// How the size may change in one direction.
///
/// Source: kubernetes/kubernetes, `spec.behavior`, HPAScalingRules; defaults of `autoscaling/v2`.
package struct ScalingRules: Hashable, Sendable {
  /// Which of several policies counts.
  package enum Select: String, CaseIterable, Sendable {
    /// The one that allows the largest change.
    case max
    /// The one that allows the smallest change.
    case min
    /// None: the size does not change in this direction.
    case disabled
  }

  /// How far back recommendations hold the size.
  package var window: Duration
  package var select: Select
  package var policies: [ScalingPolicy]

  package init(window: Duration, select: Select = .max, policies: [ScalingPolicy]) {
    self.window = window
    self.select = select
    self.policies = policies
  }

  /// Four pods or double in 15 s, at once.
  package static let up = ScalingRules(
    window: .zero,
    policies: [
      ScalingPolicy(.pods, 4, per: .seconds(15)), ScalingPolicy(.percent, 100, per: .seconds(15)),
    ])
  /// Everything in 15 s, when it has not been wanted for 300 s.
  package static let down = ScalingRules(
    window: .seconds(300), policies: [ScalingPolicy(.percent, 100, per: .seconds(15))])

  /// The longest period, for which changes have to be remembered.
  var longest: Duration { policies.reduce(.zero) { Swift.max($0, $1.period) } }

  /// The most that `replicas` may grow to now; not held to be at least that many.
  package func upperLimit(_ replicas: Int, _ events: ScaleEvents, at now: Instant) -> Int {
    guard select != .disabled else { return replicas }
    let proposals = policies.map { policy in
      let start = events.start(replicas, of: policy.period, at: now)
      return switch policy.kind {
      case .pods: start.addingClamped(policy.value)
      // Rounded up, or one pod could never become two.
      case .percent:
        Int(within: (Double(start) * (1 + Double(policy.value) / 100)).rounded(.up))
      }
    }
    return (select == .max ? proposals.max() : proposals.min()) ?? replicas
  }

  /// The fewest that `replicas` may fall to now; not held to be at most that many.
  package func lowerLimit(_ replicas: Int, _ events: ScaleEvents, at now: Instant) -> Int {
    guard select != .disabled else { return replicas }
    let proposals = policies.map { policy in
      let start = events.start(replicas, of: policy.period, at: now)
      return switch policy.kind {
      case .pods: start.addingClamped(0 &- policy.value)
      case .percent: Int(within: Double(start) * (1 - Double(policy.value) / 100))
      }
    }
    return (select == .max ? proposals.min() : proposals.max()) ?? replicas
  }
}

/// The changes of the size not long ago.
package struct ScaleEvents: Hashable, Sendable {
  private struct Event: Hashable, Sendable {
    var change: Int
    var time: Instant
  }

  private var added: [Event] = []
  private var removed: [Event] = []

  package init() {}

  /// The size at the start of a period: changes younger than it undone, in both directions.
  func start(_ replicas: Int, of period: Duration, at now: Instant) -> Int {
    func sum(_ events: [Event]) -> Int {
      events.reduce(0) { now - $1.time < period ? $0.addingClamped($1.change) : $0 }
    }
    return replicas.addingClamped(0 &- sum(added)).addingClamped(sum(removed))
  }

  /// Remembers that pods were added.
  package mutating func add(_ count: Int, at now: Instant, longest: Duration) {
    Self.record(Event(change: count, time: now), in: &added, longest: longest)
  }

  /// Remembers that pods were removed.
  package mutating func remove(_ count: Int, at now: Instant, longest: Duration) {
    Self.record(Event(change: count, time: now), in: &removed, longest: longest)
  }

  /// An event older than its direction's longest period gives its place to the new one.
  private static func record(_ event: Event, in events: inout [Event], longest: Duration) {
    if let old = events.lastIndex(where: { event.time - $0.time > longest }) {
      events[old] = event
    } else {
      events.append(event)
    }
  }
}
