/// Where a sampler gets further random numbers when its first one is not enough.
public protocol DrawSource {
  /// The next 64 random bits.
  mutating func extra() -> UInt64
}

extension DrawSource {
  /// A uniform integer in `0..<bound` made from a first draw; zero if the bound is below one.
  ///
  /// Exactly uniform: it asks for another draw with probability below bound ÷ 2⁶⁴.
  /// Source: Lemire, "Fast random integer generation in an interval" (2019).
  @inlinable
  public mutating func index(below bound: Int, first: UInt64) -> Int {
    guard bound > 1 else { return 0 }
    let range = UInt64(bound)
    var (high, low) = first.multipliedFullWidth(by: range)
    if low < range {
      let unfair = (0 &- range) % range
      while low < unfair {
        (high, low) = extra().multipliedFullWidth(by: range)
      }
    }
    return Int(high)
  }
}
