import Display

/// What `help` shows of a command or of one of its choices: usage, parameters, notes and examples.
struct SpecCard {
  /// The command, with the choice if it is about one: `load wave`.
  let subject: String
  /// One line: what it does.
  let summary: String
  private let form: Form
  private let details: [String]
  private let examples: [Example]
  /// Whether a choice has a card of its own, so that its parameters are left to that.
  private let hasCard: (String) -> Bool

  /// About a command.
  init(_ spec: Spec, hasCard: @escaping (String) -> Bool) {
    subject = spec.name
    summary = spec.summary
    form = spec.form
    details = spec.details
    examples = spec.examples
    self.hasCard = hasCard
  }

  /// About a choice of a command.
  init(_ variant: Variant, of spec: Spec) {
    subject = "\(spec.name) \(variant.name)"
    summary = variant.summary
    form = variant.form
    details = []
    let start = subject + " "
    examples = spec.examples.filter { ($0.line + " ").hasPrefix(start) }
    hasCard = { _ in false }
  }

  /// One line: the name, the values and the flags.
  var usage: String { form.usage.isEmpty ? subject : "\(subject) \(form.usage)" }

  var json: JSON {
    ["name": .string(subject), "summary": .string(summary), "usage": .string(usage)]
  }

  var blocks: [Block] {
    var blocks: [Block] = [.lines(["\(subject, .accent): \(summary)", ""])]
    let line = StyledText("  usage: ", .dim) + StyledText(usage)
    blocks.append(.lines(line.wrapped(to: 80, hanging: 9 + subject.cells + 1)))
    let rows = rows(of: form, indent: "  ")
    if !rows.isEmpty {
      let columns = [
        Table.Column("", priority: 2), Table.Column("", priority: 1), Table.Column(""),
      ]
      blocks += [.lines([""]), .table(Table(columns, rows: rows, wraps: true))]
    }
    if form.positionals.flatMap(\.variants).contains(where: { hasCard($0.name) }) {
      let command = StyledText("help NAME", .command)
      blocks.append(.lines(["", command + " tells the rule, parameters and source of each"]))
    }
    if !details.isEmpty {
      blocks.append(.lines([""]))
      blocks += details.map { .lines(StyledText($0).wrapped(to: 80)) }
    }
    if !examples.isEmpty { blocks.append(.lines([""] + lines(of: examples))) }
    return blocks
  }

  /// The values and flags, and the choices with what they take in turn.
  private func rows(of form: Form, indent: String) -> [[StyledText]] {
    var rows: [[StyledText]] = []
    for parameter in form.positionals {
      let label = parameter.keyword.map { "\($0) \(parameter.name)" } ?? parameter.name
      rows.append(row(parameter, indent + label))
      // The choices inside a choice have help of their own.
      if indent.count == 2 { rows += self.rows(of: parameter, indent: indent + "  ") }
    }
    return rows + form.options.map { row($0, "\(indent)--\($0.name)") }
  }

  /// The choices; what all of them take comes once, at the end.
  private func rows(of parameter: Parameter, indent: String) -> [[StyledText]] {
    let variants = parameter.variants.filter { !$0.summary.isEmpty }
    let shared = Self.shared(by: variants)
    let names = shared.map(\.name)
    var rows: [[StyledText]] = []
    for variant in variants {
      rows.append([StyledText(indent + variant.name, .command), "", StyledText(variant.summary)])
      guard !hasCard(variant.name) else { continue }
      var own = variant.form
      own.options.removeAll { names.contains($0.name) }
      rows += self.rows(of: own, indent: indent + "  ")
    }
    guard !shared.isEmpty else { return rows }
    let others = variants.filter { $0.form.options.isEmpty }.map(\.name)
    let but = others.isEmpty ? "" : " but \(others.listed("and"))"
    rows.append([StyledText("\(indent)every \(parameter.name)\(but)"), "", "takes these, too"])
    return rows + shared.map { row($0, "\(indent)  --\($0.name)") }
  }

  /// The flags that all choices with flags have alike, without a default where it differs.
  private static func shared(by variants: [Variant]) -> [Parameter] {
    let forms = variants.map(\.form.options).filter { !$0.isEmpty }
    guard forms.count > 1, let first = forms.first else { return [] }
    return first.compactMap { option in
      let alike = forms.compactMap { options in
        options.first { $0.name == option.name && $0.summary == option.summary }
      }
      guard alike.count == forms.count else { return nil }
      var option = option
      if alike.contains(where: { $0.defaultText != option.defaultText }) {
        option.defaultText = nil
      }
      return option
    }
  }

  private func row(_ parameter: Parameter, _ label: String) -> [StyledText] {
    var says = StyledText(parameter.summary)
    if let text = parameter.defaultText { says += " (\(text, .value))" }
    return [StyledText(label, .command), StyledText(parameter.kind.placeholder), says]
  }

  /// The examples; where not all fit beside what they do, a long one has that below it.
  private func lines(of examples: [Example]) -> [StyledText] {
    let widest = examples.map(\.line.cells).max() ?? 0
    let fits = examples.allSatisfy { widest + 6 + $0.says.cells <= 80 }
    let longest = fits ? widest : examples.map(\.line.cells).filter { $0 <= 34 }.max() ?? 0
    return examples.flatMap { example -> [StyledText] in
      let command = StyledText("  " + example.line, .command)
      let room = longest + 2 - example.line.cells
      let says = StyledText(
        String(repeating: " ", count: room > 1 ? room : longest + 4) + "# \(example.says)", .dim)
      let hanging = longest + 6
      guard room > 1 else { return [command] + says.wrapped(to: 80, hanging: hanging) }
      return (command + says).wrapped(to: 80, hanging: hanging)
    }
  }
}

extension Parameter {
  /// The words to choose from; none where anything else is typed.
  var variants: [Variant] {
    if case .choice(let variants, _) = kind { variants } else { [] }
  }
}
