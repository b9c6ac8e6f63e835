import Simulation

/// The part of a load that the loop reads and writes for every request.
struct LoadRow: BitwiseCopyable, Sendable {
  /// How arrivals follow one another.
  enum Pace: BitwiseCopyable, Sendable {
    /// Independent of one another, with a mean gap in nanoseconds.
    case random(Double)
    /// One every so many nanoseconds.
    case even(Double)
    /// As ``Arrivals`` finds them.
    case other
  }

  /// How works are drawn.
  enum Work: BitwiseCopyable, Sendable {
    case constant(Int64)
    case exponential(Double)
    case other
  }

  /// The keys of the load's draws: of what a request brings, and of when it comes.
  var key: UInt64
  var gapKey: UInt64
  /// Items sent so far; the next arrival is item `count`.
  var count: UInt64
  /// When the next arrives, or `.max` when none does.
  var next: Int64 = .max
  /// When the load began.
  let origin: Int64
  let pace: Pace
  let work: Work
  /// The ring of its timeouts, or -1.
  var ring: Int32 = -1
  /// The ring of the timeouts of copies, which were sent later; or -1.
  var copyRing: Int32 = -1
  /// What marks its requests.
  var flags: RequestRow.Flags
  /// Tries after the first.
  let retries: Int

  init(_ load: Load, seed: UInt64, now: Int64, count: UInt64) {
    key = RandomStream(seed: seed, purpose: "load", name: load.name).key
    gapKey = RandomStream(seed: seed, purpose: "gap", name: load.name).key
    self.count = count
    origin = now
    flags = []
    if load.key != .none || load.memory != .constant(0) { flags.insert(.detailed) }
    if load.timeout != nil { flags.insert(.timed) }
    retries = load.retries
    switch load.shape {
    case .poisson(let rate): pace = .random(Self.gap(rate))
    case .constant(let rate): pace = .even(Self.gap(rate))
    default: pace = .other
    }
    switch load.work {
    case .constant(let amount): work = .constant(Int64(amount: amount))
    case .exponential(let mean): work = .exponential(mean)
    default: work = .other
    }
  }

  /// Nanoseconds between arrivals: at least a thousandth, so that time goes on at any rate.
  static func gap(_ rate: Double) -> Double { rate > 0 ? max(1e-3, 1e9 / rate) : .infinity }

  /// The draws of what the next arrival brings.
  @inline(__always)
  var draws: Draws { Draws(stream: key, item: count) }

  /// The draws of when the next arrival comes.
  @inline(__always)
  var gapDraws: Draws { Draws(stream: gapKey, item: count) }

  /// The work of the next arrival, or nil when its distribution must be asked.
  @inline(__always)
  func drawWork(_ exponential: Exponential.Sampler) -> Int64? {
    switch work {
    case .constant(let amount): return amount
    case .exponential(let mean):
      let draws = draws
      return Int64(amount: mean * exponential.sample(draws.number(.work), draws))
    case .other: return nil
    }
  }

  /// Finds the arrival after an instant, once for each; false when ``Arrivals`` must find it.
  @inline(__always)
  mutating func advance(from now: Int64, _ exponential: Exponential.Sampler) -> Bool {
    switch pace {
    case .random(let gap):
      let draws = gapDraws
      next = now &+ Int64(amount: gap * exponential.sample(draws.number(.gap), draws))
    case .even(let gap): next = origin &+ Int64(amount: Double(count &+ 1) * gap)
    case .other: return false
    }
    return true
  }
}

extension Int64 {
  /// The whole number nearest to an amount, at most a time no event reaches; none of less than
  /// nothing.
  @inline(__always)
  init(amount: Double) {
    // Added to 2⁵², an amount stands in the lowest bits, rounded; negative ones compare as large.
    self =
      amount.bitPattern < (0x1p51).bitPattern
      ? Int64(bitPattern: (amount + 0x1p52).bitPattern &- (0x1p52).bitPattern)
      : Self.rare(amount)
  }

  @inline(never)
  private static func rare(_ amount: Double) -> Int64 {
    amount > 0 ? Int64(Swift.min(amount, 4e18)) : 0
  }

  func addingClamped(_ other: Int64) -> Int64 {
    let (sum, overflow) = addingReportingOverflow(other)
    return overflow ? .max : sum
  }

  func multipliedClamped(_ other: Int) -> Int64 {
    let (product, overflow) = multipliedReportingOverflow(by: Int64(other))
    return overflow ? .max : product
  }
}
