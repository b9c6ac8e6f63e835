import Simulation

/// Where the buckets of a histogram begin.
///
/// Source: kubernetes/autoscaler, `vertical-pod-autoscaler/pkg/recommender/util/`
/// `histogram_options.go`.
package struct BucketLayout: Hashable, Sendable {
  /// How wide the buckets are.
  package enum Kind: Hashable, Sendable {
    /// All the same.
    case linear(width: Double)
    /// Each `ratio` times as wide as the one before.
    case exponential(first: Double, ratio: Double)
  }

  package let kind: Kind
  /// The number of buckets; the last one is open.
  package let count: Int
  /// Weights below this are none.
  package let epsilon: Double

  /// Buckets that reach up to `most`.
  package init(_ kind: Kind, upTo most: Double, epsilon: Double) {
    self.kind = kind
    self.epsilon = epsilon
    let buckets =
      switch kind {
      case .linear(let width): most / width
      case .exponential(let first, let ratio): Self.place(of: most, first, ratio)
      }
    count = max(1, min(Int(within: buckets.rounded(.up)), 1_000_000) + 1)
  }

  /// Cores: 0.01 at first, each 5 % wider, up to 1000.
  package static let cores = BucketLayout(
    .exponential(first: 0.01, ratio: 1.05), upTo: 1000, epsilon: 0.0001)
  /// Bytes: 10 MB at first, each 5 % wider, up to 1 TB.
  package static let bytes = BucketLayout(
    .exponential(first: 1e7, ratio: 1.05), upTo: 1e12, epsilon: 0.0001)

  /// The bucket that holds a value.
  package func bucket(of value: Double) -> Int {
    let place =
      switch kind {
      case .linear(let width): value / width
      case .exponential(let first, let ratio):
        value < first ? 0 : Self.place(of: value, first, ratio)
      }
    return max(0, min(Int(within: place), count - 1))
  }

  /// Where a bucket begins.
  package func start(of bucket: Int) -> Double {
    switch kind {
    case .linear(let width): Double(bucket) * width
    case .exponential(let first, let ratio):
      bucket == 0 ? 0 : first * (WholePower.of(ratio, bucket) - 1) / (ratio - 1)
    }
  }

  /// How many buckets lie below a value: the sum of a geometric series, solved for its length.
  private static func place(of value: Double, _ first: Double, _ ratio: Double) -> Double {
    Elementary.log(value * (ratio - 1) / first + 1) / Elementary.log(ratio)
  }
}
