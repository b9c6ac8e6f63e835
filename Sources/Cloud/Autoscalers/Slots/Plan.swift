import Simulation

/// A decision in the making: each slot changes the count, says why, and leaves a step.
///
/// A policy's order of slots is the order in which it calls them; `finish` is always the last.
struct Plan {
  /// When the check is made.
  let now: Instant
  /// Servers booting or in service.
  let before: Int
  /// Servers wanted, so far.
  private(set) var count: Int
  private var reason = "nothing to go by"
  private var steps: [Decision.Step] = []
  /// What it means beside the decisions of others.
  var say = Decision.Say.count

  init(_ observation: Observation) {
    now = observation.time
    before = observation.servers.count
    count = before
  }

  /// Leaves the step of a slot that has not to do with a count: a reading goes through it.
  mutating func note(_ slot: String, _ rule: String, _ result: String) {
    steps.append(Decision.Step(slot: slot, rule: rule, result: result))
  }

  /// Leaves the step of a slot that is not in use.
  mutating func skip(_ slot: String) { note(slot, "none", "\(count)") }

  /// Takes a slot's count; the last slot that changed something gives the reason.
  mutating func take(_ slot: String, _ count: Int, _ rule: String, because reason: String) {
    if count != self.count || slot == Self.desired { self.reason = reason }
    self.count = count
    note(slot, rule, "\(count)")
  }

  /// Gives a reason although the count is what it was.
  mutating func tell(_ reason: String) { self.reason = reason }

  /// Leaves every further slot unused: there is nothing to decide on.
  mutating func give(up reason: String) {
    self.reason = reason
    say = .none
    for slot in ["window", Self.desired, "dead band", "stabilization", "rate limit"] { skip(slot) }
  }

  /// The slot that makes servers out of a reading.
  static let desired = "desired"

  /// The decision, inside the bounds; a product's own names for the two bounds come before the
  /// reason.
  func finish(within bounds: ClosedRange<Int>, tooMany: String = "", tooFew: String = "")
    -> Decision
  {
    var last = self
    let after = min(max(count, bounds.lowerBound), bounds.upperBound)
    last.take(
      "bounds", after, "\(bounds.lowerBound)..\(bounds.upperBound)",
      because: after < count
        ? "\(tooMany)\(Figure.servers(count)) wanted, at most \(after) allowed"
        : "\(tooFew)\(Figure.servers(count)) wanted, at least \(after) asked for")
    return Decision(before: before, after: after, reason: last.reason, steps: last.steps, say: say)
  }

  /// The same with the codes of Application Auto Scaling for what a bound keeps from being done.
  ///
  /// Source: its API reference, `NotScaledReason`.
  func finish(withinCapacity bounds: ClosedRange<Int>) -> Decision {
    finish(
      within: bounds, tooMany: before == bounds.upperBound ? "AlreadyAtMaxCapacity: " : "",
      tooFew: before == bounds.lowerBound ? "AlreadyAtMinCapacity: " : "")
  }
}

extension Int {
  /// A count of servers from a number, rounded up; a billion at most.
  init(serversFor number: Double) {
    self = number > 0 ? (number < 1e9 ? Int(number.rounded(.up)) : 1_000_000_000) : 0
  }
}
