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

  /// The bill up to an instant: the promise, and at each moment the servers beyond it, those that
  /// came last, by the nanosecond.
  ///
  /// Complexity: O(n log n + n × servers at once).
  public func bill(_ intervals: [PaidInterval], to end: Instant) -> Bill {
    var bill = BillingRule.owned(count: count, pricePerHour: pricePerHour).bill([], to: end)
    let uses = intervals.filter { min($0.to, end) > $0.from }.sorted { $0.from < $1.from }
    let starts = uses.indices.map { (time: uses[$0].from, use: $0, begins: true) }
    let ends = uses.indices.map { (time: min(uses[$0].to, end), use: $0, begins: false) }
    // Servers at once, in the order in which they came.
    var there: [Int] = []
    var last = Instant.zero
    for (time, use, begins) in (ends + starts).sorted(by: {
      ($0.time, $0.use) < ($1.time, $1.use)
    }) {
      for beyond in there.dropFirst(max(0, count)) {
        bill.billed += time - last
        bill.dollars += (time - last) / .hours(1) * uses[beyond].pricePerHour
      }
      last = time
      if begins { there.append(use) } else { there.removeAll { $0 == use } }
    }
    return bill
  }
}
