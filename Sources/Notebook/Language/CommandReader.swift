/// Reads the words of one command, keeping account of what may still follow.
struct CommandReader {
  let grammar: Grammar
  let source: Source
  let words: [Word]
  let problems: [Diagnostic]
  let comments: [Range<Int>]
  var position = 1
  var call: Call

  /// The command and the choices made, as in `load poisson`.
  var path: [String]

  /// The positionals that may still follow.
  var pending: [Parameter]

  /// The flags that may be given.
  var options: [Parameter]

  /// The forms of the command and of the choices made.
  var forms: [Form]

  /// The parameter whose value the line broke off before.
  var awaiting: Parameter?

  /// The columns of each typed argument, its flag or keyword included.
  var spans: [(name: String, range: Range<Int>)] = []

  /// Finds the command; nil if there are no words.
  init?(_ text: String, _ grammar: Grammar) throws(Diagnostic) {
    let lexer = Lexer(text)
    self.grammar = grammar
    source = lexer.source
    words = lexer.words
    problems = lexer.problems
    comments = lexer.comments
    guard let head = words.first else { return nil }
    guard let spec = grammar.specs.first(where: { $0.name == head.text }) else {
      throw Self.unknown(head, lexer.source, grammar)
    }
    call = Call(spec: spec, source: text, nameRange: head.range)
    path = [spec.name]
    pending = spec.form.positionals
    options = spec.form.options
    forms = [spec.form]
  }

  var isAtEnd: Bool { position >= words.count }

  /// The command and the choices made.
  var subject: String { path.joined(separator: " ") }

  /// Where a missing word would go.
  var gap: Int { words[min(position, words.count) - 1].range.upperBound }

  /// Reads one flag or one positional, with its value.
  mutating func readNext() throws(Diagnostic) {
    let word = words[position]
    let start = call.arguments.count
    if word.isFlag {
      try readFlag(word)
    } else if !word.isQuoted, word.text.count > 1, let dash = word.text.first, "-–—".contains(dash),
      word.text.dropFirst().first?.isLetter == true
    {
      throw Diagnostic(
        "a flag begins with two hyphens", at: word.range.lowerBound..<word.range.lowerBound + 1,
        suggestion: source.replacing(
          word.range.lowerBound..<word.range.lowerBound + 1, with: "--"))
    } else {
      try readPositional(word)
    }
    for argument in call.arguments[start...] {
      spans.append((argument.name, word.range.lowerBound..<argument.range.upperBound))
    }
  }

  /// Checks what is missing or too much, and fills in the defaults.
  func finish() throws(Diagnostic) -> Call {
    let texts = call.arguments.filter(\.isFreeText).map(\.range)
    for problem in problems
    where !texts.contains(where: { $0.contains(problem.range?.lowerBound ?? 0) }) {
      throw problem
    }
    for form in forms {
      for alternatives in form.alternatives { try check(alternatives, of: form) }
    }
    if let missing = pending.first(where: { $0.isRequired && !call.has($0.name) }) {
      throw self.missing(missing)
    }
    if let missing = options.first(where: { $0.isRequired && !call.has($0.name) }) {
      let example = missing.suggested.map { source.inserting("--\(missing.name) \($0)", at: gap) }
      throw Diagnostic(
        "\(subject) needs --\(missing.name), \(missing.kind.description)", at: gap..<gap,
        suggestion: example)
    }
    var full = call
    for form in forms {
      for parameter in form.positionals + form.options where !full.has(parameter.name) {
        if let argument = parameter.defaultArgument(at: call.nameRange) {
          full.arguments.append(argument)
        }
      }
    }
    return full
  }

  private func check(_ alternatives: Alternatives, of form: Form) throws(Diagnostic) {
    let given = alternatives.names.filter { call.has($0) }
    let shown = alternatives.names.map { label(of: $0, in: form) }
    if given.count > 1, let second = spans.first(where: { $0.name == given[1] }) {
      let labels = given.prefix(2).map { label(of: $0, in: form) }
      throw Diagnostic(
        "\(subject) takes \(labels[0]) or \(labels[1]), not both", at: second.range,
        suggestion: source.removing(second.range))
    }
    if given.isEmpty, alternatives.isRequired {
      let first = form.positionals.first { $0.name == alternatives.names.first }
      throw Diagnostic(
        "\(subject) needs \(shown.listed())", at: gap..<gap,
        suggestion: first?.suggested.map { source.inserting($0, at: gap) })
    }
  }

  private func label(of name: String, in form: Form) -> String {
    guard let positional = form.positionals.first(where: { $0.name == name }) else {
      return "--\(name)"
    }
    return positional.kind.noun
  }

  /// The diagnostic for a positional that must follow.
  func missing(_ parameter: Parameter) -> Diagnostic {
    let keyword = parameter.keyword.map { $0 + " " } ?? ""
    return Diagnostic(
      "\(subject) needs \(parameter.name): \(parameter.kind.description)", at: gap..<gap,
      suggestion: parameter.suggested.map { source.inserting(keyword + $0, at: gap) })
  }

  private static func unknown(_ head: Word, _ source: Source, _ grammar: Grammar) -> Diagnostic {
    let synonym = grammar.specs.first { $0.synonyms.contains(head.text.lowercased()) }?.name
    let meant = synonym ?? Suggestion.nearest(to: head.text, in: grammar.specs.map(\.name))
    return Diagnostic(
      "no command is called \(head.text.quoted)", at: head.range,
      suggestion: meant.map { source.replacing(head.range, with: $0) },
      help: meant == nil ? "help lists the commands" : nil)
  }
}
