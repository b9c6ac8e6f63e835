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

  init(_ load: Load) {
    self.load = load
    if case .send(let count, _) = load.shape { left = max(0, count) }
  }

  /// Finds the arrival after an instant for the shapes that a row does not know.
  mutating func advance(_ row: inout LoadRow, from now: Int64) {
    let next =
      switch load.shape {
      case .sale(let sale): sale.next(after: now, row)
      case .trace(let recorded): advance(recorded, row, from: now)
      case .send(let count, let gap): advance(sending: count, gap: gap, row, from: now)
      case .poisson, .constant: Int64.max
      }
    row.next = max(now, next)
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

extension Sale {
  /// The first arrival after an instant, by thinning (Lewis and Shedler 1979): candidates at a rate
  /// that bounds the true one from here on, kept in proportion to the true one.
  fileprivate func next(after now: Int64, _ row: LoadRow) -> Int64 {
    var draws = row.gapDraws
    var first = draws.number(.gap)
    var time = now
    while time < Engine.never {
      let bound = bound(from: Double(time - row.origin) / 1e9)
      let gap = LoadRow.gap(bound.rate) * Exponential.sample(first, &draws)
      first = draws.extra()
      let end = row.origin.addingClamped(Int64(amount: bound.until * 1e9))
      let candidate = time.addingClamped(Int64(amount: gap))
      if candidate > end {
        // Beyond the bound's validity: having no memory, the search begins anew there.
        time = max(end, time + 1)
        continue
      }
      time = candidate
      let rate = rate(at: Double(time - row.origin) / 1e9)
      if RandomStream.unit(draws.extra()) * bound.rate < rate { return time }
    }
    return .max
  }

  /// A rate that is not exceeded from some seconds after the start until some later ones.
  private func bound(from seconds: Double) -> (rate: Double, until: Double) {
    let top = (start + rise).seconds
    if seconds < start.seconds { return (base, start.seconds) }
    if seconds < top { return (max(base, peak), top) }
    let present = rate(at: seconds)
    if present >= base { return (present, .infinity) }
    if present >= base / 2 { return (base, .infinity) }
    let later = seconds + max(halfLife.seconds, 1e-9)
    return (rate(at: later), later)
  }
}
