/// A piece of a word, such as an argument inside its brackets.
struct Piece {
  var text: Substring
  var offset: Int

  /// The piece without blanks at its ends.
  var trimmed: Piece {
    let start = text.prefix { $0.isWhitespace }.count
    var kept = text.dropFirst(start)
    while kept.last?.isWhitespace == true { kept.removeLast() }
    return Piece(text: kept, offset: offset + start)
  }

  /// The parts between commas that stand in no brackets.
  func split(at separator: Character) -> [Piece] {
    var parts = [Piece(text: text.prefix(0), offset: offset)]
    var depth = 0
    for (index, character) in zip(text.indices, text) {
      if "([".contains(character) { depth += 1 }
      if ")]".contains(character) { depth -= 1 }
      let end = text.index(after: index)
      if character == separator && depth == 0 {
        let passed = text.distance(from: text.startIndex, to: end)
        parts.append(Piece(text: text[end..<end], offset: offset + passed))
      } else {
        let last = parts.count - 1
        parts[last].text = text[parts[last].text.startIndex..<end]
      }
    }
    return parts.map(\.trimmed)
  }
}

extension Reading {
  /// Reads how values are spread.
  func distribution(of measure: Measure) throws(Diagnostic) -> DistributionForm {
    try distribution(Piece(text: word.text[...], offset: 0), of: measure, depth: 0)
  }

  private func distribution(_ piece: Piece, of measure: Measure, depth: Int) throws(Diagnostic)
    -> DistributionForm
  {
    guard piece.text.first?.isLetter == true else {
      return .constant(try amount(piece, measure))
    }
    let examples = Self.examples(of: measure)
    guard let call = try call(piece, examples: examples) else {
      return .constant(try amount(piece, measure))
    }
    let arguments = call.arguments
    if call.name == "mix" {
      guard depth == 0 else { throw mistake("a mix can't be inside a mix", at: range(of: piece)) }
      return try mix(arguments, of: measure, at: piece)
    }
    let first = try amount(arguments[0], measure)
    if call.name == "exp" { return .exponential(mean: first) }
    if call.name == "uniform" {
      let high = try amount(arguments[1], measure)
      guard first <= high else {
        throw mistake(
          "the first value of uniform must be the smaller one", at: range(of: piece),
          try: replacing(piece, with: "uniform(\(arguments[1].text), \(arguments[0].text))"))
      }
      return .uniform(low: first, high: high)
    }
    let shape = try number(arguments[1], above: call.name == "pareto" ? 1 : 0)
    return call.name == "pareto"
      ? .pareto(mean: first, alpha: shape) : .lognormal(mean: first, sigma: shape)
  }

  private func mix(_ parts: [Piece], of measure: Measure, at piece: Piece) throws(Diagnostic)
    -> DistributionForm
  {
    var shares: [DistributionForm.Share] = []
    for part in parts {
      let sides = part.split(at: ":")
      guard sides.count == 2 else {
        throw mistake(
          "each part of mix is a share and a value, such as 99%: 10ms", at: range(of: part))
      }
      let share = try reading(sides[0], "the share").measure(.share, in: 0...1)
      let form = try distribution(sides[1], of: measure, depth: 1)
      shares.append(DistributionForm.Share(share: share, form: form))
    }
    let total = shares.reduce(0) { $0 + $1.share }
    guard abs(total - 1) < 1e-9 else {
      let percent = ((total * 1e6).rounded() / 1e4).typed
      throw mistake("the shares of mix add up to \(percent)%, not to 100%", at: range(of: piece))
    }
    return .mix(shares)
  }

  /// Reads how keys are spread.
  func keys() throws(Diagnostic) -> KeyForm {
    let piece = Piece(text: word.text[...], offset: 0)
    let examples = ["uniform(1000)", "zipf(1000, 1.1)"]
    guard let call = try call(piece, examples: examples) else {
      throw mistake("\(label) must be \(Kind.keys.description)")
    }
    let count = try Kind.count(1...1_000_000_000).read(
      reading(call.arguments[0], "the number of keys"))
    guard case .count(let keys) = count else { return .uniform(count: 1) }
    if call.name == "uniform" { return .uniform(count: keys) }
    return .zipf(count: keys, exponent: try number(call.arguments[1], above: 0))
  }

  /// Splits `name(a, b)`; nil if the piece has neither a known name nor brackets.
  ///
  /// As many arguments are returned as the example of that name has; a mix has any number.
  private func call(_ piece: Piece, examples: [String]) throws(Diagnostic)
    -> (name: String, arguments: [Piece])?
  {
    let name = String(piece.text.prefix { $0 != "(" && $0 != "[" })
    let names = examples.map { String($0.prefix { $0 != "(" }) }
    guard let example = examples.first(where: { $0.hasPrefix(name + "(") }) else {
      let meant = Suggestion.nearest(to: name, in: names)
      guard piece.text.count > name.count || meant != nil else { return nil }
      let rest = piece.text.count > name.count ? String(piece.text.dropFirst(name.count)) : ""
      let fixed = meant.map { rest.isEmpty ? examples[names.firstIndex(of: $0) ?? 0] : $0 + rest }
      throw mistake(
        "no distribution is called \(name.quoted)", at: part(piece.offset, name.count),
        try: fixed.map { replacing(piece, with: $0) },
        help: meant == nil ? "there is \(names.listed("and"))" : nil)
    }
    if piece.text.count == name.count, let next, next.text.hasPrefix("(") {
      throw Diagnostic(
        "the bracket touches \(name)", at: word.range.upperBound..<next.range.lowerBound,
        suggestion: source.replacing(word.range.upperBound..<next.range.lowerBound, with: ""))
    }
    guard piece.text.count > name.count + 1, piece.text.last == ")" else {
      throw mistake(
        "\(name) needs its values in brackets, as in \(example)", at: range(of: piece),
        try: replacing(piece, with: example))
    }
    let inside = Piece(
      text: piece.text.dropFirst(name.count + 1).dropLast(), offset: piece.offset + name.count + 1)
    let arguments = inside.split(at: ",")
    let wanted = example.filter { $0 == "," }.count + 1
    guard name == "mix" || arguments.count == wanted else {
      throw mistake(
        "\(name) takes \(wanted) value\(wanted == 1 ? "" : "s"), as in \(example)",
        at: range(of: inside), try: replacing(piece, with: example))
    }
    return (name, arguments)
  }

  static func examples(of measure: Measure) -> [String] {
    let sizes =
      measure == .duration ? ["100ms", "50ms", "150ms", "1s"] : ["1MiB", "512KiB", "2MiB", "1GiB"]
    return [
      "exp(\(sizes[0]))", "uniform(\(sizes[1]), \(sizes[2]))", "lognormal(\(sizes[0]), 1.0)",
      "pareto(\(sizes[0]), 1.5)", "mix(99%: \(sizes[1]), 1%: \(sizes[3]))",
    ]
  }

  private func amount(_ piece: Piece, _ measure: Measure) throws(Diagnostic) -> Double {
    try reading(piece, piece.offset == 0 ? label : "this value").measure(
      measure, in: 0...measure.limit)
  }

  private func number(_ piece: Piece, above bound: Double) throws(Diagnostic) -> Double {
    let value = try Kind.number(0...1e6).read(reading(piece, "this value"))
    guard case .quantity(let quantity) = value, quantity.value > bound else {
      throw mistake("this value must be above \(bound.typed)", at: range(of: piece))
    }
    return quantity.value
  }

  func range(of piece: Piece) -> Range<Int> { part(piece.offset, piece.text.count) }

  private func replacing(_ piece: Piece, with text: String) -> String {
    let start = word.text.prefix(piece.offset)
    return start + text + word.text.dropFirst(piece.offset + piece.text.count)
  }

  func reading(_ piece: Piece, _ label: String) -> Reading {
    let word = Word(text: String(piece.text), range: range(of: piece), isQuoted: false)
    return Reading(source: source, word: word, label: label, names: names)
  }
}
