import Simulation

/// `spec.behavior` in numbers that can be typed: one policy of each kind in each direction.
struct BehaviorSettings: Sendable {
  /// Which rules limit the change.
  var mode = Mode.policies
  var upWindow = 0.0
  var upPods = 4
  var upPercent = 1.0
  var upPeriod = 15.0
  var upSelect = ScalingRules.Select.max
  var downWindow = 300.0
  var downPods = 0
  var downPercent = 1.0
  var downPeriod = 15.0
  var downSelect = ScalingRules.Select.max

  /// Which rules limit the change.
  enum Mode: String, CaseIterable, Sendable {
    /// The policies below.
    case policies
    /// None is given: at most double, four at least; the most wanted in down-window.
    case none
  }

  /// The behavior; nil when none is given.
  var behavior: HorizontalControl.Behavior? {
    guard mode == .policies else { return nil }
    return HorizontalControl.Behavior(
      up: Self.rules(upWindow, upSelect, upPods, upPercent, upPeriod),
      down: Self.rules(downWindow, downSelect, downPods, downPercent, downPeriod))
  }

  private static func rules(
    _ window: Double, _ select: ScalingRules.Select, _ pods: Int, _ percent: Double,
    _ period: Double
  ) -> ScalingRules {
    let period = Duration(seconds: period)
    var policies: [ScalingPolicy] = []
    if pods > 0 { policies.append(ScalingPolicy(.pods, pods, per: period)) }
    if percent > 0 {
      policies.append(
        ScalingPolicy(.percent, Int(within: (percent * 100).rounded()), per: period))
    }
    return ScalingRules(window: Duration(seconds: window), select: select, policies: policies)
  }
}

extension Hpa {
  static var behaviorParameters: [Parameter<Self>] {
    [
      Parameter("behavior", \.settings.mode, "Which rules limit the change."),
      Parameter(
        "up-window", \.settings.upWindow, .duration(0...3600), "Time for which more must be wanted."
      ),
      Parameter(
        "up-pods", \.settings.upPods, in: 0...1_000_000, "Servers added a period; 0 for no such."),
      Parameter(
        "up-percent", \.settings.upPercent, .ratio(0...1000), "Growth a period; 0 for no such."),
      Parameter(
        "up-period", \.settings.upPeriod, .duration(0...1800), "The period of growth."),
      Parameter("up-select", \.settings.upSelect, "Which of the two counts for growth."),
      Parameter(
        "down-window", \.settings.downWindow, .duration(0...3600),
        "Time for which fewer must be wanted."),
      Parameter(
        "down-pods", \.settings.downPods, in: 0...1_000_000,
        "Servers removed a period; 0 for no such."),
      Parameter(
        "down-percent", \.settings.downPercent, .ratio(0...1000),
        "Share removed a period; 0 for no such."),
      Parameter(
        "down-period", \.settings.downPeriod, .duration(0...1800), "The period of shrinking."),
      Parameter("down-select", \.settings.downSelect, "Which of the two counts for shrinking."),
    ]
  }
}
