/// How a reading is compared with a threshold.
public enum Comparison: String, CaseIterable, Sendable {
  /// Over it.
  case above = ">"
  /// At it or over.
  case atLeast = ">="
  /// Under it.
  case below = "<"
  /// At it or under.
  case atMost = "<="

  /// Whether a reading is on that side of a threshold.
  public func holds(_ reading: Double, _ threshold: Double) -> Bool {
    switch self {
    case .above: reading > threshold
    case .atLeast: reading >= threshold
    case .below: reading < threshold
    case .atMost: reading <= threshold
    }
  }
}
