extension Elementary {
  /// The cosine of an angle in whole turns, so that every multiple of a quarter is exact.
  public static func cosine(ofTurns turns: Double) -> Double {
    guard turns.isFinite else { return .nan }
    let part = abs(turns - turns.rounded())
    // From here on within half a turn; the other half is the mirror image.
    if part > 0.25 { return -quarter(0.5 - part) }
    return quarter(part)
  }

  /// For at most a quarter of a turn.
  private static func quarter(_ turns: Double) -> Double {
    let fullTurn = 0x1.921fb54442d18p+2
    if turns > 0.125 { return sine((0.25 - turns) * fullTurn) }
    let angle = turns * fullTurn
    return series(1, angle * angle, from: 0)
  }

  private static func sine(_ angle: Double) -> Double {
    series(angle, angle * angle, from: 1)
  }

  /// Taylor's series of the cosine or the sine, whose first term has that exponent; for angles up
  /// to π ÷ 4, where nine terms leave an error of 2⁻⁵⁸.
  private static func series(_ first: Double, _ square: Double, from exponent: Int) -> Double {
    var sum = 1.0
    for term in stride(from: 8, through: 1, by: -1) {
      let high = Double(2 * term + exponent)
      sum = 1 - sum * square / (high * (high - 1))
    }
    return first * sum
  }
}
