public import Simulation

/// What a run cost and what it gave for it: the pair that must be read together.
///
/// Source of the provisioning figures: the elasticity metrics of SPEC's research group (Herbst and
/// others, "Ready for rain?", 2016): accuracy and share of time, under and over.
public struct RunEconomics: Hashable, Sendable {
  /// Servers needed and servers there, for a stretch of time.
  public struct Supply: Hashable, Sendable {
    /// For how long.
    public var length: Duration
    /// Servers that the load called for.
    public var demand: Double
    /// Servers in service.
    public var capacity: Double

    /// Servers needed and servers there.
    public init(length: Duration, demand: Double, capacity: Double) {
      self.length = length
      self.demand = demand
      self.capacity = capacity
    }
  }

  /// What is to be paid.
  public var bill: Bill
  /// Server-time that was at work.
  public var busy: Duration
  /// Requests answered within the objective.
  public var good: Int
  /// Requests that missed the objective, by minute.
  public var misses: [Int]
  /// Requests that may miss it in a minute that still counts as within.
  public var tolerated: Int
  /// Changes of the fleet.
  public var actions: Int
  /// Needed and there, stretch by stretch, in order.
  public var supply: [Supply]

  /// A run's facts.
  public init(
    bill: Bill, busy: Duration, good: Int, misses: [Int] = [], tolerated: Int = 0,
    actions: Int = 0, supply: [Supply] = []
  ) {
    self.bill = bill
    self.busy = busy
    self.good = good
    self.misses = misses
    self.tolerated = tolerated
    self.actions = actions
    self.supply = supply
  }

  /// Dollars in all.
  public var dollars: Double { bill.dollars }

  /// Server-time that was paid and not at work.
  public var waste: Duration { max(.zero, bill.billed - busy) }

  /// The share of the paid server-time that was not at work; nil when nothing was paid.
  public var wasteShare: Double? {
    bill.billed > .zero ? waste.seconds / bill.billed.seconds : nil
  }

  /// Dollars for a thousand good requests; nil when there were none.
  public var dollarsPerThousand: Double? { good > 0 ? dollars / Double(good) * 1000 : nil }

  /// Minutes in which too many requests missed the objective.
  public var minutesOutOfObjective: Int { misses.count { $0 > tolerated } }

  /// Server-time that was needed and not there.
  public var underProvisioned: Duration { sum { max(0, $0.demand - $0.capacity) } }

  /// Server-time that was there and not needed.
  public var overProvisioned: Duration { sum { max(0, $0.capacity - $0.demand) } }

  /// The shares of the time with too few and with too many servers; nil without any time.
  public var timeShares: (under: Double, over: Double)? {
    let all = sum { _ in 1 }.seconds
    guard all > 0 else { return nil }
    return (
      sum { $0.demand > $0.capacity ? 1 : 0 }.seconds / all,
      sum { $0.capacity > $0.demand ? 1 : 0 }.seconds / all
    )
  }

  /// From the first moment with too few servers to the next with enough; nil if there is none.
  public var timeToCapacity: Duration? {
    guard let first = supply.firstIndex(where: { $0.demand > $0.capacity }) else { return nil }
    var time = Duration.zero
    for stretch in supply[first...] {
      if stretch.demand <= stretch.capacity { return time }
      time += stretch.length
    }
    return nil
  }

  private func sum(_ value: (Supply) -> Double) -> Duration {
    supply.reduce(.zero) { $0 + $1.length * value($1) }
  }

  /// Dollars more than another run of the same requests, such as the oracle's.
  public func regret(against baseline: RunEconomics) -> Double {
    dollars - baseline.dollars
  }

  /// Dollars for machines bought for the peak and paid for the whole time, used or not.
  public func owned(pricePerHour: Double) -> Double {
    let peak = Int(serversFor: supply.reduce(0) { max($0, $1.demand) })
    let time = supply.reduce(Duration.zero) { $0 + $1.length }
    return BillingRule.owned(count: peak, pricePerHour: pricePerHour)
      .bill([], to: .zero + time).dollars
  }
}
