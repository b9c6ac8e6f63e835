import Simulation
import Testing

struct SeriesTests {
  private func at(_ nanoseconds: Int64) -> Instant { Instant(nanoseconds: nanoseconds) }

  @Test
  func amountsLandInTheirBins() {
    var series = Series(width: .nanoseconds(10), bins: 4)
    #expect(series.sums.isEmpty)
    series.add(1, at: at(0))
    series.add(2, at: at(9))
    series.add(5, at: at(30))
    series.add(7, at: at(-3))
    #expect(series.sums == [10, 0, 0, 5])
    #expect(series.count == 4)
  }

  @Test
  func fullBinsJoinInPairs() {
    var series = Series(width: .nanoseconds(10), bins: 4)
    for time in [0, 10, 20, 30, 40] as [Int64] { series.add(UInt64(time) + 1, at: at(time)) }
    #expect(series.width == .nanoseconds(20))
    #expect(series.sums == [12, 52, 41])
    series.add(3, at: at(1000))
    #expect(series.width == .nanoseconds(320))
    #expect(series.sums == [105, 0, 0, 3])
  }

  /// In parts or at once, before or after a doubling: the same sums.
  @Test
  func integralsDoNotDependOnWhereTheyAreCut() {
    var whole = Series(width: .nanoseconds(7), bins: 8)
    whole.integrate(3, from: at(5), to: at(500))
    var parts = Series(width: .nanoseconds(7), bins: 8)
    var from: Int64 = 5
    for step in [1, 30, 0, 9, 200, 255] as [Int64] {
      parts.integrate(3, from: at(from), to: at(from + step))
      from += step
    }
    #expect(whole == parts)
    #expect(whole.sums.reduce(0, +) == 3 * 495)
    #expect(whole.width == .nanoseconds(112))
    #expect(whole.sums == [321, 336, 336, 336, 156])
  }

  @Test
  func extremesAreSafe() {
    var series = Series(width: .zero, bins: 0)
    series.integrate(.max, from: at(.min), to: .max)
    series.integrate(1, from: at(5), to: at(5))
    series.integrate(1, from: at(5), to: at(4))
    series.add(.max, at: .max)
    #expect(series.count == 2)
    #expect(series.sums.reduce(0, +) == UInt128(UInt64.max) * (UInt128(Int64.max) + 1))
  }

  @Test
  func aCopyIsASnapshot() {
    var series = Series(width: .nanoseconds(1), bins: 2)
    series.add(1, at: at(1))
    let copy = series
    series.add(1, at: at(100))
    #expect(copy.sums == [0, 1])
    #expect(copy.width == .nanoseconds(1))
  }
}
