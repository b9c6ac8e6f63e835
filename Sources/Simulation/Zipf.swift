/// Zipf's distribution over ranks: rank k (counted from 0) has weight (k + 1)^−exponent.
///
/// Source: Hörmann, Derflinger, "Rejection-inversion to generate variates from monotone discrete
/// distributions" (1996): the area under the continuous weight is inverted and few are rejected.
@frozen
public struct Zipf: Hashable, Sendable {
  /// How many ranks there are, at least 1.
  public let count: Int
  /// How fast popularity falls, at least 0; 0 is uniform.
  public let exponent: Double

  /// The area at the left end, where rank 1 gets exactly its own weight, and at the right end.
  private let left: Double
  private let right: Double
  /// Closer to its rank than this, a point is accepted untested.
  private let sure: Double

  /// Ranks below a count with an exponent, both moved into range (1… and 0…100; NaN gives 0).
  public init(count: Int, exponent: Double) {
    let count = max(count, 1)
    let exponent = exponent > 0 ? min(exponent, 100) : 0
    self.count = count
    self.exponent = exponent
    self.left = Self.area(1.5, exponent) - 1
    self.right = Self.area(Double(count) + 0.5, exponent)
    let inner = Self.area(2.5, exponent) - Self.weight(2, exponent)
    self.sure = 2 - Self.position(inner, exponent)
  }

  /// A rank from 0 up to the count, made from a first draw.
  ///
  /// Complexity: O(1) whatever the count; about 1.1 draws.
  public func sample(first: UInt64, draws: inout some DrawSource) -> Int {
    var draw = first
    while true {
      let area = right + RandomStream.unit(draw) * (left - right)
      let position = Self.position(area, exponent)
      // Compared as fractions: the nearest integer may be beyond any Int.
      let last = Double(count)
      let rank = position < 1.5 ? 1 : position >= last ? last : Double(Int(position + 0.5))
      if rank - position <= sure
        || area >= Self.area(rank + 0.5, exponent) - Self.weight(rank, exponent)
      {
        return rank >= last ? count - 1 : Int(rank) - 1
      }
      draw = draws.extra()
    }
  }

  /// The weight of a rank counted from 1.
  private static func weight(_ rank: Double, _ exponent: Double) -> Double {
    Elementary.exp(-exponent * Elementary.log(rank))
  }

  /// The area under the weight from 1 to a position: (x^(1−s) − 1) ÷ (1 − s), or ln x for s = 1.
  private static func area(_ position: Double, _ exponent: Double) -> Double {
    let log = Elementary.log(position)
    let power = (1 - exponent) * log
    guard power.magnitude > 1e-5 else { return log * (1 + power / 2 * (1 + power / 3)) }
    return (Elementary.exp(power) - 1) / (1 - exponent)
  }

  /// The position with an area to its left.
  private static func position(_ area: Double, _ exponent: Double) -> Double {
    let power = (1 - exponent) * area
    guard power.magnitude > 1e-5 else {
      return Elementary.exp(area * (1 - power / 2 * (1 - 2 * power / 3)))
    }
    return Elementary.exp(Elementary.log(max(1 + power, 0)) / (1 - exponent))
  }
}
