/// Lets the requests of a client pass at a rate, by a token bucket.
public struct ClientRate: Limit {
  /// The name it is typed by.
  public static let name = "rate"
  /// What it does, in a sentence.
  public static let summary = "So many requests a second of each client, and a burst."
  /// What `help` says.
  public static let details = StrategyDetails(
    rule: """
      A bucket holds at most burst tokens and gains rate of them a second; a try takes one or is \
      limited. A client is a key; with --per all there is one bucket. Retries count as well.
      """,
    source: """
      The token bucket of Envoy's local rate limit, extensions/filters/common/local_ratelimit; \
      per client as in nginx's limit_req by key.
      """,
    ties: "None. No draws.",
    failure: "Loads without keys are one client; many small clients together still overload.",
    lesson: "22")
  /// What can be set.
  public static var parameters: [Parameter<Self>] {
    [
      Parameter("rate", \.rate, .rate(.leastNonzeroMagnitude...1e9), "Requests a second."),
      Parameter("burst", \.burst, in: 1...1_000_000_000, "Requests that may come at once."),
      Parameter("per", \.scope, "Whether each client has a bucket, or all have one."),
    ]
  }
  /// What it is about.
  public static var kind: LimitKind { .rate }
  /// Typed without its name.
  public static var leading: String? { "rate" }
  /// Why a request is turned away.
  public static var refusal: Refusal { .rateLimited }

  /// Who shares a bucket.
  public enum Scope: String, CaseIterable, Sendable {
    /// The requests of one key.
    case client
    /// All requests.
    case all
  }

  /// Tokens a second.
  public var rate = 10.0
  /// Tokens at most.
  public var burst = 10
  /// Who shares a bucket.
  public var scope = Scope.client
  private var clients: ClientLimits?

  /// Ten a second of each client.
  public init() {}

  /// Whether the client has a token left.
  public mutating func admits(_ applicant: Applicant, among crowd: Crowd) -> Bool {
    let request = applicant.request
    let key = scope == .all ? Request.noKey : request.key
    if clients == nil { clients = ClientLimits(rate: rate, burst: burst) }
    return clients?.take(for: key, at: request.time) ?? true
  }
}
