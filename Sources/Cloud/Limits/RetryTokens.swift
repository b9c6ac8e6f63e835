public import Simulation

/// A budget of retries as a share of the requests of the last ten seconds, and a few more.
///
/// A first try brings 1000 tokens, a retry takes ⌊1000 ÷ share⌋; what came and went counts for
/// `ttl`, in ten slices. A reserve of `leastPerSecond` × `ttl` retries is always there. Sources:
/// Finagle, service/RetryBudget.scala; linkerd; tower, retry/budget/tps_budget.rs.
public struct RetryTokens: RetryBudget {
  /// The name it is typed by.
  public static let name = "retry-budget"
  /// What it does, in a sentence.
  public static let summary = "Retries as a share of recent requests, and a few more."
  /// What `help` says.
  public static let details = StrategyDetails(
    rule: """
      A request brings 1000 tokens, a retry takes ⌊1000 ÷ percent⌋ of them; both are forgotten \
      after ttl, in ten slices. Besides, min-per-second × ttl retries are always there.
      """,
    source: "Finagle, service/RetryBudget.scala; tower, retry/budget/tps_budget.rs.",
    ties: "None. No draws.",
    failure: "The reserve alone can hold a storm in a small fleet: 10 a second by default.",
    lesson: "22")
  /// What can be set.
  public static var parameters: [Parameter<Self>] {
    [
      Parameter("percent", \.share, .ratio(0...10), "Retries for each request."),
      Parameter(
        "min-per-second", \.leastPerSecond, in: 0...1000, "Retries a second that always pass."),
      Parameter("ttl", \.ttl, .duration(1...60), "For how long a request counts."),
    ]
  }

  private static let slices = 10
  private static let scale = 1000.0

  /// The share of requests that may be sent again.
  public var share: Double
  /// Retries a second that may always be.
  public var leastPerSecond: Int
  /// Seconds for which requests and retries count.
  public var ttl: Double
  /// What came less what went, in the last ten slices, the slice's number modulo ten.
  private var balances = [Int](repeating: 0, count: slices)
  private var slice: Int64 = 0

  /// Finagle's defaults.
  public init() { self.init(share: 0.2) }

  /// A budget of a share of requests, and so many retries a second besides.
  public init(share: Double, leastPerSecond: Int = 10, ttl: Duration = .seconds(10)) {
    self.share = share
    self.leastPerSecond = leastPerSecond
    self.ttl = ttl.seconds
  }

  private var deposit: Int { share > 0 ? Int(Self.scale) : 0 }

  private var withdrawal: Int {
    share > 0 ? max(1, Int(min(Self.scale / min(share, 1000), 1e12))) : Int(Self.scale)
  }

  private var reserve: Int {
    let seconds = ttl > 0 ? Int(min(ttl, 1000)) : 0
    return min(max(0, leastPerSecond), 1000) * seconds * withdrawal
  }

  /// How long a slice is, in nanoseconds.
  private var length: Int64 { max(1, Duration(seconds: ttl).nanoseconds / Int64(Self.slices)) }

  /// How many retries could be sent now.
  public func balance(at now: Instant) -> Int {
    var copy = self
    copy.expire(now)
    return max(0, copy.tokens / withdrawal)
  }

  private var tokens: Int { balances.reduce(reserve) { $0 &+ $1 } }

  /// Empties the slices that are over.
  private mutating func expire(_ now: Instant) {
    let present = max(slice, now.nanoseconds / length)
    for passed in 0..<min(Int64(Self.slices), present - slice) {
      balances[Int((present - passed) % Int64(Self.slices))] = 0
    }
    slice = present
  }

  private mutating func add(_ tokens: Int) {
    balances[Int(slice % Int64(Self.slices))] &+= tokens
  }

  /// Brings what a first try brings.
  public mutating func deposit(at now: Instant) {
    expire(now)
    add(deposit)
  }

  /// Takes what a retry takes, if it is there.
  public mutating func withdraw(at now: Instant) -> Bool {
    expire(now)
    guard tokens >= withdrawal else { return false }
    add(-withdrawal)
    return true
  }
}
