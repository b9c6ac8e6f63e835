public import Simulation

/// So many servers promised for the whole time at a lower price; more are paid as they come.
///
/// The promised ones are paid whether used or not (reserved instances, committed use).
public struct Commitment: Hashable, Sendable {
  /// Servers promised.
  public var count: Int
  /// Dollars an hour for each.
  public var pricePerHour: Double

  /// A promise.
  public init(count: Int, pricePerHour: Double) {
    self.count = count
    self.pricePerHour = pricePerHour
  }

  /// The bill up to an instant: the promise, and each stretch of time beyond it by the nanosecond.
  ///
  /// The promise covers the servers that came first. Complexity: O(n log n + n·count).
  public func bill(_ intervals: [PaidInterval], to end: Instant) -> Bill {
    var bill = BillingRule.owned(count: count, pricePerHour: pricePerHour).bill([], to: end)
    // A promised place is free again when its server has gone.
    var free = Array(
      repeating: Instant(nanoseconds: .min), count: min(max(0, count), intervals.count))
    for interval in intervals.sorted(by: { ($0.from, $0.to) < ($1.from, $1.to) }) {
      let last = min(interval.to, end)
      guard last > interval.from else { continue }
      if let place = free.indices.min(by: { free[$0] < free[$1] }), free[place] <= interval.from {
        free[place] = last
        continue
      }
      bill.billed += last - interval.from
      bill.dollars += (last - interval.from) / .hours(1) * interval.pricePerHour
    }
    return bill
  }
}

/// Spare machines at a lower price, which may be taken back at short notice.
///
/// Source: Amazon EC2 Spot, whose notice is two minutes; the discount varies with the market.
public struct SpotPrice: Hashable, Sendable {
  /// The share of the price that is saved, from 0 to 1.
  public var discount: Double
  /// Time between the notice and the end.
  public var notice: Duration

  /// A lower price.
  public init(discount: Double, notice: Duration = .minutes(2)) {
    self.discount = min(max(discount, 0), 1)
    self.notice = notice
  }

  /// The same stretch of time at the lower price.
  public func discounted(_ interval: PaidInterval) -> PaidInterval {
    var interval = interval
    interval.pricePerHour *= 1 - discount
    return interval
  }
}
