extension Kind {
  /// Reads one word as this kind.
  func read(_ reading: Reading) throws(Diagnostic) -> Value {
    let text = reading.word.text
    switch self {
    case .count(let range): return .count(try readCount(reading, in: range))
    case .number(let range): return .quantity(Quantity(try readNumber(reading, in: range)))
    case .measure(let measure, let range):
      return .quantity(Quantity(try reading.measure(measure, in: range), measure.unit))
    case .choice(let variants, let kind):
      if variants.contains(where: { $0.name == text }) { return .word(text) }
      return .word(try readChoice(reading, variants, kind))
    case .name(let kind): return .word(try readChoice(reading, [], kind))
    case .newName: return .word(try readNewName(reading))
    case .word, .text, .file: return .word(text)
    case .servers: return .servers(try readServers(reading))
    case .item(let sorts):
      guard let item = Item(text), sorts.contains(item.sort) else {
        throw reading.mistake(
          "\(reading.label) must be \(description)", try: meantItem(text, sorts))
      }
      return .item(item)
    case .distribution(let measure): return .distribution(try reading.distribution(of: measure))
    case .keys: return .keys(try reading.keys())
    case .rows(let form): return .rows(try reading.rows(form))
    case .newNames: return .words(try reading.newNames())
    case .either(let kinds): return try readEither(reading, kinds)
    case .flag, .expression, .expressions, .series, .group:
      throw reading.mistake("\(reading.label) takes no single word")
    }
  }

  private func readCount(_ reading: Reading, in range: ClosedRange<Int>) throws(Diagnostic) -> Int {
    let text = reading.word.text
    let label = reading.label
    guard let literal = Literal(text), !literal.isMoney else {
      let meant = Suggestion.number(spelled: text).map(String.init)
      throw reading.mistake("\(label) must be \(description)", try: meant)
    }
    let digits = String(literal.digits.filter { $0 != "_" })
    if literal.isNegative && range.lowerBound >= 0 {
      throw reading.mistake(
        "\(label) can't be negative", at: reading.part(0, 1 + literal.digits.count),
        try: String(text.dropFirst()))
    }
    guard literal.suffix.isEmpty, digits.allSatisfy(\.isDigit) else {
      let whole = literal.value.flatMap { Int(exactly: $0.rounded(.up)) }.map(String.init)
      throw reading.mistake(
        "\(label) must be \(description), not \(text.quoted)", try: literal.meant ?? whole)
    }
    guard let number = Int((literal.isNegative ? "-" : "") + digits) else {
      throw reading.mistake("\(label) is too large: it must be \(description)")
    }
    guard range.contains(number) else {
      let nearest = min(max(number, range.lowerBound), range.upperBound)
      throw reading.mistake(
        "\(label) must be \(description), not \(number)", try: String(nearest))
    }
    return number
  }

  private func readNumber(_ reading: Reading, in range: ClosedRange<Double>) throws(Diagnostic)
    -> Double
  {
    let text = reading.word.text
    let label = reading.label
    guard let literal = Literal(text), !literal.isMoney else {
      let meant = text.first == "." ? "0" + text : nil
      throw reading.mistake(
        "\(label) must be \(description)",
        try: meant ?? Suggestion.number(spelled: text).map(String.init))
    }
    guard literal.suffix.isEmpty else {
      throw reading.mistake(
        "\(label) is a plain number, without \(String(literal.suffix).quoted)",
        at: reading.part(literal.lead + literal.digits.count, literal.suffix.count),
        try: literal.meant ?? String(literal.digits))
    }
    guard let value = literal.value else {
      throw reading.mistake("\(label) is too large: it must be \(description)")
    }
    let number = literal.isNegative ? -value : value
    guard range.contains(number) else {
      if number < 0, range.lowerBound >= 0 {
        throw reading.mistake("\(label) can't be negative", try: String(text.dropFirst()))
      }
      let nearest = number < range.lowerBound ? range.lowerBound : range.upperBound
      throw reading.mistake(
        "\(label) must be \(description), not \(text)",
        try: nearest == .leastNonzeroMagnitude ? example : nearest.typed)
    }
    return number
  }

  private func readChoice(_ reading: Reading, _ variants: [Variant], _ kind: NameKind?)
    throws(Diagnostic) -> String
  {
    let text = reading.word.text
    let live = kind.map { reading.names($0) } ?? []
    guard let live else { return text }
    if live.contains(where: { $0.text == text }) { return text }
    let names = variants.map(\.name) + live.map(\.text)
    let synonym = variants.first { $0.synonyms.contains(text.lowercased()) }?.name
    let meant = synonym ?? flags(of: text, names) ?? Suggestion.nearest(to: text, in: names)
    let noun = kind?.noun ?? reading.label
    var mistake = reading.mistake(
      noun.hasPrefix("--")
        ? "\(noun) takes \(names.listed()), not \(text.quoted)"
        : "no \(noun) is called \(text.quoted)", try: meant,
      help: meant != nil
        ? nil : names.isEmpty ? "there is none yet" : "there is \(names.listed("and"))")
    let start = reading.word.range.lowerBound
    mistake.example = variants.first { $0.name == meant }.map {
      reading.source.replacing(start..<reading.source.count, with: $0.example)
    }
    throw mistake
  }

  /// What `compare` takes in brackets, as flags: `two-choices(d=3)` is `two-choices --d 3`.
  private func flags(of text: String, _ names: [String]) -> String? {
    guard let open = text.firstIndex(of: "("), text.last == ")",
      names.contains(String(text[..<open]))
    else { return nil }
    let settings = text[open...].dropFirst().dropLast().split(separator: ",").map {
      "--" + $0.split { $0 == "=" || $0 == " " }.joined(separator: " ")
    }
    return ([String(text[..<open])] + settings).joined(separator: " ")
  }

  private func readNewName(_ reading: Reading) throws(Diagnostic) -> String {
    let text = reading.word.text
    let isProper = text.allSatisfy { $0.isLetter || $0.isNumber || $0 == "-" || $0 == "_" }
    guard isProper, text.first?.isLetter == true, text.last != "-", text.count <= 40 else {
      let kept = text.map { $0.isLetter || $0.isNumber ? $0 : "-" }.drop { !$0.isLetter }
      let meant = String(kept.prefix(40)).split(separator: "-").joined(separator: "-")
      throw reading.mistake(
        "a name is a letter, then letters, digits and hyphens, not \(text.quoted)",
        try: meant.isEmpty ? nil : meant)
    }
    if Item(text) != nil || ["all", "last"].contains(text) {
      throw reading.mistake("\(text.quoted) already means something else", try: "my-\(text)")
    }
    return text
  }

  private func readServers(_ reading: Reading) throws(Diagnostic) -> ServerSelection {
    let text = reading.word.text
    if text == "all" { return .all }
    func number(_ name: some StringProtocol) -> Int? {
      Item(String(name)).flatMap { $0.sort == .server ? $0.number : nil }
    }
    if let single = number(text) { return .range(single...single) }
    let separator = ["..", "…", "-", "–"].first { text.contains($0) }
    if let separator, let range = text.firstRange(of: separator) {
      let first = text[..<range.lowerBound]
      let last = text[range.upperBound...].drop { $0 == "." }
      guard let low = number(first), let high = number(last) ?? Int(last), high > 0 else {
        throw reading.mistake(
          "\(reading.label) must be \(description)", try: meantItem(text, [.server]))
      }
      let isProper = separator == ".." && "s\(low)..s\(high)" == text
      if low <= high, isProper { return .range(low...high) }
      throw reading.mistake(
        isProper ? "the range runs backwards" : "a range of servers is written s2..s5",
        try: "s\(min(low, high))..s\(max(low, high))")
    }
    let meant = Int(text).flatMap { $0 > 0 ? "s\($0)" : nil } ?? meantItem(text, [.server])
    throw reading.mistake("\(reading.label) must be \(description), not \(text.quoted)", try: meant)
  }

  /// `S3`, `server3` and `server-3` mean `s3`.
  private func meantItem(_ text: String, _ sorts: [Item.Sort]) -> String? {
    for sort in sorts {
      let number = text.drop { !$0.isDigit }
      let word = text.lowercased().prefix { $0.isLetter }
      guard Int(number) ?? 0 > 0, ["", String(sort.rawValue), sort.noun].contains(String(word))
      else {
        continue
      }
      return "\(sort.rawValue)\(number)"
    }
    return nil
  }

  private func readEither(_ reading: Reading, _ kinds: [Kind]) throws(Diagnostic) -> Value {
    var suggestion: String?
    for kind in kinds {
      do throws(Diagnostic) {
        return try kind.read(reading)
      } catch {
        suggestion = suggestion ?? error.suggestion
      }
    }
    throw Diagnostic(
      "\(reading.label) must be \(description)", at: reading.word.range, suggestion: suggestion)
  }
}
