import Simulation

/// What is noted of a measurement every ten seconds: what the load called for and what was there;
/// and every minute, whether the objective was met.
///
/// What is open is always the stretch that ends at `end`; everything at that very instant belongs
/// to it.
struct Ledger: Hashable, Sendable {
  /// Time between two entries.
  static let stretch = Duration.seconds(10)
  /// Entries to a minute.
  private static let minute = 6

  private(set) var elasticity = Elasticity()
  private var minutesOut = 0
  private var began = Instant.zero
  /// When the open stretch ends.
  private(set) var end = Instant.zero + stretch
  /// Stretches of the open minute that are over.
  private var passed = 0
  private var atStretch = Totals()
  private var atMinute = Totals()

  /// Where the counters stand.
  struct Totals: Hashable, Sendable {
    /// Requests that are over.
    var over = 0
    /// Of them, those that were late or got no answer.
    var missed = 0
    /// Work that arrived, in nanoseconds of one slot; it may begin anew from zero.
    var work: UInt64 = 0
    /// Server-nanoseconds in service.
    var served: UInt128 = 0
  }

  /// Begins with no entries.
  init() {}

  /// Begins with no entries, at an instant.
  init(from start: Instant, _ totals: Totals) {
    began = start
    end = start + Self.stretch
    atStretch = totals
    atMinute = totals
  }

  /// How many stretches, from the open one on, end before an instant.
  func count(before time: Instant) -> Int {
    guard end < time else { return 0 }
    return 1 + Int((time.nanoseconds - 1 - end.nanoseconds) / Self.stretch.nanoseconds)
  }

  /// Ends the open stretch and, as one, so many after it in which nothing happened, with the totals
  /// at their end and what one server can do.
  mutating func close(_ totals: Totals, with quiet: Int = 0, speed: Double) {
    let last = end + Self.stretch * quiet
    enter(totals, until: last, speed: speed)
    began = last
    end = last + Self.stretch
    passed += quiet + 1
    guard passed >= Self.minute else { return }
    if isOut(totals) { minutesOut += 1 }
    passed %= Self.minute
    atMinute = totals
  }

  /// The entries if the open stretch ended now.
  func closed(_ totals: Totals, now: Instant, speed: Double) -> (Elasticity, minutesOut: Int) {
    var ledger = self
    ledger.enter(totals, until: now, speed: speed)
    return (ledger.elasticity, minutesOut + (isOut(totals) ? 1 : 0))
  }

  private mutating func enter(_ totals: Totals, until end: Instant, speed: Double) {
    let length = end - began
    guard length > .zero else { return }
    let time = Double(length.nanoseconds)
    elasticity.add(
      Elasticity.Supply(
        length: length,
        demand: Double(totals.work &- atStretch.work) / (time * speed),
        capacity: Double(totals.served - min(totals.served, atStretch.served)) / time))
    atStretch = totals
  }

  private func isOut(_ totals: Totals) -> Bool {
    (totals.missed - atMinute.missed) * 100 > totals.over - atMinute.over
  }
}
