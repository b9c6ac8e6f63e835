import Simulation

/// A load at work: what its next arrivals depend on beside its ``LoadRow``.
///
/// Item n of a load owns its own draws, so that no other load, policy or retry shifts them.
struct Arrivals: Sendable {
  let load: Load
  /// In a recording: the interval or row that the next arrival belongs to.
  private var place = 0
  /// Requests left, of those sent or of that interval or row.
  private var left = 0
  /// Recorded requests up to that place.
  private var total = 0
  /// Among bursts: which stretch it is.
  private var phase = Bursts.Phase()

  init(_ load: Load) {
    self.load = load
    if case .send(let count, _) = load.shape { left = max(0, count) }
  }

  /// Finds the arrival after an instant for the shapes that a row does not know.
  mutating func advance(_ row: inout LoadRow, from now: Int64) {
    let next =
      switch load.shape {
      case .sale(let sale): sale.next(after: now, row)
      case .ramp(let ramp): ramp.next(after: now, row)
      case .spike(let spike): spike.next(after: now, row)
      case .wave(let wave): wave.next(after: now, row)
      case .bursts(let bursts): bursts.next(after: now, row, in: &phase)
      case .trace(let recorded): advance(recorded, row, from: now)
      case .send(let count, let gap): advance(sending: count, gap: gap, row, from: now)
      case .poisson, .constant: Int64.max
      }
    row.next = max(now, next)
  }

  /// The work of the next arrival, of whatever distribution.
  func rareWork(_ row: LoadRow) -> Int64 {
    var draws = row.draws
    return Int64(amount: load.work.sample(first: draws.number(.work), draws: &draws))
  }

  private mutating func advance(
    sending count: Int, gap: Duration, _ row: LoadRow, from now: Int64
  ) -> Int64 {
    guard left > 0 else { return .max }
    let next = left == count ? row.origin : now.addingClamped(gap.nanoseconds)
    left -= 1
    return next
  }

  private mutating func advance(
    _ recorded: RecordedTraffic, _ row: LoadRow, from now: Int64
  ) -> Int64 {
    switch recorded.trace {
    case .counts(let interval, let counts):
      var from = now
      while left == 0 {
        guard place < counts.count else { return .max }
        left = send(counts[place], of: recorded)
        from = row.origin.addingClamped(interval.nanoseconds.multipliedClamped(place))
        place += 1
      }
      // The earliest of `left` uniform instants in what remains of the interval.
      let end = row.origin.addingClamped(interval.nanoseconds.multipliedClamped(place))
      var draws = row.gapDraws
      let spacing = Exponential.sample(draws.number(.gap), &draws) / Double(left)
      let share = 1 - Elementary.exp(-spacing)
      left -= 1
      return from.addingClamped(Int64(amount: Double(max(0, end - from)) * share))
    case .instants(let instants):
      while left == 0 {
        guard place < instants.count else { return .max }
        left = send(1, of: recorded)
        place += 1
      }
      left -= 1
      return row.origin.addingClamped(instants[place - 1].nanoseconds)
    }
  }

  /// Requests to send for so many more recorded ones: the scaled total is rounded, not each part,
  /// so that nothing is lost.
  private mutating func send(_ more: Int, of recorded: RecordedTraffic) -> Int {
    let before = recorded.scaled(total)
    total = total.addingClamped(max(0, more))
    return max(0, recorded.scaled(total) - before)
  }
}

extension RecordedTraffic {
  fileprivate func scaled(_ total: Int) -> Int {
    let scaled = (Double(total) * factor).rounded(.down)
    return scaled > 0 ? Int(min(scaled, 1e15)) : 0
  }
}
