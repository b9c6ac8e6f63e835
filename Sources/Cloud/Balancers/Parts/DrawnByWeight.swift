import Simulation

/// One server, as likely as its share of all weights: Walker's alias table as built by Vose.
///
/// A draw is O(1): its upper part names a cell, its lower part decides between the two servers
/// that share the cell. Building is O(n), at the first draw after a change of the fleet.
struct DrawnByWeight: Candidates {
  /// In each cell, the share of its own server as a fraction of 2⁶⁴.
  private var shares: [UInt64] = []
  /// In each cell, the server that has the rest.
  private var others: [Int32] = []

  @inline(__always)
  mutating func find(
    for request: borrowing Request, in view: borrowing View, using random: inout RandomStream
  ) -> Int {
    if shares.count != view.count { build(view) }
    let draw = random.next().multipliedFullWidth(by: UInt64(shares.count))
    let cell = Int(draw.high)
    return draw.low < shares[cell] ? cell : Int(others[cell])
  }

  mutating func changed(_ changes: FleetChanges, in view: borrowing View) { shares = [] }

  private mutating func build(_ view: borrowing View) {
    let count = view.count
    shares = [UInt64](repeating: .max, count: count)
    others = (0..<count).map { Int32($0) }
    let largest = Self.largestWeight(view)
    var sum = 0.0
    for place in 0..<count { sum += view.weight(place) / largest }
    // A cell is as wide as the mean weight: 1.
    var width: [Double] = []
    var narrow: [Int] = []
    var wide: [Int] = []
    for place in 0..<count {
      width.append(view.weight(place) / largest * Double(count) / sum)
      if width[place] < 1 { narrow.append(place) } else { wide.append(place) }
    }
    while let small = narrow.last, let big = wide.last {
      narrow.removeLast()
      shares[small] = UInt64(max(0, width[small]) * 0x1p64)
      others[small] = Int32(big)
      width[big] -= 1 - width[small]
      if width[big] < 1 {
        wide.removeLast()
        narrow.append(big)
      }
    }
  }

  private static func largestWeight(_ view: borrowing View) -> Double {
    var largest = 0.0
    for place in 0..<view.count { largest = max(largest, view.weight(place)) }
    return largest
  }

  func attempts(in view: borrowing View) -> Int { 20 }

  func search(_ count: Int, in view: borrowing View) -> String {
    "1 of \(view.count) at random, by weight"
  }

  func terms(_ place: Int, in view: borrowing View) -> String {
    var sum = 0.0
    for place in 0..<view.count { sum += view.weight(place) }
    return "weight \(Figure.plain(view.weight(place))) of \(Figure.plain(sum))"
  }
}
