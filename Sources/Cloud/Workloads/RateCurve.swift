import Simulation

/// A rate of arrivals that changes with time in a way that is known beforehand.
protocol RateCurve: Hashable, Sendable {
  /// Requests per second, so many seconds after the start of the load.
  func rate(at seconds: Double) -> Double
  /// A rate that is not exceeded from some seconds after the start until some later ones.
  ///
  /// No more than a few such stretches in all, or the search for an arrival takes long.
  func bound(from seconds: Double) -> (rate: Double, until: Double)
}

extension RateCurve {
  /// The first arrival after an instant, by thinning (Lewis and Shedler 1979): candidates at a rate
  /// that bounds the true one from here on, kept in proportion to the true one.
  func next(after now: Int64, _ row: LoadRow) -> Int64 {
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
}

extension Double {
  /// A rate per second that can be reckoned with: from zero to one for each nanosecond, the clock's
  /// own step, so that a search for an arrival moves on.
  var asRate: Double { self > 0 ? min(self, 1e9) : 0 }
}
