public import Simulation

/// The `ewma` balancer of Kubernetes' ingress-nginx: response times alone.
public struct IngressNginxEWMA: Composed {
  /// The name it is typed by.
  public static let name = "ingress-nginx.ewma"
  /// What it does, in a sentence.
  public static let summary = "Of two drawn, the least EWMA of response times."
  /// What `help` says.
  public static let details = StrategyDetails(
    rule: """
      Draw two different servers and take the least EWMA × w. Each try makes it \
      EWMA × w + time × (1 - w), w = e^(-elapsed ÷ 10 s). How many requests a server has does not \
      count. A server that joins begins with the mean of the others' EWMAs.
      """,
    source: "ingress-nginx, rootfs/etc/nginx/lua/balancer/ewma.lua.",
    ties: "The first drawn wins. 2 draws a pick, 1 when there is only one server.",
    failure: """
      Between two answers nothing tells it that a server fills up, so everybody goes to the one \
      that was fast last: a herd. Errors that come fast look fast.
      """,
    lesson: "08")

  var rule = Least(FadingMean(), among: Drawn(2), ties: FirstWins())

  /// With nothing heard.
  public init() {}

  /// It learns from answers.
  public static var listens: Bool { true }

  /// Times a try, whatever came of it.
  public mutating func finished(
    _ request: borrowing Request, on server: ServerID, _ outcome: Outcome, after latency: Duration
  ) {
    rule.cost.hear(latency, from: server, at: request.time + latency)
  }

  /// Lets newcomers begin with the mean of the others.
  public mutating func changed(_ changes: FleetChanges, in view: borrowing View) {
    rule.cost.changed(changes, in: view)
  }
}
