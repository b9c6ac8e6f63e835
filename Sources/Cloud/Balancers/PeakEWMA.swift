public import Simulation

/// Of a few servers drawn at random the one that is expected to answer first.
public struct PeakEWMA: Composed {
  /// The name it is typed by.
  public static let name = "peak-ewma"
  /// What it does, in a sentence.
  public static let summary = "Of a few drawn, the least peak response time × requests."
  /// What `help` says.
  public static let details = StrategyDetails(
    rule: """
      Draw d different servers and take the least EWMA × (active + 1). An answer slower than the \
      EWMA becomes it (peak); any other is averaged in: EWMA × w + time × (1 - w) with \
      w = e^(-elapsed ÷ decay). Without answers the EWMA fades by w too. A server with no answer \
      yet and a request under way costs a penalty beyond all others. An error \
      counts as 5 s.
      """,
    source: """
      Finagle, PeakEwma.scala, which keeps the fading of each look and times errors like answers \
      (finagle.peak-ewma); here looking changes nothing, and errors cost what they do in linkerd.
      """,
    ties: "The first drawn wins. d draws a pick, n when there are only n servers.",
    failure: """
      A single slow answer turns traffic away for several decays; a server that is never drawn \
      beside a worse one is not heard of.
      """,
    lesson: "08")
  /// What can be set.
  public static var parameters: [Parameter<Self>] {
    [
      Parameter("decay", \.decay, .duration(0.001...86_400), "How fast what was heard fades."),
      Parameter("d", \.d, in: 1...1000, "How many servers are drawn."),
    ]
  }

  var rule = Least(PeakLatency(), among: Drawn(2), ties: FirstWins())

  /// How fast what was heard fades, in seconds.
  public var decay: Double {
    get { rule.cost.decay }
    set { rule.cost.decay = newValue }
  }

  /// How many servers are drawn.
  public var d: Int {
    get { rule.candidates.size }
    set { rule.candidates.size = newValue }
  }

  /// Of two, with nothing heard.
  public init() {}

  /// It learns from answers.
  public static var listens: Bool { true }

  /// What an error counts as, unless it took longer.
  private static let error = Duration.seconds(5)

  /// Times an answer; a client that gave up waited at least as long, and an error takes long.
  public mutating func finished(
    _ request: borrowing Request, on server: ServerID, _ outcome: Outcome, after latency: Duration
  ) {
    let isError = outcome.isFailure
    let taken = isError ? max(latency, Self.error) : latency
    let now = request.time + latency
    let decay = decay
    let peak = rule.cost.estimates[server].present(at: now, decay: decay)
    rule.cost.estimates[server]
      .hear(Double(taken.nanoseconds), at: now, decay: decay, peak: peak)
  }
}
