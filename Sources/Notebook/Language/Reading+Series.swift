extension Reading {
  /// The most values a series may have.
  private static let most = 1000

  /// Reads `50%,80%,90%` or `50%..99% by 7%`.
  ///
  /// A range is counted in the unit it is typed in, so that its last value is met exactly.
  func series() throws(Diagnostic) -> [Quantity] {
    let text = word.text
    guard let dots = text.firstRange(of: "..") else { return try list() }
    let first = text[..<dots.lowerBound]
    let tail = text[dots.upperBound...].split(separator: " ", omittingEmptySubsequences: true)
    guard tail.count == 3, tail[1] == "by" else {
      let step = tail.first.map {
        Literal(String($0)).map { $0.isMoney ? "$1" : "1" + $0.suffix } ?? "1"
      }
      throw mistake(
        "a range of values needs a step, as in 50%..90% by 10%",
        try: tail.isEmpty ? nil : "\(first)..\(tail[0]) by \(step ?? "1")")
    }
    let low = try literal(String(first))
    let high = try literal(String(tail[0]))
    let step = try literal(String(tail[2]))
    guard low.suffix == high.suffix, low.suffix == step.suffix, low.isMoney == high.isMoney,
      low.isMoney == step.isMoney
    else {
      throw mistake("both ends of the range and its step need the same unit")
    }
    guard let from = low.value, let to = high.value, let by = step.value, by > 0, from <= to else {
      throw mistake("a range of values runs upwards, by a step above zero")
    }
    let count = ((to - from) / by + 1e-9).rounded(.down)
    guard count < Double(Self.most) else {
      throw mistake("that is more than \(Self.most) values; take a larger step")
    }
    return try (0...Int(count)).map { step throws(Diagnostic) in
      try quantity(low, value: from + Double(step) * by)
    }
  }

  private func list() throws(Diagnostic) -> [Quantity] {
    let parts = word.text.split(separator: ",", omittingEmptySubsequences: false)
    var values: [Quantity] = []
    for part in parts {
      let text = String(part.filter { !$0.isWhitespace })
      if text.first?.isLetter == true, text.allSatisfy({ $0.isLetter || $0.isDigit || $0 == "-" }) {
        values.append(Quantity(name: text))
      } else {
        let literal = try literal(text)
        values.append(try quantity(literal, value: literal.value ?? 0))
      }
    }
    return values
  }

  private func literal(_ text: String) throws(Diagnostic) -> Literal {
    guard let literal = Literal(text), !literal.isNegative, literal.value != nil else {
      throw mistake("\(label) must be \(Kind.series.description)")
    }
    return literal
  }

  private func quantity(_ literal: Literal, value: Double) throws(Diagnostic) -> Quantity {
    let suffix = literal.isMoney && literal.suffix.isEmpty ? "$" : String(literal.suffix)
    if suffix.isEmpty { return Quantity(value) }
    for measure in Measure.allCases {
      if measure == .money, !literal.isMoney { continue }
      if let value = measure.value(value, suffix) { return Quantity(value, measure.unit) }
    }
    throw mistake("no unit is called \(suffix.quoted)")
  }
}
