public import Simulation

/// Passive health by comparing servers, as Envoy ejects outliers.
public struct Outliers: HealthRule {
  /// The name it is typed by.
  public static let name = "outliers"
  /// What it does, in a sentence.
  public static let summary = "Passive: servers that fail more than others are ejected."
  /// What `help` says.
  public static let details = StrategyDetails(
    rule: """
      Ejected for base × count: after so many errors in a row; every 10 s if its success rate is \
      below mean − 1.9 × deviation of at least 5 servers with 100 requests each. Never more than \
      max-percent of the servers.
      """,
    source: "Envoy, outlier_detection_impl.cc; gRPC A50.", ties: "None. No draws.",
    failure: "Where all are sick it compares the sick: the limit keeps it from ejecting everybody.",
    lesson: "10")
  /// What can be set.
  public static var parameters: [Parameter<Self>] {
    [
      Parameter(
        "consecutive", \.rule.consecutiveErrors, in: 1...1_000_000, "Errors in a row that eject."),
      Parameter(
        "deviations", \.rule.deviations, .number(0...100),
        "Standard deviations below the mean success rate that eject."),
      Parameter(
        "max-percent", \.rule.maxPercent, .number(0...100),
        "Most servers that may be ejected at once, in percent."),
      Parameter(
        "base", \.base, .duration(0.001...86_400), "How long the first ejection lasts."),
    ]
  }

  /// Envoy's arithmetic.
  var rule = OutlierEjection()
  /// Seconds that the first ejection lasts.
  public var base: Double {
    get { rule.baseTime.seconds }
    set { rule.baseTime = Duration(seconds: newValue) }
  }
  private var seconds = 0

  /// With Envoy's defaults.
  public init() {}

  /// Every second, so that ejections end in time.
  public var period: Duration { .seconds(1) }

  /// Counts what it hears.
  public mutating func heard(_ outcome: Outcome, from server: ServerID, at now: Instant) {
    rule.heard(outcome, from: server, at: now)
  }

  /// Compares the servers every ten seconds.
  public mutating func tend(_ view: borrowing View) {
    var servers: [ServerID] = []
    for place in 0..<view.count { servers.append(view.id(place)) }
    rule.changed(servers: servers)
    seconds += 1
    if seconds % 10 == 0 { rule.interval(at: view.now, servers: servers) }
  }

  /// Unless it is ejected.
  public func isUp(_ server: ServerID, at now: Instant) -> Bool {
    !rule.isEjected(server, at: now)
  }
}
