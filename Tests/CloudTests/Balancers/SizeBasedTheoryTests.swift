import Cloud
import Simulation
import Testing

/// Small and large requests apart, against Pollaczek and Khinchine: each server is a queue of its own
/// with the works on its side of the cut-off.
@Suite("Small and large apart, as theory says")
struct SizeBasedTheoryTests {
  /// Works of some kind at random, cut in two.
  struct Case: CustomTestStringConvertible, Sendable {
    var testDescription: String
    var rate: Double
    var work: Distribution
    /// In seconds.
    var cutoff: Double
    var small: Side
    var large: Side

    /// The mean time in the system, weighted by how many are small and large.
    var mean: Double {
      [small, large].reduce(0) { $0 + $1.share * $1.time(rate: rate) }
    }
  }

  /// The works on one side of a cut-off: how many there are of all, and moments of their size.
  struct Side: Sendable {
    var share: Double
    var mean: Double
    var square: Double

    /// Pollaczek and Khinchine: service, and waiting behind what a Poisson stream brings.
    func time(rate: Double) -> Double {
      let rate = rate * share
      return mean + rate * square / (2 * (1 - rate * mean))
    }

    /// Evenly between two times.
    static func uniform(_ low: Double, _ high: Double, share: Double) -> Side {
      Side(
        share: share, mean: (low + high) / 2, square: (low * low + low * high + high * high) / 3)
    }
  }

  /// An exponential of mean 100 ms below and above the cut-off.
  private static func exponential(_ cutoff: Double) -> (small: Side, large: Side) {
    let mean = 0.1
    let beyond = Elementary.exp(-cutoff / mean)
    let first = beyond * (cutoff + mean)
    let second = beyond * (cutoff * cutoff + 2 * cutoff * mean + 2 * mean * mean)
    return (
      Side(
        share: 1 - beyond, mean: (mean - first) / (1 - beyond),
        square: (2 * mean * mean - second) / (1 - beyond)),
      Side(share: beyond, mean: first / beyond, square: second / beyond)
    )
  }

  static let cases: [Case] = [
    Case(
      testDescription: "two classes", rate: 5,
      work: .mix([
        Distribution.Share(9, .uniform(50e6, 150e6)),
        Distribution.Share(1, .uniform(500e6, 1500e6)),
      ]),
      cutoff: 0.3, small: .uniform(0.05, 0.15, share: 0.9), large: .uniform(0.5, 1.5, share: 0.1)),
    Case(
      testDescription: "an exponential cut in two", rate: 12, work: .exponential(mean: 100e6),
      cutoff: 0.168, small: exponential(0.168).small, large: exponential(0.168).large),
  ]

  @Test(arguments: cases)
  func `two queues, each with its own sizes`(_ item: Case) {
    var balancer = SizeBased()
    balancer.cutoff = item.cutoff
    var world = World(seed: 11, servers: 2, balancer: balancer)
    world.begin(
      Load(name: "main", shape: .poisson(perSecond: item.rate), work: item.work))
    let batch = 5000
    world.advance(until: Stop(settled: 2 * batch))
    var means: [Double] = []
    for number in 3...18 {
      world.beginMeasurement()
      world.advance(until: Stop(settled: number * batch))
      means.append((world.measurement.latency.mean ?? 0) / 1e9)
    }
    let estimate = Estimate(means)
    #expect(estimate.agrees(with: item.mean), "\(estimate), not \(item.mean)")
  }
}
