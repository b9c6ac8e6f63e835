extension CommandReader {
  /// Reads `--flag`, `--flag VALUE` or `--flag=VALUE`.
  mutating func readFlag(_ word: Word) throws(Diagnostic) {
    let name = String(word.text.dropFirst(2).prefix { $0 != "=" })
    let flag =
      word.range.lowerBound..<min(word.range.lowerBound + 2 + name.count, word.range.upperBound)
    position += 1
    guard let option = options.first(where: { $0.name == name }) else {
      throw unknownFlag(name, at: flag)
    }
    if call.has(name), !option.repeats {
      var end = word.range
      if word.text.count == name.count + 2, !isAtEnd, !words[position].isFlag {
        end = end.lowerBound..<words[position].range.upperBound
      }
      throw Diagnostic("--\(name) is given twice", at: flag, suggestion: source.removing(end))
    }
    let inline = word.text.count > name.count + 2
    if case .flag = option.kind {
      guard !inline else {
        throw Diagnostic(
          "--\(name) takes no value", at: flag.upperBound..<word.range.upperBound,
          suggestion: source.replacing(flag.upperBound..<word.range.upperBound, with: ""))
      }
      call.arguments.append(Argument(name, .flag, at: flag, text: word.text))
      return
    }
    guard inline else { return try readValue(option, label: "--\(name)") }
    let value = Word(
      text: String(word.text.dropFirst(name.count + 3)),
      range: flag.upperBound + 1..<word.range.upperBound, isQuoted: false)
    try append(
      option.kind.read(reading(value, "--\(name)", example: option.suggested)), to: option,
      at: value.range)
  }

  private func unknownFlag(_ name: String, at range: Range<Int>) -> Diagnostic {
    let meant = Suggestion.nearest(to: name, in: options.map(\.name))
    let owner = variantsAhead.first { variant in variant.form.options.contains { $0.name == name } }
    if meant == nil, let owner {
      let isChosen = path.count > 1
      return Diagnostic(
        isChosen
          ? "\(subject) has no option --\(name); \(owner.name) has"
          : "--\(name) belongs after \(owner.name)", at: range, help: "usage: \(usage)")
    }
    if options.isEmpty {
      return Diagnostic(
        "\(subject) takes no flags", at: range, suggestion: source.removing(range))
    }
    return Diagnostic(
      "\(subject) has no option --\(name)", at: range,
      suggestion: meant.map { source.replacing(range, with: "--\($0)") },
      help: meant == nil ? "usage: \(usage)" : nil)
  }

  /// The words of the choices this command offers.
  private var variantsAhead: [Variant] {
    forms.flatMap(\.positionals).flatMap(\.variants)
  }

  /// Reads the word as the first positional it can be, or as the keyword before one.
  mutating func readPositional(_ word: Word) throws(Diagnostic) {
    if !word.isQuoted, let index = pending.firstIndex(where: { $0.keyword == word.text }) {
      let parameter = pending[index]
      if let passed = pending[..<index].first(where: {
        $0.keyword == nil && $0.isRequired && !call.has($0.name)
      }) {
        throw missing(passed)
      }
      let rest = parameter.repeats ? index : index + 1
      pending = pending[..<index].filter { $0.keyword != nil } + pending[rest...]
      position += 1
      return try readValue(parameter, label: parameter.name)
    }
    while let index = pending.firstIndex(where: { $0.keyword == nil }) {
      let parameter = pending[index]
      let later = pending[(index + 1)...].filter { $0.keyword == nil }
      let isGiven = call.has(parameter.name)
      // A choice that is meant takes words of its own.
      let hasRoom = wordsAhead <= later.count || later.contains { $0.kind.isMeant(by: word) }
      let canPass = isGiven || !parameter.isRequired && hasRoom
      if canPass, !later.isEmpty, !fits(word, parameter) {
        pending.remove(at: index)
        continue
      }
      if !parameter.repeats { pending.remove(at: index) }
      do throws(Diagnostic) {
        return try readValue(parameter, label: parameter.name)
      } catch {
        throw bareFlag(word) ?? meant(instead: word, error)
      }
    }
    if let flag = bareFlag(word) { throw flag }
    if let keyword = pending.first(where: \.isRequired)?.keyword {
      let start = word.range.lowerBound
      throw Diagnostic(
        "\(keyword.quoted) is missing before this", at: word.range,
        suggestion: source.replacing(start..<start, with: keyword + " "))
    }
    let positionals = forms.flatMap(\.positionals).filter { $0.keyword == nil }
    let count = max(0, positionals.count - (path.count - 1))
    let values = count == 1 ? "1 value" : "\(count) values"
    throw Diagnostic(
      count == 0
        ? "\(subject) takes \(options.isEmpty ? "nothing after it" : "only flags")"
        : "\(subject) takes \(values); nothing is expected here", at: word.range,
      suggestion: source.removing(word.range))
  }

  /// How many positional words follow, this one included.
  private var wordsAhead: Int {
    words[position...].prefix { word in
      !word.isFlag && !pending.contains { $0.keyword == word.text }
    }.count
  }

  private func fits(_ word: Word, _ parameter: Parameter) -> Bool {
    switch parameter.kind {
    case .expression, .expressions, .text, .series, .group: true
    default: (try? parameter.kind.read(reading(word, parameter.name))) != nil
    }
  }

  /// The mistake of a word that is no choice, with the line the command knows to be meant.
  private func meant(instead word: Word, _ mistake: Diagnostic) -> Diagnostic {
    guard word == words[1], let line = call.spec.meaning?(words.dropFirst().map(\.text)) else {
      return mistake
    }
    return Diagnostic(mistake.message, at: mistake.range, suggestion: line)
  }

  /// A flag's name typed without its hyphens.
  private func bareFlag(_ word: Word) -> Diagnostic? {
    guard !word.isQuoted, options.contains(where: { $0.name == word.text }) else { return nil }
    return Diagnostic(
      "a flag begins with two hyphens", at: word.range,
      suggestion: source.replacing(word.range, with: "--" + word.text))
  }

  func reading(_ word: Word, _ label: String, example: String? = nil) -> Reading {
    let next = words.first { $0.range.lowerBound >= word.range.upperBound }
    return Reading(
      source: source, word: word, label: label, names: grammar.names, example: example, next: next)
  }

  private mutating func append(_ value: Value, to parameter: Parameter, at range: Range<Int>) {
    var argument = Argument(parameter.name, value, at: range, text: source.text(range))
    if case .text = parameter.kind { argument.isFreeText = true }
    call.arguments.append(argument)
    guard case .choice(let variants, _) = parameter.kind, case .word(let name) = value,
      let variant = variants.first(where: { $0.name == name })
    else { return }
    path.append(name)
    pending = variant.form.positionals + pending
    options += variant.form.options
    forms.append(variant.form)
  }

  /// Reads the value of a parameter, of as many words as its kind takes.
  mutating func readValue(_ parameter: Parameter, label: String) throws(Diagnostic) {
    let start = position
    let value = try value(of: parameter, label: label)
    let range = words[start].range.lowerBound..<words[position - 1].range.upperBound
    append(value, to: parameter, at: range)
  }

  private mutating func value(of parameter: Parameter, label: String) throws(Diagnostic) -> Value {
    guard !isAtEnd, !words[position].isFlag else {
      awaiting = parameter
      throw Diagnostic(
        "\(label) needs \(parameter.kind.description) after it", at: gap..<gap,
        suggestion: parameter.suggested.map { source.inserting($0, at: gap) })
    }
    switch parameter.kind {
    case .text: return .word(readText())
    case .expression, .expressions:
      return .expression(expressionRange())
    case .series: return try readSeries(label)
    case .rows, .newNames:
      var word = words[position]
      position += 1
      join(to: &word)
      return try parameter.kind.read(reading(word, label, example: parameter.suggested))
    case .group(let parts):
      var values: [Argument] = []
      for part in parts {
        let start = position
        let value = try value(of: part, label: "\(label) \(part.name)")
        let range = words[start].range.lowerBound..<words[position - 1].range.upperBound
        values.append(Argument(part.name, value, at: range, text: source.text(range)))
      }
      return .group(values)
    default:
      let word = words[position]
      let value = try parameter.kind.read(reading(word, label, example: parameter.suggested))
      position += 1
      return value
    }
  }

  /// Takes the rest of the line, its comment left out; or what is in quotation marks.
  private mutating func readText() -> String {
    let first = words[position]
    let isOneQuotation = first.isQuoted && position == words.count - 1
    position = words.count
    if isOneQuotation { return first.text }
    let comment = comments.first { $0.lowerBound > first.range.lowerBound }?.lowerBound
    let end = min(comment ?? source.count, words.last?.range.upperBound ?? source.count)
    var text = source.text(first.range.lowerBound..<end)
    while text.last?.isWhitespace == true { text.removeLast() }
    return text
  }

  /// Takes words up to the next flag or keyword; an `else` that an `if` waits for is no keyword.
  private mutating func expressionRange() -> Range<Int> {
    let start = position
    var ifs = 0
    while !isAtEnd, !words[position].isFlag {
      let word = words[position].text
      if word == "if" { ifs += 1 }
      if word == "else", ifs > 0 {
        ifs -= 1
      } else if position > start, pending.contains(where: { $0.keyword == word }) {
        break
      }
      position += 1
    }
    return words[start].range.lowerBound..<words[position - 1].range.upperBound
  }

  /// Takes `a,b,c`, with blanks after the commas if one likes, or `a..b by c`.
  private mutating func readSeries(_ label: String) throws(Diagnostic) -> Value {
    var word = words[position]
    position += 1
    join(to: &word)
    if word.text.contains(".."), !isAtEnd, words[position].text == "by" {
      joinNext(to: &word)
      if !isAtEnd, !words[position].isFlag { joinNext(to: &word) }
    }
    return .series(try reading(word, label).series())
  }

  /// Takes what is parted from a list by nothing but blanks beside a comma.
  private mutating func join(to word: inout Word) {
    while !isAtEnd, word.text.hasSuffix(",") || words[position].text.hasPrefix(","),
      !words[position].isFlag
    {
      joinNext(to: &word)
    }
  }

  private mutating func joinNext(to word: inout Word) {
    let next = words[position]
    word.text += " " + next.text
    word.range = word.range.lowerBound..<next.range.upperBound
    position += 1
  }
}

extension Kind {
  /// Whether it is one of some words, of which this is one or nearly so.
  fileprivate func isMeant(by word: Word) -> Bool {
    guard case .choice(let variants, _) = self else { return false }
    let names = variants.flatMap { [$0.name] + $0.synonyms }
    return Suggestion.nearest(to: word.text, in: names) != nil
  }
}
