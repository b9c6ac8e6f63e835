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
