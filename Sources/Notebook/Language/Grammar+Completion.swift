/// What can be typed at a place in a cell.
public struct Completion: Hashable, Sendable {
  /// Where the word to be exchanged begins, counted in Unicode scalars as a line editor does.
  public var start: Int

  /// The words that fit, each with one line about it; a value that has to be typed is not among them.
  public var candidates: [Candidate]

  /// The parameter that is expected, as in a usage line; empty at the end.
  public var hint: String
}

extension Grammar {
  /// What can be typed at `cursor`, counted in Unicode scalars.
  ///
  /// Mistakes before the cursor are passed over: completion helps while a line is still wrong.
  public func complete(_ text: String, at cursor: Int) -> Completion {
    let scalars = text.unicodeScalars.prefix(max(0, cursor))
    let before = String(String.UnicodeScalarView(scalars))
    let lexer = Lexer(before)
    if lexer.comments.last?.upperBound == lexer.source.count {
      return Completion(start: scalars.count, candidates: [], hint: "")
    }
    let partial = lexer.words.last.flatMap { $0.range.upperBound == lexer.source.count ? $0 : nil }
    let done = partial.map { lexer.source.text(0..<$0.range.lowerBound) } ?? before
    let typed = partial?.text ?? ""
    let doneCount = done.unicodeScalars.count
    guard let expected = expected(after: done) else {
      let all = specs.map { Candidate($0.name, $0.summary) }
      return Completion(start: doneCount, candidates: fitting(all, typed), hint: "")
    }
    if typed.hasPrefix("-") {
      return Completion(
        start: doneCount, candidates: fitting(expected.flags, typed), hint: expected.usage)
    }
    // Inside a list or a formula only the last piece is exchanged.
    let piece =
      expected.takesPieces
      ? String(typed.reversed().prefix { !" ,(+*/<>=[:".contains($0) }.reversed()) : typed
    let start = doneCount + typed.unicodeScalars.count - piece.unicodeScalars.count
    var candidates = fitting(expected.values, piece)
    if typed.isEmpty { candidates += expected.flags }
    return Completion(start: start, candidates: candidates, hint: expected.usage)
  }

  /// The grey text after an unfinished line: what may follow, as in a usage line.
  public func hint(_ text: String) -> String {
    guard !text.isEmpty, let expected = expected(after: text) else { return "" }
    return expected.usage
  }

  private func fitting(_ candidates: [Candidate], _ typed: String) -> [Candidate] {
    candidates.filter { $0.text.hasPrefix(typed) }
  }

  /// What may follow some words; nil before the command.
  private func expected(after text: String) -> Expected? {
    guard var reader = try? CommandReader(text, self) else {
      return Lexer(text).words.isEmpty ? nil : Expected(values: [], flags: [], usage: "")
    }
    while !reader.isAtEnd {
      let position = reader.position
      do throws(Diagnostic) {
        try reader.readNext()
      } catch {
        reader.position = max(reader.position, position + 1)
      }
    }
    let flags = reader.options.filter { $0.repeats || !reader.call.has($0.name) }
    let flagCandidates = flags.map { Candidate("--" + $0.name, $0.summary) }
    if let awaiting = reader.awaiting {
      return Expected(
        values: awaiting.kind.candidates(names), flags: [], usage: awaiting.kind.placeholder,
        takesPieces: awaiting.kind.takesPieces)
    }
    var values: [Candidate] = []
    var takesPieces = false
    for parameter in reader.pending {
      if let keyword = parameter.keyword {
        values.append(Candidate(keyword, parameter.summary))
      } else if !takesPieces {
        values += parameter.kind.candidates(names)
        takesPieces = parameter.kind.takesPieces
        if parameter.isRequired && !reader.call.has(parameter.name) { break }
      }
    }
    if let last = reader.call.arguments.last, case .expression = last.value {
      values = names(.measurement).map { $0 + values } ?? values
      takesPieces = true
    }
    let usage =
      reader.pending.map { $0.usage(asFlag: false) } + flags.map { $0.usage(asFlag: true) }
    return Expected(
      values: values, flags: flagCandidates, usage: usage.joined(separator: " "),
      takesPieces: takesPieces)
  }
}

/// What may follow.
private struct Expected {
  var values: [Candidate]
  var flags: [Candidate]
  var usage: String
  var takesPieces = false
}

extension Kind {
  /// Whether only the last piece of a word is completed, as after a comma.
  fileprivate var takesPieces: Bool {
    switch self {
    case .expression, .expressions, .series: true
    default: false
    }
  }

  /// The words that can be typed.
  fileprivate func candidates(_ names: (NameKind) -> [Candidate]?) -> [Candidate] {
    switch self {
    case .choice(let variants, let kind):
      variants.map { Candidate($0.name, $0.summary) } + (kind.flatMap(names) ?? [])
    case .name(let kind), .expression(let kind), .expressions(let kind): names(kind) ?? []
    case .servers:
      (names(.server) ?? []) + [Candidate("all", "every server")]
    case .item(let sorts):
      sorts.flatMap { sort in
        sort == .server ? names(.server) ?? [] : sort == .request ? names(.request) ?? [] : []
      }
    case .distribution(let measure):
      Reading.examples(of: measure).map { Candidate($0) }
    case .keys:
      [
        Candidate("uniform(1000)", "every key alike"),
        Candidate("zipf(1000, 1.1)", "few keys often, many seldom"),
      ]
    case .either(let kinds): kinds.flatMap { $0.candidates(names) }
    case .group(let parts): parts.first?.kind.candidates(names) ?? []
    case .flag, .count, .number, .measure, .newName, .newNames, .word, .file, .text, .series, .rows:
      []
    }
  }
}
