/// Turns requests away while there are so many for every server in service.
public struct Concurrency: Limit {
  /// The name it is typed by.
  public static let name = "concurrency"
  /// What it does, in a sentence.
  public static let summary = "So many requests open at once for every server in service."
  /// What `help` says.
  public static let details = StrategyDetails(
    rule: """
      A try is limited while most × servers in service are on the servers or at the balancer. The \
      limit grows and shrinks with the fleet; a server may have more than its part.
      """,
    source: "Netflix concurrency-limits, FixedLimit, here over the fleet.",
    ties: "None. No draws.",
    failure: "A slow server counts as much as a fast one.",
    lesson: "22")
  /// What can be set.
  public static var parameters: [Parameter<Self>] {
    [Parameter("most", \.most, in: 1...1_000_000, "Requests for each server in service.")]
  }
  /// What it is about.
  public static var kind: LimitKind { .concurrency }
  /// Typed without its name.
  public static var leading: String? { "most" }
  /// Why a request is turned away.
  public static var refusal: Refusal { .tooMany }

  /// Tries at most for every server in service.
  public var most = 8

  /// Eight for each.
  public init() {}

  /// Whether one more may be there; a fleet without servers counts as one.
  public mutating func admits(_ applicant: Applicant, among crowd: Crowd) -> Bool {
    crowd.open / most < max(1, crowd.servers)
  }
}
