package import Simulation

/// A histogram in which a sample loses half of its weight with each half-life.
///
/// A sample weighs weight × 2^((t − reference) ÷ half-life), so nothing ages but the reference,
/// which moves when the exponent passes 100. Adding is O(1), a percentile O(buckets). Source:
/// kubernetes/autoscaler, `pkg/recommender/util/histogram.go` and `decaying_histogram.go`.
package struct DecayingHistogram: Hashable, Sendable {
  package let layout: BucketLayout
  /// Nil when nothing is ever forgotten.
  package let halfLife: Duration?
  /// Weights as they were at the reference time.
  package private(set) var weights: [Double]
  package private(set) var total = 0.0
  private var reference: Instant?
  /// The first and the last bucket that hold anything.
  private var first: Int
  private var last = 0

  package init(_ layout: BucketLayout, halfLife: Duration?) {
    self.layout = layout
    self.halfLife = halfLife
    weights = Array(repeating: 0, count: layout.count)
    first = layout.count - 1
  }

  /// Whether there is nothing of any weight in it.
  package var isEmpty: Bool { weights[first] < layout.epsilon }

  /// Adds a sample of a weight that is not negative.
  package mutating func add(_ value: Double, weight: Double, at time: Instant) {
    let weight = weight * decay(at: time)
    let bucket = layout.bucket(of: value)
    weights[bucket] += weight
    total += weight
    guard weights[bucket] >= layout.epsilon else { return }
    first = min(first, bucket)
    last = max(last, bucket)
  }

  /// Takes a sample out again that was added with the same value, weight and time.
  package mutating func subtract(_ value: Double, weight: Double, at time: Instant) {
    let weight = weight * decay(at: time)
    let bucket = layout.bucket(of: value)
    func rest(_ sum: Double) -> Double { sum - weight < layout.epsilon ? 0 : sum - weight }
    total = rest(total)
    weights[bucket] = rest(weights[bucket])
    narrow()
  }

  /// The end of the bucket in which the weights, summed from below, reach that share of the total;
  /// the beginning of the last bucket if it is that one; 0 when there is nothing.
  package func percentile(_ share: Double) -> Double {
    guard !isEmpty else { return 0 }
    let threshold = share * total
    var sum = 0.0
    var bucket = first
    while bucket < last {
      sum += weights[bucket]
      if sum >= threshold { break }
      bucket += 1
    }
    return layout.start(of: min(bucket + 1, layout.count - 1))
  }

  /// Leaves buckets out at both ends that hold nothing.
  private mutating func narrow() {
    while first < layout.count - 1, weights[first] < layout.epsilon { first += 1 }
    while last > 0, weights[last] < layout.epsilon { last -= 1 }
  }
}

// MARK: - Forgetting

extension DecayingHistogram {
  /// What a sample of weight 1 weighs, seen from the reference; moves the reference if need be.
  private mutating func decay(at time: Instant) -> Double {
    guard let halfLife, halfLife > .zero else { return 1 }
    let origin = reference ?? rounded(time, to: halfLife)
    if time > origin + halfLife * 100 {
      let new = rounded(time, to: halfLife)
      let factor = Self.power(of: (((origin - new) / halfLife) + 0.5).rounded(.down))
      for bucket in weights.indices { weights[bucket] *= factor }
      total *= factor
      narrow()
      reference = new
      return Self.power(of: (time - new) / halfLife)
    }
    reference = origin
    return Self.power(of: (time - origin) / halfLife)
  }

  /// The nearest multiple of the half-life, so that moving the reference multiplies by a power of 2
  /// and rounds nothing.
  private func rounded(_ time: Instant, to halfLife: Duration) -> Instant {
    let rest = time.nanoseconds % halfLife.nanoseconds
    let floor = Instant(nanoseconds: time.nanoseconds - rest)
    return rest >= halfLife.nanoseconds - rest ? floor + halfLife : floor
  }

  /// 2 to a power, exact when the power is a whole number.
  private static func power(of exponent: Double) -> Double {
    guard exponent.magnitude < 2000 else { return exponent < 0 ? 0 : .greatestFiniteMagnitude }
    let whole = exponent.rounded(.down)
    return Double(
      sign: .plus, exponent: Int(whole), significand: Elementary.pow(2, exponent - whole))
  }
}

// MARK: - Checkpoints

extension DecayingHistogram {
  /// A histogram in small whole numbers, as it is stored between two runs.
  package struct Checkpoint: Hashable, Sendable {
    /// The total weight.
    package var total: Double
    /// The weight of each bucket that rounds to more than nothing; the heaviest weighs 10000.
    package var weights: [(bucket: Int, weight: Int)]

    package init(total: Double, weights: [(bucket: Int, weight: Int)]) {
      self.total = total
      self.weights = weights
    }

    package static func == (a: Self, b: Self) -> Bool {
      a.total == b.total && a.weights.elementsEqual(b.weights, by: ==)
    }

    package func hash(into hasher: inout Hasher) { hasher.combine(total) }
  }

  /// The histogram in whole numbers.
  package var checkpoint: Checkpoint {
    let ratio = 10_000 / (weights.max() ?? 0)
    var stored: [(bucket: Int, weight: Int)] = []
    for bucket in stride(from: first, through: last, by: 1) {
      let weight = Int(within: (weights[bucket] * ratio).rounded())
      if weight > 0 { stored.append((bucket, weight)) }
    }
    return Checkpoint(total: total, weights: stored)
  }

  /// Adds what was stored; buckets that do not exist are left out.
  package mutating func load(_ checkpoint: Checkpoint) {
    let known = checkpoint.weights.filter { weights.indices.contains($0.bucket) && $0.weight > 0 }
    let sum = known.reduce(0) { $0.addingClamped($1.weight) }
    guard sum > 0 else { return }
    let ratio = checkpoint.total / Double(sum)
    for (bucket, weight) in known {
      weights[bucket] += Double(weight) * ratio
      first = min(first, bucket)
      last = max(last, bucket)
    }
    total += checkpoint.total
    narrow()
  }
}
