/// What a statistical test asks of some samples.
struct Sample {
  let sorted: [Double]

  init(count: Int, _ draw: () -> Double) {
    sorted = (0..<count).map { _ in draw() }.sorted()
  }

  var count: Double { Double(sorted.count) }

  /// The mean of a power of the samples.
  func moment(_ power: Int) -> Double {
    sorted.reduce(0) { sum, value in sum + (0..<power).reduce(1.0) { product, _ in product * value }
    }
      / count
  }

  /// The largest distance between the samples' distribution function and another.
  ///
  /// Kolmogorov: above 1.95 / √n with probability 1/1000.
  func distance(from cumulative: (Double) -> Double) -> Double {
    var largest = 0.0
    for (index, value) in sorted.enumerated() {
      let expected = cumulative(value)
      largest = max(largest, expected - Double(index) / count, Double(index + 1) / count - expected)
    }
    return largest
  }

  /// How many standard errors lie between the share of samples up to a value and a probability.
  func errors(upTo value: Double, probability: Double) -> Double {
    let share = Double(sorted.count { $0 <= value }) / count
    return (share - probability) / (probability * (1 - probability) / count).squareRoot()
  }
}
