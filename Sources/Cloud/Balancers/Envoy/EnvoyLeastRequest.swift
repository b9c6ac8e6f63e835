public import Simulation

/// How Envoy's least request finds servers of equal weights.
public enum EnvoySelection: String, CaseIterable, Sendable {
  /// Some are drawn.
  case choices
  /// All are looked at.
  case fullScan = "full-scan"
}

/// Envoy's `least_request`: a few choices among equal weights, a schedule among unequal ones.
public struct EnvoyLeastRequest: Balancer {
  /// The name it is typed by.
  public static let name = "envoy.least-request"
  /// What it does, in a sentence.
  public static let summary = "Drawn by choices, or scheduled by unequal weights."
  /// What `help` says.
  public static let details = StrategyDetails(
    rule: """
      Weights all equal: draw d servers with replacement and take the one with the fewest \
      requests, or look at all of them. Weights unequal, or a bias set: earliest deadline first; a \
      server that is taken is due again at now + (active + 1)^bias ÷ weight.
      """,
    source: "Envoy, least_request_lb.cc and edf_scheduler.h, with a seed of 0.",
    ties: """
      Choices: the first drawn wins; d draws. Full scan: one of the tied at random, by a reservoir; \
      a draw for each tied server after the first. Deadlines: first scheduled, first taken; none.
      """,
    failure: """
      With unequal weights it is not two choices at all, and active requests count only when a \
      server is scheduled again.
      """,
    lesson: "08")
  /// What can be set.
  public static var parameters: [Parameter<Self>] {
    [
      Parameter("choices", \.choices, in: 1...1000, "How many servers are drawn."),
      Parameter(
        "active-request-bias", \.activeRequestBias, .number(0...1000),
        "How much active requests count against weight; setting it schedules in any case."),
      Parameter("selection", \.selection, "How servers of equal weights are found."),
    ]
  }

  private var drawn = Least(Active(), among: Drawn(2, .withReplacement), ties: FirstWins())
  private var scan = Least(Active(), among: Everyone(), ties: Reservoir())
  private var schedule = ActiveSchedule()
  private var weights = EqualWeights()
  private var isBiased = false

  /// How servers of equal weights are found.
  public var selection = EnvoySelection.choices

  /// How many servers are drawn.
  public var choices: Int {
    get { drawn.candidates.size }
    set { drawn.candidates.size = newValue }
  }

  /// The exponent of active requests against weight; setting it schedules equal weights too.
  public var activeRequestBias: Double {
    get { schedule.bias }
    set {
      schedule = ActiveSchedule(bias: newValue)
      isBiased = true
    }
  }

  /// Two choices, a bias of 1.
  public init() {}

  /// By choices, by a scan, or by the schedule.
  public mutating func pick(
    for request: borrowing Request, from view: borrowing View, using random: inout RandomStream
  ) -> Int? {
    if view.count != weights.count { changed(.everything, in: view) }
    if isScheduled {
      if schedule.isStale(view) { schedule.build(view) }
      return schedule.pick(from: view)
    }
    return switch selection {
    case .choices: drawn.pick(for: request, from: view, using: &random)
    case .fullScan: scan.pick(for: request, from: view, using: &random)
    }
  }

  private var isScheduled: Bool { isBiased || !weights.isEqual }

  /// Builds the schedule anew, where there is need of one.
  public mutating func changed(_ changes: FleetChanges, in view: borrowing View) {
    _ = weights.follow(changes, in: view)
    if isScheduled { schedule.build(view) }
  }

  /// By choices, by a scan, or by the schedule.
  public func explain(
    _ request: borrowing Request, from view: borrowing View, using random: RandomStream
  ) -> Explanation {
    var informed = self
    if view.count != weights.count { informed.changed(.everything, in: view) }
    if informed.isScheduled {
      if informed.schedule.isStale(view) { informed.schedule.build(view) }
      return informed.schedule.explain(view)
    }
    return switch selection {
    case .choices: drawn.explain(request, from: view, using: random)
    case .fullScan: scan.explain(request, from: view, using: random)
    }
  }
}
