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

  /// The bill up to an instant: the promise, and at each moment the servers beyond it.
  ///
  /// Those are the ones that came last, and all spot machines; each use counts as it is billed by
  /// the second.
  ///
  /// Source: Amazon EC2 user guide, "How Reserved Instances are billed"; Google Cloud, "Committed
  /// use discounts", which exclude spot machines too.
  ///
  /// Complexity: O(n log n + n × servers at once).
  public func bill(_ intervals: [PaidInterval], to end: Instant) -> Bill {
    let onDemand = BillingRule.perSecond()
    var bill = BillingRule.owned(count: count, pricePerHour: pricePerHour).bill([], to: end)
    bill.add(onDemand.bill(intervals.filter(\.isSpot), to: end))
    let uses = intervals.filter { !$0.isSpot && min($0.to, end) > $0.from }
      .sorted { $0.precedes($1) }
    let starts = uses.indices.map { use in
      let billed = onDemand.billed(uses[use].before)
      return (time: uses[use].start + billed, use: use, begins: true)
    }
    let ends = starts.map { start in
      let billed = onDemand.billed(uses[start.use], to: end)
      return (time: start.time + billed, use: start.use, begins: false)
    }
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
      if begins {
        there.insert(use, at: there.firstIndex { $0 > use } ?? there.endIndex)
      } else {
        there.removeAll { $0 == use }
      }
    }
    return bill
  }

  /// Dollars per hour while so many machines are paid: the promise, and those beyond it.
  ///
  /// Complexity: O(n log n).
  public func perHour(_ open: [PaidInterval]) -> Double {
    let beyond = open.filter { !$0.isSpot }.sorted { $0.precedes($1) }.dropFirst(max(0, count))
    return Double(max(0, count)) * pricePerHour
      + (open.filter(\.isSpot) + beyond).reduce(0) { $0 + $1.pricePerHour }
  }
}

extension PaidInterval {
  /// Whether a promise covers it first: the server was started before, or is the first of equals.
  fileprivate func precedes(_ other: PaidInterval) -> Bool {
    (start, server, before) < (other.start, other.server, other.before)
  }
}
