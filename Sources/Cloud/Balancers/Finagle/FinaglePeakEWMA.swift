public import Simulation

/// Finagle's P2C with the load metric `peakEwma`, which linkerd has made its default.
public struct FinaglePeakEWMA: Composed {
  /// The name it is typed by.
  public static let name = "finagle.peak-ewma"
  /// What it does, in a sentence.
  public static let summary = "Of two drawn, the least peak EWMA × pending."
  /// What `help` says.
  public static let details = StrategyDetails(
    rule: """
      Draw two different servers and take the least cost × (pending + 1). A try that took longer \
      than the cost becomes the cost; else cost × w + time × (1 - w), w = e^(-elapsed ÷ 10 s). \
      Looking at a server keeps its cost as it has faded, so a server that is looked at often \
      peaks sooner. No cost yet but requests pending: 2⁴⁷ ns + pending. Errors are timed like \
      answers.
      """,
    source: "Finagle, loadbalancer/PeakEwma.scala and p2c/P2CPick.scala; decay 10 s.",
    ties: "The first drawn wins. 2 draws a pick, 1 when there is only one server.",
    failure: """
      A server that fails fast looks fast, and gets more; Finagle leaves that to failure accrual.
      """,
    lesson: "08")

  var rule = Least(PeakLatency(), among: Drawn(2), ties: FirstWins())

  /// With nothing heard.
  public init() {}

  /// It learns from answers.
  public static var listens: Bool { true }

  /// Looks at two, which keeps their costs as they have faded, and takes the lesser.
  public mutating func pick(
    for request: borrowing Request, from view: borrowing View, using random: inout RandomStream
  ) -> Int? {
    var finding = rule.candidates
    var sameChance = random
    if let found = finding.findAccepting(for: request, in: view, using: &sameChance) {
      for k in 0..<finding.count(found) {
        let server = view.id(finding.place(k, of: found))
        rule.cost.estimates[server].fade(to: view.now, decay: rule.cost.decay)
      }
    }
    return rule.pick(for: request, from: view, using: &random)
  }

  /// Times a try, whatever came of it.
  public mutating func finished(
    _ request: borrowing Request, on server: ServerID, _ outcome: Outcome, after latency: Duration
  ) {
    let peak = rule.cost.estimates[server].value
    rule.cost.estimates[server].hear(
      Double(latency.nanoseconds), at: request.time + latency, decay: rule.cost.decay, peak: peak)
  }
}
