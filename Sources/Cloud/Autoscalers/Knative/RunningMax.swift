/// The largest value of the last so many steps, in O(1) amortised.
///
/// Source: knative/serving, `pkg/autoscaler/aggregation/max/window.go`, after Harter, "The minimum
/// on a sliding window algorithm" (2001).
public struct RunningMax: Sendable {
  /// How many steps it looks back, this one included.
  public let length: Int
  /// Candidates, each less than the one before it and later.
  private var maxima: [(index: Int, value: Double)] = []

  /// The largest of the last `length` steps; of one at least.
  public init(length: Int) { self.length = max(1, length) }

  /// The largest value now; nil before the first.
  public var current: Double? { maxima.first?.value }

  /// Takes in the value of a step; steps come in order, and of one step's values the largest counts.
  public mutating func record(_ value: Double, at index: Int) {
    var value = value
    while let last = maxima.last, !(value < last.value) { maxima.removeLast() }
    maxima.removeAll { index.subtractingReportingOverflow($0.index).partialValue >= length }
    if let last = maxima.last, last.index == index {
      value = max(value, last.value)
      maxima.removeLast()
    }
    maxima.append((index, value))
  }
}
