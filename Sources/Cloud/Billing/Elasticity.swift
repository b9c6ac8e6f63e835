public import Simulation

/// How well the servers that were there followed what the load called for.
///
/// Source: the elasticity metrics of SPEC's research group (Herbst and others, "Ready for rain?",
/// 2016): accuracy and share of time, under and over.
public struct Elasticity: Hashable, Sendable {
  /// Servers needed and servers there, for a stretch of time.
  public struct Supply: Hashable, Sendable {
    /// For how long.
    public var length: Duration
    /// Servers that the load called for.
    public var demand: Double
    /// Servers in service.
    public var capacity: Double

    /// Servers needed and servers there.
    public init(length: Duration, demand: Double, capacity: Double) {
      self.length = length
      self.demand = demand
      self.capacity = capacity
    }
  }

  /// Server-time that was needed and not there.
  public private(set) var underProvisioned = Duration.zero
  /// Server-time that was there and not needed.
  public private(set) var overProvisioned = Duration.zero
  /// The longest time from too few servers to enough; nil when it goes on or there was none.
  public var timeToCapacity: Duration? { longest > lacking ? longest : nil }

  private var time = Duration.zero
  private var timeUnder = Duration.zero
  private var timeOver = Duration.zero
  private var lacking = Duration.zero
  private var longest = Duration.zero

  /// Stretches in order.
  public init(_ stretches: some Sequence<Supply> = []) {
    for stretch in stretches { add(stretch) }
  }

  /// Takes in the next stretch.
  public mutating func add(_ stretch: Supply) {
    let (length, missing) = (stretch.length, stretch.demand - stretch.capacity)
    time += length
    if missing > 0 {
      underProvisioned += length * missing
      timeUnder += length
      lacking += length
      return
    }
    longest = max(longest, lacking)
    lacking = .zero
    guard missing < 0 else { return }
    overProvisioned += length * -missing
    timeOver += length
  }

  /// The shares of the time with too few and with too many servers; nil without any time.
  public var timeShares: (under: Double, over: Double)? {
    time > .zero ? (timeUnder / time, timeOver / time) : nil
  }
}
