public import Simulation

/// Knative's decision: stable and panic averages in, pods and excess burst capacity out.
///
/// `wanted = ceil(value ÷ target)` for each average, held in `floor(r ÷ down)…ceil(up × r)` with
/// `r = max(1, ready)`. From `wanted(panic) ÷ r ≥ threshold` on it panics: the larger of the two
/// wishes, and never fewer than before. Last comes the delay window's largest wish.
///
/// Source: knative/serving, `pkg/autoscaler/scaling/autoscaler.go`.
public struct KnativeDecider: Sendable {
  /// What it goes by.
  public struct Spec: Hashable, Sendable {
    /// How much of the metric a pod is to have.
    public var target = 70.0
    /// How much of it a pod may have at most.
    public var total = 100.0
    /// Room to keep for a burst; 0 for none, negative for without limit.
    public var targetBurstCapacity = 211.0
    /// Wanted pods over ready pods from which it panics.
    public var panicThreshold = 2.0
    /// Times the ready pods that it may want at once.
    public var maxScaleUpRate = 1000.0
    /// What the ready pods are divided by for the fewest it may want at once.
    public var maxScaleDownRate = 2.0
    /// How long it stays in panic after it was last over the threshold.
    public var stableWindow = Duration.seconds(60)
    /// How long fewer must have been wanted; zero for no delay.
    public var scaleDownDelay = Duration.zero
    /// Pods to begin with when there is any traffic.
    public var activationScale = 1
    /// Whether traffic can reach the revision.
    public var isReachable = true

    /// Knative's defaults.
    public init() {}
  }

  /// What it decided, and on the way.
  public struct Outcome: Sendable {
    /// Pods that it wants.
    public var pods = 0
    /// Room for requests beyond the burst, in the metric's unit, a whole number; when negative the
    /// activator queues before the pods.
    public var excessBurstCapacity = 0.0
    /// Pods by the stable and by the panic average, before the rates.
    public var wanted = (stable: 0, panic: 0)
    /// Pods that the rates allow.
    public var allowed = 0...0
    /// After the rates and the activation scale, the one that counts.
    public var limited = 0
    /// After panic's hold, before the delay.
    public var held = 0
  }

  /// How often Knative looks, which is also the step of the delay window.
  public static let tick = Duration.seconds(2)

  /// What it goes by; may change between decisions.
  public var spec: Spec
  /// Whether it panics, and since when.
  public var panic: KnativePanic
  private var delay: RunningMax?

  /// A decider that finds so many pods when it starts.
  public init(_ spec: Spec, ready: Int, at time: Instant = .zero) {
    self.spec = spec
    panic = KnativePanic(ready: ready, at: time)
    if spec.scaleDownDelay > .zero {
      delay = RunningMax(length: Int(serversFor: spec.scaleDownDelay / Self.tick))
    }
  }

  /// Decides on the two averages with so many pods ready.
  public mutating func decide(ready: Int, stable: Double, panic value: Double, at now: Instant)
    -> Outcome
  {
    let pods = Double(max(1, ready))
    let most = (spec.maxScaleUpRate * pods).rounded(.up)
    let fewest = spec.isReachable ? (pods / spec.maxScaleDownRate).rounded(.down) : 0
    let byStable = (stable / spec.target).rounded(.up)
    let byPanic = (value / spec.target).rounded(.up)

    func limit(_ wanted: Double) -> Int {
      let count = Int(serversFor: min(max(wanted, fewest), most))
      return spec.activationScale > 1 && wanted > 0 ? max(count, spec.activationScale) : count
    }
    panic.update(
      isOver: byPanic / pods >= spec.panicThreshold, window: spec.stableWindow, at: now)

    var outcome = Outcome()
    outcome.wanted = (Int(serversFor: byStable), Int(serversFor: byPanic))
    let upper = Int(serversFor: most)
    outcome.allowed = min(Int(serversFor: fewest), upper)...upper
    outcome.limited =
      panic.since == nil ? limit(byStable) : max(limit(byStable), limit(byPanic))
    outcome.held = panic.hold(outcome.limited)
    outcome.pods = delayed(outcome.held, at: now)
    outcome.excessBurstCapacity = excess(ready: ready, value)
    return outcome
  }

  /// The largest wish of the delay window, if there is one and traffic can come at all.
  private mutating func delayed(_ count: Int, at now: Instant) -> Int {
    guard delay != nil, spec.isReachable else { return count }
    let second = now.nanoseconds / 1_000_000_000
    delay?.record(Double(count), at: Int(second / 2))
    return delay?.current.map { Int(serversFor: $0) } ?? count
  }

  private func excess(ready: Int, _ value: Double) -> Double {
    let burst = spec.targetBurstCapacity
    if burst == 0 { return 0 }
    return burst > 0 ? (Double(ready) * spec.total - burst - value).rounded(.down) : -1
  }
}
