public import Simulation

/// A budget of retries as a share of the requests of the last ten seconds, and a few more.
///
/// A first try brings 1000 tokens, a retry takes ⌊1000 ÷ share⌋; what came and went counts for
/// `ttl`, in ten slices. A reserve of `leastPerSecond` × `ttl` retries is always there. Sources:
/// Finagle, service/RetryBudget.scala; linkerd; tower, retry/budget/tps_budget.rs.
public struct RetryTokens: RetryBudget {
  private static let slices = 10
  private static let scale = 1000.0

  private let deposit: Int
  private let withdrawal: Int
  private let reserve: Int
  /// How long a slice is, in nanoseconds.
  private let length: Int64
  /// What came less what went, in the last ten slices, the slice's number modulo ten.
  private var balances = [Int](repeating: 0, count: slices)
  private var slice: Int64 = 0

  /// A budget of a share of requests, and so many retries a second besides.
  public init(
    share: Double = 0.2, leastPerSecond: Int = 10, ttl: Duration = .seconds(10)
  ) {
    let share = share > 0 ? min(share, 1000) : 0
    deposit = share > 0 ? Int(Self.scale) : 0
    withdrawal = share > 0 ? max(1, Int(min(Self.scale / share, 1e12))) : Int(Self.scale)
    let seconds = Int(min(max(0, ttl.nanoseconds), 1 << 50) / 1_000_000_000)
    let retries = min(max(0, leastPerSecond), 1000) * min(seconds, 1000)
    reserve = retries * withdrawal
    length = max(1, ttl.nanoseconds / Int64(Self.slices))
  }

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
