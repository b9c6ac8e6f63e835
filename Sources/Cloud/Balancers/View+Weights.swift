extension View {
  /// Whether any server accepts the request; O(servers) when that has to be looked up.
  var acceptsSomewhere: Bool {
    guard isFiltered else { return count > 0 }
    for place in 0..<count where accepts(place) { return true }
    return false
  }

  /// The place of the first server that accepts the request, in declared order; O(servers).
  var firstAccepting: Int? {
    for place in 0..<count where accepts(place) { return place }
    return nil
  }

  /// A weight as products take it: the nearest whole number, from 1 to a limit.
  func wholeWeight(_ place: Int, atMost limit: Int) -> Int {
    Self.whole(weight(place), atMost: limit)
  }

  /// The weights as products take them, by place.
  func wholeWeights(atMost limit: Int = Int(Int32.max)) -> [Int] {
    var weights: [Int] = []
    weights.reserveCapacity(count)
    for place in 0..<count { weights.append(wholeWeight(place, atMost: limit)) }
    return weights
  }

  /// How many points each server has when a unit of weight has so many, by place: at least one
  /// each, and fewer for everybody when the ring would have more than ``HashRing/limit``.
  package func pointCounts(perUnit points: Double) -> [Int] {
    var total = 0.0
    for place in 0..<count { total += weight(place) * points }
    let limit = Double(HashRing.limit)
    let scale = total > limit ? points * (limit / total) : points
    var counts: [Int] = []
    counts.reserveCapacity(count)
    for place in 0..<count {
      counts.append(Self.pointCount(weight(place) * scale))
    }
    return counts
  }

  /// As many whole points, at least one.
  static func pointCount(_ points: Double) -> Int { whole(points, atMost: HashRing.limit) }

  /// The nearest whole number, from 1 to a limit; 1 for what is no number.
  private static func whole(_ value: Double, atMost limit: Int) -> Int {
    let rounded = value.rounded()
    guard rounded > 1 else { return 1 }
    return rounded < Double(limit) ? Int(rounded) : limit
  }
}
