import Simulation

/// Where a load stands: its next arrival and what the ones after it depend on.
///
/// Item n of a load owns its own draws, so that no other load, policy or retry shifts them.
struct Arrivals: Sendable {
  var load: Load
  /// The keys of the load's draws: of what a request brings, and of when it comes.
  var key: UInt64
  var gapKey: UInt64
  /// Items sent so far; the next arrival is item `count`.
  var count: UInt64 = 0
  /// When the next arrives, or `.max` when none does.
  var next: Int64 = .max
  /// When the load began.
  var origin: Int64
  /// In a recording: the interval or row that the next arrival belongs to, and how many are left.
  var place = 0
  var left = 0
  /// Recorded requests up to that place.
  var total = 0
  /// The ring of its timeouts, or -1.
  var ring = -1
  /// What marks its requests.
  var flags: RequestRow.Flags

  init(_ load: Load, seed: UInt64, now: Int64, count: UInt64 = 0) {
    self.load = load
    key = RandomStream(seed: seed, purpose: "load", name: load.name).key
    gapKey = RandomStream(seed: seed, purpose: "gap", name: load.name).key
    flags = load.isDetailed ? .detailed : []
    origin = now
    self.count = count
    if case .send(let number, _) = load.shape { left = number }
    advance(from: now)
  }

  /// The draws of what the next arrival brings.
  @inline(__always)
  var draws: Draws { Draws(stream: key, item: count) }

  /// The draws of when the next arrival comes.
  @inline(__always)
  private var gapDraws: Draws { Draws(stream: gapKey, item: count) }

  /// Finds the arrival after an instant; called once for each.
  @inline(__always)
  mutating func advance(from now: Int64) {
    switch load.shape {
    case .poisson(let rate):
      var draws = gapDraws
      let gap = Exponential.sample(draws.number(.gap), &draws) * (1e9 / rate)
      next = now &+ Int64(min(gap, 4e18))
    case .constant(let rate):
      next = origin &+ Int64(min((Double(count + 1) * (1e9 / rate)).rounded(), 4e18))
    default: advanceOther(from: now)
    }
  }

  private mutating func advanceOther(from now: Int64) {
    switch load.shape {
    case .sale(let sale): advanceSale(sale, from: now)
    case .trace(let recorded): advanceRecorded(recorded, from: now)
    case .send(let count, let gap):
      guard left > 0 else {
        next = .max
        return
      }
      next = left == count ? origin : now.addingClamped(gap.nanoseconds)
      left -= 1
    case .poisson, .constant: break
    }
  }

  /// Thinning (Lewis and Shedler 1979): candidates at the peak rate, kept in proportion to the rate.
  private mutating func advanceSale(_ sale: Sale, from now: Int64) {
    let most = max(sale.peak, sale.base)
    var draws = gapDraws
    var time = now
    var first = draws.number(.gap)
    while true {
      let gap = Exponential.sample(first, &draws) * (1e9 / most)
      time = time.addingClamped(Int64(min(gap, 4e18)))
      if time > 4_000_000_000_000_000_000 {
        next = .max
        return
      }
      let rate = sale.rate(at: Double(time - origin) / 1e9)
      if Double(draws.extra() >> 11) * 0x1p-53 * most < rate { break }
      first = draws.extra()
    }
    next = time
  }

  private mutating func advanceRecorded(_ recorded: RecordedTraffic, from now: Int64) {
    switch recorded.trace {
    case .counts(let interval, let counts):
      var from = now
      while left == 0 {
        guard place < counts.count else {
          next = .max
          return
        }
        left = send(counts[place], of: recorded)
        place += 1
        from = origin.addingClamped((place - 1).multipliedClamped(interval.nanoseconds))
      }
      // The earliest of `left` uniform instants in what remains of the interval.
      let end = origin.addingClamped(place.multipliedClamped(interval.nanoseconds))
      var draws = gapDraws
      let spacing = Exponential.sample(draws.number(.gap), &draws) / Double(left)
      let share = 1 - Elementary.exp(-spacing)
      next = from &+ Int64(Double(end - from) * share)
      left -= 1
    case .instants(let instants):
      while left == 0 {
        guard place < instants.count else {
          next = .max
          return
        }
        left = send(1, of: recorded)
        place += 1
      }
      next = origin.addingClamped(instants[place - 1].nanoseconds)
      left -= 1
    }
  }

  /// Requests to send for so many more recorded ones: the scaled total is rounded, not each part,
  /// so that nothing is lost.
  private mutating func send(_ more: Int, of recorded: RecordedTraffic) -> Int {
    let before = recorded.scaled(total)
    total = total.addingClamped(more)
    return recorded.scaled(total) - before
  }
}

extension RecordedTraffic {
  fileprivate func scaled(_ total: Int) -> Int {
    Int(min((Double(total) * factor).rounded(.down), 1e15))
  }
}

extension Int64 {
  func addingClamped(_ other: Int64) -> Int64 {
    let (sum, overflow) = addingReportingOverflow(other)
    return overflow ? .max : sum
  }
}

extension Int {
  func multipliedClamped(_ other: Int64) -> Int64 {
    let (product, overflow) = Int64(self).multipliedReportingOverflow(by: other)
    return overflow ? .max : product
  }
}
