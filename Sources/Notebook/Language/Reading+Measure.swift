extension Reading {
  /// Reads a number with its unit.
  func measure(_ measure: Measure, in range: ClosedRange<Double>) throws(Diagnostic) -> Double {
    let text = word.text
    guard let literal = Literal(text) else {
      let spelled = Suggestion.number(spelled: text).map { "\($0)" }
      let number =
        spelled ?? (text.first == "." && text.dropFirst().first?.isDigit == true ? "0" + text : nil)
      let apart = unitApart(measure)
      let end = apart == nil ? word.range.upperBound : next?.range.upperBound
      throw Diagnostic(
        "\(label) must be \(measure.noun) such as \(measure.example)", at: word.range,
        suggestion: number.map {
          source.replacing(
            word.range.lowerBound..<(end ?? word.range.upperBound),
            with: with(unit: apart ?? usualUnit(of: measure), $0))
        })
    }
    if literal.isNegative && range.lowerBound >= 0 {
      throw mistake(
        "\(label) can't be negative", at: part(0, literal.lead + literal.digits.count),
        try: String(text.dropFirst()))
    }
    let value = try self.value(of: literal, as: measure)
    guard value.isFinite, measure == .share || value <= max(measure.limit, range.upperBound) else {
      throw mistake("\(label) is too large; the most is \(measure.typed(range.upperBound))")
    }
    let signed = literal.isNegative ? -value : value
    guard range.contains(signed) else {
      if range.lowerBound == .leastNonzeroMagnitude, signed == 0 {
        throw mistake("\(label) must be above zero", try: example ?? measure.example)
      }
      throw mistake(
        "\(label) must be between \(measure.typed(range.lowerBound)) and "
          + "\(measure.typed(range.upperBound)), not \(text)",
        try: measure.typed(signed < range.lowerBound ? range.lowerBound : range.upperBound))
    }
    return signed
  }

  /// The value of a literal in a measure's own unit.
  private func value(of literal: Literal, as measure: Measure) throws(Diagnostic) -> Double {
    let suffix =
      measure == .money && literal.isMoney && literal.suffix.isEmpty ? "$" : String(literal.suffix)
    let digits = String(literal.digits)
    guard let number = literal.value else {
      throw mistake("\(label) is too large to be \(measure.noun)")
    }
    if measure == .money, !literal.isMoney {
      let isPlain = suffix.isEmpty || measure.unit(meantBy: suffix) != nil
      throw mistake("\(label) needs a $ before the number", try: isPlain ? "$" + digits : nil)
    }
    if suffix.isEmpty {
      let end = word.range.upperBound..<word.range.upperBound
      let message = "\(label) needs a unit: \(measure.unitNames.listed())"
      if let next, let unit = unitApart(measure) {
        throw Diagnostic(
          "a unit touches its number", at: word.range.upperBound..<next.range.lowerBound,
          suggestion: source.replacing(
            word.range.lowerBound..<next.range.upperBound, with: with(unit: unit, text)))
      }
      let isShare = measure == .share && number <= 1 && digits.contains(".")
      throw mistake(
        message, at: end,
        try: isShare ? measure.typed(number) : with(unit: usualUnit(of: measure), text))
    }
    if let value = measure.value(number, suffix) { return value }
    let place = part(literal.lead + literal.digits.count, suffix.count)
    if let meant = literal.meant, measure.unit(meantBy: suffix) == nil {
      throw mistake(
        "\(label) needs a unit: \(measure.unitNames.listed())",
        try: with(unit: usualUnit(of: measure), meant))
    }
    let meant =
      measure.unit(meantBy: suffix)
      ?? (suffix.count < 3 ? nil : Suggestion.nearest(to: suffix, in: measure.unitNames))
    throw mistake(
      "no unit \(suffix.quoted) for \(label); use \(measure.unitNames.listed())", at: place,
      try: with(unit: meant ?? usualUnit(of: measure), digits))
  }

  private var text: String { word.text }

  /// The unit to add to a bare number: the example's own, else the measure's.
  private func usualUnit(of measure: Measure) -> String {
    let unit = example.flatMap { Literal($0) }.map { String($0.suffix) }
    return measure.units.first { $0.suffix == unit }?.suffix ?? measure.usualUnit
  }

  private func with(unit: String, _ digits: String) -> String {
    unit == "$" ? "$" + digits : digits + unit
  }

  /// The unit that stands as a word of its own after the number.
  private func unitApart(_ measure: Measure) -> String? {
    guard let next else { return nil }
    return measure.units.contains { $0.suffix == next.text }
      ? next.text : measure.unit(meantBy: next.text)
  }
}
