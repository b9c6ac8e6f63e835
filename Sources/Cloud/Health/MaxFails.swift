public import Simulation

/// Passive health by nginx's `max_fails` and `fail_timeout`.
public struct MaxFails: HealthRule {
  /// The name it is typed by.
  public static let name = "max-fails"
  /// What it does, in a sentence.
  public static let summary = "Passive: so many failures set a server aside for a time."
  /// What `help` says.
  public static let details = StrategyDetails(
    rule: """
      fails ≥ max-fails within fail-timeout: no request for fail-timeout, then one probe; its answer \
      clears the count, its failure begins anew. Time counts in whole seconds.
      """,
    source: "nginx, ngx_http_upstream_round_robin.c: max_fails, fail_timeout.",
    ties: "None. No draws.",
    failure: """
      With one failure enough, chance sets healthy servers aside; all set aside leaves nobody.
      """,
    lesson: "10")
  /// What can be set.
  public static var parameters: [Parameter<Self>] {
    [
      Parameter("max-fails", \.maxFails, in: 1...1_000_000, "Failures that set a server aside."),
      Parameter(
        "fail-timeout", \.failTimeout, .duration(1...86_400),
        "In which time they count, and for how long it is set aside."),
    ]
  }

  /// Failures that set a server aside, by default as nginx.
  public var maxFails = 1
  /// Seconds within which failures count, and for which a server is set aside, by default as nginx.
  public var failTimeout = 10.0
  private var servers: [Record] = []

  private struct Record: Hashable, Sendable {
    var fails = 0
    /// When it failed last, in whole seconds.
    var failed: Int64 = 0
  }

  /// With nginx's defaults.
  public init() {}

  /// Every second, as its clock goes.
  public var period: Duration { .seconds(1) }

  /// A failure counts, an answer of a probe clears.
  public mutating func heard(_ outcome: Outcome, from server: ServerID, at now: Instant) {
    while servers.count <= server.index { servers.append(Record()) }
    let second = now.nanoseconds / 1_000_000_000
    switch outcome {
    case .failed, .lost, .refused:
      if second - servers[server.index].failed > Int64(failTimeout) {
        servers[server.index].fails = 0
      }
      servers[server.index].fails += 1
      servers[server.index].failed = second
    case .answered:
      if second > servers[server.index].failed { servers[server.index].fails = 0 }
    case .abandoned, .cancelled: break
    }
  }

  /// Nothing is checked.
  public mutating func tend(_ view: borrowing View) {}

  /// Fewer failures than set it aside, or long enough ago.
  public func isUp(_ server: ServerID, at now: Instant) -> Bool {
    guard server.index < servers.count else { return true }
    let record = servers[server.index]
    return record.fails < maxFails
      || now.nanoseconds / 1_000_000_000 - record.failed > Int64(failTimeout)
  }
}
