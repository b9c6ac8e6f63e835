/// Rounding without the C mathematics library, which nothing else here needs to link.
extension Double {
  /// The nearest whole number, halves away from zero.
  var nearest: Double {
    let rest = self - whole
    return rest >= 0.5 ? whole + 1 : rest <= -0.5 ? whole - 1 : whole
  }

  /// The greatest whole number that is not above.
  var floored: Double { whole > self ? whole - 1 : whole }

  /// The least whole number that is not below.
  var ceiled: Double { whole < self ? whole + 1 : whole }

  /// The number without its fraction; from 2⁵² on a number has none.
  private var whole: Double {
    magnitude < 4_503_599_627_370_496 ? Double(Int64(self)) : self
  }
}
