/// How much of each server's weight falls into an instance's aperture.
///
/// The servers, each as long as its share of all weights, form a ring of length 1; so do the
/// instances, each as long as any other. An instance's aperture begins at its own place and is as
/// wide as a whole number of instances. Source: Finagle, aperture/WeightedAperture.scala and
/// DeterministicAperture.scala.
package enum ApertureWeights {
  /// Weights as shares of their sum; equal ones when the sum is not positive.
  package static func shares(_ weights: [Double]) -> [Double] {
    // Divided by the largest first, so that a sum of huge weights stays finite.
    let largest = weights.reduce(0) { max($0, $1) }
    guard largest > 0 else { return weights.map { _ in 1 / Double(weights.count) } }
    let scaled = weights.map { max(0, $0) / largest }
    let sum = scaled.reduce(0, +)
    return scaled.map { $0 / sum }
  }

  /// The length of the aperture: wide enough for so many servers, rounded up to whole instances.
  package static func width(aperture: Int, instances: Int, servers: Int) -> Double {
    guard instances > 0, servers > 0 else { return 1 }
    let own = 1 / Double(instances)
    let needed = Double(aperture) * (1 / Double(servers))
    return min(1, (needed / own).rounded(.up) * own)
  }

  /// What each server has inside the aperture from `start` on, as a share of the ring; O(n).
  package static func inside(_ weights: [Double], start: Double, width: Double) -> [Double] {
    let end = start + width
    var position = 0.0
    return shares(weights).map { share in
      let from = position
      let to = position + share
      position = to
      // Where the aperture goes around the end of the ring, it meets the server a turn later.
      let here = max(0, min(to, end) - max(from, start))
      let around = max(0, min(to + 1, end) - max(from + 1, start))
      let length = here + around
      return length < 1e-12 ? 0 : min(share, length)
    }
  }
}
