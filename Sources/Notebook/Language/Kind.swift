/// What may be typed for a parameter.
public enum Kind: Sendable {
  /// Nothing: the flag itself.
  case flag
  /// A whole number, `1_000_000`.
  case count(ClosedRange<Int>)
  /// A plain number, `1.5`; the lower bound `.leastNonzeroMagnitude` means above zero.
  case number(ClosedRange<Double>)
  /// A number with a unit, in seconds, bytes, …; bounds as with `number`.
  case measure(Measure, ClosedRange<Double>)
  /// One of some words, each with what it takes; or else a live name.
  case choice([Variant], orName: NameKind?)
  /// The name of something that exists.
  case name(NameKind)
  /// A name to give, such as `before-sale`.
  case newName
  /// Any one word.
  case word
  /// `s1`, `s2..s5` or `all`.
  case servers
  /// A numbered thing of the given sorts, such as `r12`, `r12.2`, `s3`.
  case item([Item.Sort])
  /// A file's path; quotation marks keep blanks.
  case file
  /// All the rest of the line.
  case text
  /// An expression over names of a kind, up to the next flag or keyword.
  case expression(NameKind)
  /// Expressions with commas between, up to the next flag or keyword.
  case expressions(NameKind)
  /// How values are spread: `100ms`, `exp(100ms)`, `mix(99%: 10ms, 1%: 1s)`.
  case distribution(Measure)
  /// How keys are spread: `uniform(1000)`, `zipf(1000, 1.1)`.
  case keys
  /// Values to go through: `50%,80%,90%` or `50%..99% by 7%`.
  case series
  /// A list of rows: `0%:10,10%:30`.
  case rows(RowForm)
  /// Names to give: `eu-a,eu-b`.
  case newNames
  /// Several values, one after another.
  case group([Parameter])
  /// A value of any of these kinds, the first that fits.
  case either([Kind])

  /// A whole number of at least one.
  public static let count = Kind.count(1...Int.max)
  /// A plain number above zero.
  public static let factor = Kind.number(.leastNonzeroMagnitude...1e12)
  /// A duration, zero included.
  public static let duration = Kind.measure(.duration)
  /// A size in bytes, zero included.
  public static let bytes = Kind.measure(.bytes)
  /// A rate above zero.
  public static let rate = Kind.positive(.rate)
  /// A share from 0% to 100%.
  public static let percent = Kind.measure(.share)
  /// An amount of dollars, zero included.
  public static let money = Kind.measure(.money)
  /// Words without anything after them.
  public static func words(_ names: String...) -> Kind {
    .choice(names.map { Variant($0) }, orName: nil)
  }
  /// One of some words, each with what it takes.
  public static func choice(_ variants: [Variant]) -> Kind { .choice(variants, orName: nil) }
  /// A number with a unit, zero included, up to the measure's own limit.
  public static func measure(_ measure: Measure) -> Kind { .measure(measure, 0...measure.limit) }
  /// A number with a unit, above zero.
  public static func positive(_ measure: Measure) -> Kind {
    .measure(measure, .leastNonzeroMagnitude...measure.limit)
  }
}

extension Kind {
  /// A noun phrase for messages: `a duration such as 20ms`.
  public var description: String {
    switch self {
    case .flag: "nothing"
    case .count(let range): "a whole number" + Kind.bounds(range)
    case .number(let range):
      range.lowerBound == .leastNonzeroMagnitude
        ? "a number above 0"
        : range.upperBound < 1e9
          ? "a number from \(range.lowerBound.typed) to \(range.upperBound.typed)" : "a number"
    case .measure(let measure, _): "\(measure.noun) such as \(measure.example)"
    case .choice(let variants, let name):
      (variants.map(\.name) + (name.map { ["the name of a \($0.noun)"] } ?? [])).listed()
    case .name(let kind): "the name of a \(kind.noun)"
    case .newName: "a name such as before-sale"
    case .word: "a word"
    case .servers: "servers such as s1, s2..s5 or all"
    case .item(let sorts): sorts.map { "\($0.article) \($0.noun) such as \($0.rawValue)1" }.listed()
    case .file: "a file"
    case .text: "some text"
    case .expression: "an expression such as latency.p99 < 300ms"
    case .expressions: "expressions such as latency.p99, servers"
    case .distribution(let measure):
      "\(measure.noun) such as \(measure.example) or \(example ?? "")"
    case .keys: "keys such as uniform(1000) or zipf(1000, 1.1)"
    case .series: "values such as 50%,80%,90% or 50%..90% by 10%"
    case .rows(let form): "a list such as \(form.example)"
    case .newNames: "names such as eu-a,eu-b"
    case .group(let parts):
      parts.map { "\($0.name), \($0.kind.description)" }.joined(separator: ", then ")
    case .either(let kinds): kinds.map(\.description).joined(separator: ", or ")
    }
  }

  /// The description without an example.
  var noun: String {
    if case .measure(let measure, _) = self { measure.noun } else { description }
  }

  /// A value to suggest where one is missing.
  public var example: String? {
    switch self {
    case .flag, .name, .word, .text: nil
    case .count(let range): String(range.contains(5) ? 5 : range.lowerBound)
    case .number(let range): range.contains(2) ? "2" : range.upperBound.typed
    case .measure(let measure, let range):
      range.contains(measure.exampleValue) ? measure.example : measure.typed(range.upperBound)
    case .choice(let variants, _): variants.first?.example
    case .newName: "mine"
    case .servers: "s1"
    case .item(let sorts): sorts.first.map { "\($0.rawValue)1" }
    case .file: "notes.md"
    case .expression: "latency.p99 < 300ms"
    case .expressions: "latency.p99"
    case .distribution(let measure): "exp(\(measure == .duration ? "100ms" : measure.example))"
    case .keys: "zipf(1000, 1.1)"
    case .series: "50%,80%,90%"
    case .rows(let form): form.example
    case .newNames: "eu-a,eu-b"
    case .group(let parts):
      parts.contains { $0.suggested == nil }
        ? nil : parts.compactMap(\.suggested).joined(separator: " ")
    case .either(let kinds): kinds.first?.example
    }
  }

  /// The placeholder in a usage line, mostly capitals: `D` for a duration, `R` for a rate.
  public var placeholder: String {
    switch self {
    case .flag: ""
    case .count: "N"
    case .number: "F"
    case .measure(let measure, _): measure.placeholder
    case .choice(let variants, nil) where variants.count < 5:
      variants.map(\.name).joined(separator: "|")
    case .name, .newName, .choice: "NAME"
    case .word: "WORD"
    case .servers: "S"
    case .item(let sorts): sorts.map { "\($0.rawValue)N" }.joined(separator: "|")
    case .file: "FILE"
    case .text: "TEXT"
    case .expression, .expressions: "EXPR"
    case .distribution: "W"
    case .keys: "K"
    case .series: "VALUES"
    case .rows: "LIST"
    case .newNames: "NAMES"
    case .group(let parts): parts.map { $0.name.uppercased() }.joined(separator: " ")
    case .either(let kinds): kinds.map(\.placeholder).joined(separator: "|")
    }
  }

  private static func bounds(_ range: ClosedRange<Int>) -> String {
    switch (range.lowerBound, range.upperBound) {
    case (.min, .max): ""
    case (let low, .max): " from \(low)"
    case (let low, let high): " \(low) to \(high)"
    }
  }
}

extension Variant {
  /// The word with examples of what must follow it.
  var example: String {
    let values = form.positionals.filter(\.isRequired).compactMap { parameter in
      parameter.suggested.map { (parameter.keyword.map { $0 + " " } ?? "") + $0 }
    }
    let flags = form.options.filter(\.isRequired).compactMap { option in
      option.suggested.map { "--\(option.name) \($0)" }
    }
    return ([name] + values + flags).joined(separator: " ")
  }
}

extension Measure {
  /// The placeholder in a usage line.
  var placeholder: String {
    switch self {
    case .duration: "D"
    case .rate: "R"
    case .bytes: "SIZE"
    case .share: "P"
    case .money: "$"
    }
  }

  /// The value of the example.
  var exampleValue: Double {
    switch self {
    case .duration: 0.02
    case .rate: 50
    case .bytes: 2_147_483_648
    case .share: 0.6
    case .money: 0.04
    }
  }
}
