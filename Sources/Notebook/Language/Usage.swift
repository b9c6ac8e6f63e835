extension Parameter {
  /// The parameter in a usage line: `[N]`, `SHAPE …`, `[--rate R]`.
  func usage(asFlag: Bool) -> String {
    var value = kind.placeholder
    if case .choice = kind, value == "NAME" { value = name.uppercased() }
    var text = asFlag ? (value.isEmpty ? "--\(name)" : "--\(name) \(value)") : value
    if let keyword { text = "\(keyword) \(text)" }
    if !isRequired { text = "[\(text)]" }
    return repeats ? text + "…" : text
  }
}

extension Form {
  /// The usage after a command's name.
  public var usage: String {
    (positionals.map { $0.usage(asFlag: false) } + options.map { $0.usage(asFlag: true) })
      .joined(separator: " ")
  }
}

extension Spec {
  /// One line: the name, the values and the flags.
  public var usage: String { form.usage.isEmpty ? name : "\(name) \(form.usage)" }
}

extension CommandReader {
  /// The usage of the command with the choices made so far.
  var usage: String {
    let values = forms.last?.positionals ?? []
    let words = [subject] + values.map { $0.usage(asFlag: false) }
    return (words + options.map { $0.usage(asFlag: true) }).joined(separator: " ")
  }
}

/// A command's help as data: others lay it out.
public struct Usage: Hashable, Sendable {
  /// A row about one value, flag or word.
  public struct Row: Hashable, Sendable {
    /// As in a usage line: `--drain D`.
    public var term: String

    /// One line about it, with its default.
    public var says: String
  }

  /// The usage line.
  public var line: String

  /// What the command does.
  public var summary: String

  /// The values, the flags, and the words to choose from with what they take.
  public var rows: [Row]

  /// Lines to try.
  public var examples: [Example]

  /// Paragraphs.
  public var details: [String]

  /// Gathers the help of a command.
  public init(_ spec: Spec) {
    line = spec.usage
    summary = spec.summary
    rows = spec.form.rows
    examples = spec.examples
    details = spec.details
  }
}

extension Form {
  /// The rows of help about the form and the choices in it.
  fileprivate var rows: [Usage.Row] {
    positionals.flatMap { $0.rows(asFlag: false) } + options.flatMap { $0.rows(asFlag: true) }
  }
}

extension Parameter {
  fileprivate func rows(asFlag: Bool) -> [Usage.Row] {
    var required = self
    required.isRequired = true
    let given = defaultText.map { " (default \($0))" } ?? ""
    let row = Usage.Row(term: required.usage(asFlag: asFlag), says: summary + given)
    guard case .choice(let variants, _) = kind else { return [row] }
    return [row]
      + variants.flatMap { variant in
        let usage = variant.form.usage
        let term = usage.isEmpty ? variant.name : "\(variant.name) \(usage)"
        return [Usage.Row(term: "  " + term, says: variant.summary)]
      }
  }
}
