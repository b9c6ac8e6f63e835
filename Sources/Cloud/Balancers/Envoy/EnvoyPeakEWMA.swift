public import Simulation

/// Envoy's extension `peak_ewma`, which has no peak.
public struct EnvoyPeakEWMA: Composed {
  /// The name it is typed by.
  public static let name = "envoy.peak-ewma"
  /// What it does, in a sentence.
  public static let summary = "Of two drawn, the least EWMA × active; no peak rule."
  /// What `help` says.
  public static let details = StrategyDetails(
    rule: """
      Take the lesser EWMA × (active + 1) of two servers. The EWMA is a × time + (1 - a) × EWMA, \
      a = 1 - e^(-elapsed ÷ 10 s), up as slowly as down, and does not fade unheard. No answer yet: \
      10 ms when idle, else 1 000 000 + active.
      """,
    source: "Envoy, extensions/load_balancing_policies/peak_ewma (cost.cc, peak_ewma_lb.cc).",
    ties: """
      One draw r a pick: servers r mod n and (r >> 16) mod n, the next one if equal; bit 0 of r \
      breaks ties, 1 for the former.
      """,
    failure: """
      A stall is averaged in slowly, so a server that stops answering is found out late; with \
      equal modulo pairs neighbours meet more often.
      """,
    lesson: "08")

  var rule = Least(EnvoyLatency(), among: EnvoyPair(), ties: FirstWins())

  /// With nothing heard.
  public init() {}

  /// It learns from answers.
  public static var listens: Bool { true }

  /// Times an answer, also one with an error; what never got in has no time.
  public mutating func finished(
    _ request: borrowing Request, on server: ServerID, _ outcome: Outcome, after latency: Duration
  ) {
    guard outcome == .answered || outcome == .failed else { return }
    rule.cost.hear(latency, from: server, at: request.time + latency)
  }
}
