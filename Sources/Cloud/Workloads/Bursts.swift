public import Simulation

/// A rate that leaps between quiet and busy at random: a Markov-modulated Poisson process.
///
/// Stretches last an exponential time each. Source: Fischer and Meier-Hellstern, The
/// Markov-modulated Poisson process cookbook (1993).
public struct Bursts: Hashable, Sendable {
  /// Requests per second in quiet times.
  public let base: Double
  /// Requests per second in a burst.
  public let peak: Double
  /// Mean length of a quiet time.
  public let quiet: Duration
  /// Mean length of a burst.
  public let burst: Duration

  /// Quiet times and bursts in turn, beginning quietly; rates are held to 0 … 10⁹ a second.
  public init(
    base: Double, peak: Double, quiet: Duration = .seconds(50), burst: Duration = .seconds(10)
  ) {
    self.base = base.asRate
    self.peak = peak.asRate
    self.quiet = max(.nanoseconds(1), quiet)
    self.burst = max(.nanoseconds(1), burst)
  }

  /// Requests per second over a long time.
  public var meanRate: Double {
    let (quiet, burst) = (quiet.seconds, burst.seconds)
    return (base * quiet + peak * burst) / (quiet + burst)
  }

  /// Which stretch it is in, and until when.
  struct Phase: Sendable {
    /// Even ones are quiet.
    var number: UInt64 = 0
    /// When it ends, on the world's clock; nil before the first arrival was looked for.
    var end: Int64?
  }

  /// The first arrival after an instant; stretches have draws of their own.
  func next(after now: Int64, _ row: LoadRow, in phase: inout Phase) -> Int64 {
    guard base > 0 || peak > 0 else { return .max }
    var draws = row.gapDraws
    var first = draws.number(.gap)
    if (quiet + burst).seconds * meanRate < 1e-4 {
      // Among so many stretches between two arrivals, quiet and busy average out.
      let gap = LoadRow.gap(meanRate) * Exponential.sample(first, &draws)
      return now.addingClamped(Int64(amount: gap))
    }
    var time = now
    while time < Engine.never {
      let end = phase.end ?? row.origin.addingClamped(length(of: phase.number, row))
      let rate = phase.number.isMultiple(of: 2) ? base : peak
      let gap = LoadRow.gap(rate) * Exponential.sample(first, &draws)
      let candidate = time.addingClamped(Int64(amount: gap))
      if candidate <= end {
        phase.end = end
        return candidate
      }
      // Having no memory, the search begins anew in the next stretch.
      first = draws.extra()
      time = max(time, end)
      phase.number &+= 1
      phase.end = end.addingClamped(length(of: phase.number, row))
    }
    return .max
  }

  private func length(of number: UInt64, _ row: LoadRow) -> Int64 {
    var draws = Draws(stream: Hash.mix(row.gapKey &+ 1), item: number)
    let mean = number.isMultiple(of: 2) ? quiet : burst
    let length = Double(mean.nanoseconds) * Exponential.sample(draws.number(.gap), &draws)
    return max(1, Int64(amount: length))
  }
}
