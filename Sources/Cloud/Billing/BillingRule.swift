public import Simulation

/// A stretch of time for which a server is paid, from being asked for to being given back.
public struct PaidInterval: Hashable, Sendable {
  /// When it began; boot time is paid.
  public var from: Instant
  /// When it ended, or now.
  public var to: Instant
  /// The price in dollars per hour.
  public var pricePerHour: Double

  /// Whether it is a spot machine, which no promise covers.
  public var isSpot: Bool
  /// The server's place in the fleet.
  public var server: Int
  /// How long it had run at other prices since its start: a change of size in place starts nothing.
  public var before: Duration

  /// When the server was started.
  var start: Instant { from - before }

  /// A paid stretch of time.
  public init(
    from: Instant, to: Instant, pricePerHour: Double, isSpot: Bool = false, server: Int = 0,
    before: Duration = .zero
  ) {
    self.from = from
    self.to = to
    self.pricePerHour = pricePerHour
    self.isSpot = isSpot
    self.server = server
    self.before = before
  }
}

/// What is to be paid.
public struct Bill: Hashable, Sendable {
  /// Server-time that is paid, which may be more than was used; it saturates after 292 years.
  public var billed: Duration
  /// The price of it.
  public var dollars: Double

  /// A bill.
  public init(billed: Duration = .zero, dollars: Double = 0) {
    self.billed = billed
    self.dollars = dollars
  }

  /// Adds another bill.
  public mutating func add(_ other: Bill) {
    billed += other.billed
    dollars += other.dollars
  }

  /// What was added to a bill since an earlier one: the bill of the time between.
  public static func - (later: Bill, earlier: Bill) -> Bill {
    Bill(billed: later.billed - earlier.billed, dollars: later.dollars - earlier.dollars)
  }
}

/// How paid time becomes money.
public enum BillingRule: Hashable, Sendable {
  /// By the second, rounded up, each start at least the minimum (Amazon EC2: 60 s).
  case perSecond(minimum: Duration = .seconds(60))
  /// By the hour, rounded up at each start; servers are never combined (Amazon EC2 before 2017).
  case hourly
  /// So many machines bought for the peak and paid for always, used or not.
  case owned(count: Int, pricePerHour: Double)
  /// Some servers promised for the whole time at a lower price, the others as they come.
  case reserved(Commitment)
  /// By the request; the servers themselves are not paid.
  case perRequest(RequestPrice)

  /// The server-time that is billed for one use of a server; nothing for no time.
  public func billed(_ used: Duration) -> Duration {
    guard used > .zero else { return .zero }
    switch self {
    case .perSecond(let minimum):
      return max(used.roundedUp(to: .seconds(1)), minimum.roundedUp(to: .seconds(1)))
    case .hourly: return used.roundedUp(to: .hours(1))
    case .reserved: return BillingRule.perSecond().billed(used)
    case .owned, .perRequest: return .zero
    }
  }

  /// The server-time that is billed for a stretch up to an instant, on top of what was billed for
  /// the same start before.
  func billed(_ interval: PaidInterval, to end: Instant) -> Duration {
    let time = min(interval.to, end) - interval.from
    guard time > .zero else { return .zero }
    return billed(interval.before + time) - billed(interval.before)
  }

  /// The bill from the world's start up to an instant; what lies later is left out.
  ///
  /// The bill of a window from T0 to T1 is `bill(to: T1) - bill(to: T0)`. Complexity: O(n).
  public func bill(_ intervals: [PaidInterval], to end: Instant) -> Bill {
    switch self {
    case .owned(let count, let price):
      let time = max(.zero, end.sinceStart)
      let machines = max(0, count)
      return Bill(
        billed: time * machines, dollars: Double(machines) * (time / .hours(1)) * price)
    case .reserved(let commitment): return commitment.bill(intervals, to: end)
    case .perSecond, .hourly, .perRequest: break
    }
    var bill = Bill()
    for interval in intervals {
      let time = billed(interval, to: end)
      bill.billed += time
      bill.dollars += time / .hours(1) * interval.pricePerHour
    }
    return bill
  }
}

extension Duration {
  /// The shortest multiple of a unit that is no shorter, saturating.
  func roundedUp(to unit: Duration) -> Duration {
    let rest = nanoseconds % unit.nanoseconds
    return rest > 0 ? self + (unit - Duration(nanoseconds: rest)) : self
  }
}
