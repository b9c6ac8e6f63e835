import Simulation

/// The numbers below a count in an order that a seed decides, one at a time.
///
/// Source: Fisher and Yates's shuffle as in Envoy's thread_aware_lb_impl.cc, by a Mersenne Twister
/// whose numbers are cut to the range and drawn again where they do not fit.
package struct SeededShuffle: Sequence, IteratorProtocol, Sendable {
  private var twister: MersenneTwister
  private var order: [Int]
  private var done = 0

  package init(_ count: Int, seed: UInt32) {
    twister = MersenneTwister(seed: seed)
    order = Array(0..<Swift.max(0, count))
  }

  package mutating func next() -> Int? {
    guard done < order.count else { return nil }
    order.swapAt(done, done + draw(below: order.count - done))
    done += 1
    return order[done - 1]
  }

  private mutating func draw(below count: Int) -> Int {
    let width = (1 << 32) / count
    while true {
      let number = Int(twister.next()) / Swift.max(1, width)
      if number < count { return number }
    }
  }
}

extension SeededShuffle {
  /// The first place whose load is at most 1: the key's own, then the others in the order of its
  /// hash; if there is none, the place with the least load, the first of equals.
  ///
  /// A load of nil is a server that does not accept the request.
  package static func detour(
    from first: Int?, among count: Int, hash: UInt64, load: (Int) -> Double?
  ) -> Int? {
    var best: (place: Int, load: Double)?
    func takes(_ place: Int) -> Bool {
      guard let load = load(place) else { return false }
      if load <= 1 { return true }
      if best.map({ load < $0.load }) ?? true { best = (place, load) }
      return false
    }
    if let first, takes(first) { return first }
    for place in SeededShuffle(count, seed: UInt32(truncatingIfNeeded: hash))
    where place != first && takes(place) {
      return place
    }
    return best?.place
  }
}
