/// Servers side by side on a line, each as long as its whole weight.
struct WeightLine: Sendable {
  private var servers: [ServerID] = []
  /// Where each server's part ends.
  private var ends: [Int] = []

  /// The sum of all weights.
  var length: Int { ends.last ?? 0 }

  mutating func follow(_ view: borrowing View) {
    servers.removeAll(keepingCapacity: true)
    ends.removeAll(keepingCapacity: true)
    for (place, weight) in view.wholeWeights().enumerated() {
      servers.append(view.id(place))
      ends.append(length + weight)
    }
  }

  /// The server at a point from zero, below the length; O(log servers).
  func server(at point: Int) -> ServerID {
    var low = 0
    var high = max(0, ends.count - 1)
    while low < high {
      let middle = (low + high) / 2
      if ends[middle] <= point { low = middle + 1 } else { high = middle }
    }
    return servers[low]
  }
}
