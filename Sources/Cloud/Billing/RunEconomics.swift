public import Simulation

/// What a run cost and what it gave for it: the pair that must be read together.
public struct RunEconomics: Hashable, Sendable {
  /// What is to be paid.
  public var bill: Bill
  /// Server-time that was at work.
  public var busy: Duration
  /// Server-time by what the servers were doing.
  public var times = PhaseTimes()
  /// The longest latency of a good answer, if it was chosen; nil for the usual one.
  public var objective: Duration?
  /// Requests answered within the objective.
  public var good: Int
  /// Minutes in which more than one in a hundred requests missed the objective.
  public var minutesOutOfObjective = 0
  /// Changes of the fleet by autoscalers.
  public var actions = 0
  /// How well the servers followed the load.
  public var elasticity = Elasticity()
  /// The most servers that took requests at once.
  public var peak = 0
  /// What one of the servers costs on demand, in dollars per hour, on average.
  public var pricePerHour = 0.0
  /// How long it was.
  public var duration = Duration.zero

  /// A run's facts.
  public init(bill: Bill = Bill(), busy: Duration = .zero, good: Int = 0) {
    self.bill = bill
    self.busy = busy
    self.good = good
  }

  /// The objective where none is chosen.
  public static let usualObjective = Duration.seconds(1)

  /// The objective in force.
  public var limit: Duration { objective ?? Self.usualObjective }

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

  /// Good requests per second; nil when no time passed.
  public var goodput: Double? { duration > .zero ? Double(good) / duration.seconds : nil }

  /// Dollars more than another run of the same requests, such as the oracle's.
  public func regret(against baseline: RunEconomics) -> Double {
    dollars - baseline.dollars
  }

  /// Dollars for machines bought for the peak and paid for the whole time, used or not.
  public var owned: Double {
    BillingRule.owned(count: peak, pricePerHour: pricePerHour)
      .bill([], to: .zero + duration).dollars
  }
}
