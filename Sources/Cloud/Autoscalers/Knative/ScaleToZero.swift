public import Simulation

/// The gate before the last pod goes (Knative): idle for a window, then out of sight for a grace.
///
/// From "active" it keeps one pod until it has been active for the stable window, then marks the
/// revision inactive; once the activator is in the path and the revision has been inactive for
/// `max(grace, retention)`, or in proxy mode for the grace, the last pod goes.
///
/// Source: knative/serving, `pkg/reconciler/autoscaling/kpa/scaler.go`.
public struct ScaleToZero: Hashable, Sendable {
  /// Whether the revision counts as active, and for how long it has.
  public enum Activity: Hashable, Sendable {
    /// It serves, or did until just now.
    case active(Duration)
    /// It was marked idle.
    case inactive(Duration)
  }

  /// What is to be done.
  public struct Outcome: Hashable, Sendable {
    /// Pods that the gate says; negative when nothing is known.
    public var replicas: Int
    /// Whether the size is changed now.
    public var applies: Bool

    /// What is to be done.
    public init(replicas: Int, applies: Bool) {
      self.replicas = replicas
      self.applies = applies
    }
  }

  /// How long it must have been active before it may be marked inactive.
  public var stableWindow: Duration
  /// How long the activator must have been in the path.
  public var grace: Duration
  /// How long the last pod is kept at least.
  public var retention: Duration
  /// Whether traffic can reach the revision; one that is replaced goes without further ado.
  public var isReachable = true

  /// Knative's defaults: 60 s, 30 s, and no retention.
  public init(
    stableWindow: Duration = .seconds(60), grace: Duration = .seconds(30),
    retention: Duration = .zero
  ) {
    self.stableWindow = stableWindow
    self.grace = grace
    self.retention = retention
  }

  /// What becomes of a wish, fewest and most pods (0 for no limit) considered.
  ///
  /// `floor` is the pods to begin with until that many have been there, 0 afterwards; `proxied` how
  /// long requests have gone through the activator; `isBehindActivator` whether a probe finds the
  /// activator in the path.
  public func decide(
    _ wanted: Int, of present: Int, _ activity: Activity, fewest: Int = 0, most: Int = 0,
    floor: Int = 0, proxied: Duration = .zero, isBehindActivator: Bool = true
  ) -> Outcome {
    guard wanted >= 0 else { return Outcome(replicas: wanted, applies: false) }
    let least = max(isReachable ? fewest : 0, floor > 1 ? floor : 0)
    var count = wanted
    if wanted < least { count = least } else if most > 0 { count = min(wanted, most) }
    if count == 0 {
      switch activity {
      case .active(let age):
        if age >= stableWindow { return Outcome(replicas: 0, applies: false) }
        count = 1
      case .inactive(let age):
        guard isBehindActivator, age >= (isReachable ? retention : .zero),
          age >= grace || proxied >= grace
        else { return Outcome(replicas: 0, applies: false) }
      }
    }
    return Outcome(replicas: count, applies: count != present)
  }
}
