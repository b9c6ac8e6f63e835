public import Simulation

/// The server that is expected to answer first, by its response times and requests.
public struct LeastTime: Composed {
  /// The name it is typed by.
  public static let name = "least-time"
  /// What it does, in a sentence.
  public static let summary = "The least response time × requests for its weight."
  /// What `help` says.
  public static let details = StrategyDetails(
    rule: """
      Take the least T × (1 + active) ÷ weight. A server's mean goes over its last 20 answers or \
      so: mean + (time - mean) ÷ min(answers, 20). T = others + (mean - others) × w with \
      w = e^(-silence ÷ decay), others being the mean of the other servers: a newcomer counts as \
      one of them, and a server that was slow is tried again after a while. Errors are not timed.
      """,
    source: """
      After nginx least_time and Traefik leasttime; the newcomer's rule is ingress-nginx's, the \
      fading is ours, where nginx halves the time of a server that is not asked.
      """,
    ties: "Smooth weighted round robin among the tied. No draws.",
    failure: "Looks at each server for each pick; late news sends everybody to the same server.",
    lesson: "07")
  /// What can be set.
  public static var parameters: [Parameter<Self>] {
    [
      Parameter(
        "decay", \.decay, .duration(0.001...86_400), "How fast a silent server is forgotten.")
    ]
  }

  var rule = Least(TypicalTime(), among: Everyone(), ties: SmoothTurns())

  /// How fast a silent server is forgotten, in seconds.
  public var decay: Double {
    get { rule.cost.decay }
    set { rule.cost.decay = newValue }
  }

  /// With nothing heard.
  public init() {}

  /// It learns from answers.
  public static var listens: Bool { true }

  /// Times an answer; a client that gave up waited at least as long.
  public mutating func finished(
    _ request: borrowing Request, on server: ServerID, _ outcome: Outcome, after latency: Duration
  ) {
    guard outcome == .answered || outcome == .abandoned else { return }
    rule.cost.hear(latency, from: server, at: request.time + latency)
  }

  /// Follows who is in the view.
  public mutating func changed(_ changes: FleetChanges, in view: borrowing View) {
    rule.cost.changed(changes, in: view)
    rule.changed(changes, in: view)
  }
}
