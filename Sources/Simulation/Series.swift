/// Amounts over time in a fixed number of bins, whose width doubles whenever they are full.
///
/// Memory is constant however long the world runs, and sums are exact integers, so that neither
/// the order of additions nor the moment of a doubling can be seen in them.
@frozen
public struct Series: Hashable, Sendable {
  /// How much time a bin covers; bin k begins at k widths after the world's start.
  public private(set) var width: Duration

  /// How many bins have begun: the last one is the latest that anything was added to.
  public private(set) var count: Int

  private var bins: [UInt128]

  /// An empty series; a width below 1 ns is taken as 1 ns, the number of bins is made even.
  public init(width: Duration, bins: Int = 512) {
    self.width = max(width, Duration(nanoseconds: 1))
    self.count = 0
    self.bins = Array(repeating: 0, count: 2 * min(max(bins / 2, 1), 1 << 20))
  }

  /// The sum of each bin that has begun, in order of time.
  public var sums: ArraySlice<UInt128> { bins.prefix(count) }

  /// Adds an amount to the bin of a moment; moments before the start belong to the first bin.
  ///
  /// Complexity: O(1), but for a doubling.
  public mutating func add(_ amount: UInt64, at instant: Instant) {
    bins[index(of: instant)] &+= UInt128(amount)
  }

  /// Adds a level's integral from one moment until before another, in level × nanoseconds.
  ///
  /// Integrating in parts gives the same sums. Complexity: O(bins touched).
  public mutating func integrate(_ level: UInt64, from start: Instant, to end: Instant) {
    var from = max(start, .zero)
    guard from < end else { return }
    let last = index(of: end - Duration(nanoseconds: 1))
    for index in index(of: from)...last {
      let next = index == last ? end : .zero + width * (index + 1)
      bins[index] &+= UInt128(level) &* UInt128((next - from).nanoseconds)
      from = next
    }
  }

  /// The bin of a moment, after as many doublings as make room for it.
  private mutating func index(of instant: Instant) -> Int {
    let nanoseconds = max(instant.nanoseconds, 0)
    while nanoseconds / width.nanoseconds >= Int64(bins.count) { double() }
    let index = Int(nanoseconds / width.nanoseconds)
    count = max(count, index + 1)
    return index
  }

  /// Joins bins in pairs.
  private mutating func double() {
    let half = bins.count / 2
    for index in 0..<half { bins[index] = bins[2 * index] &+ bins[2 * index + 1] }
    for index in half..<bins.count { bins[index] = 0 }
    width = width * 2
    count = (count + 1) / 2
  }
}
