/// How much of all work came in requests of which size, as seen so far.
///
/// Sizes fall into classes a sixteenth of an octave wide at most, so memory is bounded: 960 sums,
/// kept so that adding and asking take ten steps each (Fenwick's tree).
struct WorkBySize: Sendable {
  private static let classes = 960
  private var sums = [Double](repeating: 0, count: classes + 1)
  private(set) var total = 0.0

  /// Adds a request's work, in nanoseconds.
  mutating func add(_ work: Int64) {
    let amount = Double(max(0, work))
    total += amount
    var place = Self.rank(of: work) + 1
    while place <= Self.classes {
      sums[place] += amount
      place += place & -place
    }
  }

  /// Which shares of all work are of smaller and of no larger a class; 0 and 1 when there is none.
  func shares(around work: Int64) -> (below: Double, upTo: Double) {
    guard total > 0 else { return (0, 1) }
    let rank = Self.rank(of: work)
    return (min(1, sum(below: rank) / total), min(1, sum(below: rank + 1) / total))
  }

  private func sum(below rank: Int) -> Double {
    var sum = 0.0
    var place = rank
    while place > 0 {
      sum += sums[place]
      place -= place & -place
    }
    return sum
  }

  /// The class of a size: exact below 16, then sixteen to the octave.
  private static func rank(of work: Int64) -> Int {
    guard work >= 16 else { return Int(max(0, work)) }
    let octave = Int64.bitWidth - 1 - work.leadingZeroBitCount
    return 16 * (octave - 3) + Int(work >> Int64(octave - 4)) & 15
  }
}
