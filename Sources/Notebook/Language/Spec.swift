/// What a command takes: one table that drives parsing, errors, help, Tab, colour and hints.
public struct Spec: Sendable {
  /// The word that calls it.
  public var name: String

  /// The group it is listed in, such as `fleet`.
  public var group: String

  /// One line: what it does.
  public var summary: String

  /// What it takes.
  public var form: Form

  /// Lines to show in its help; each one parses.
  public var examples: [Example]

  /// Paragraphs of help after the parameters.
  public var details: [String]

  /// Words from elsewhere that lead here in a suggestion, such as `exit` to `quit`.
  public var synonyms: [String]

  /// The line that is meant by words after the name that are none of its choices, such as `learn 03`
  /// by `load lesson 03`.
  public var meaning: (@Sendable ([String]) -> String?)?

  /// Describes a command.
  public init(
    _ name: String, group: String, _ summary: String, positionals: [Parameter] = [],
    options: [Parameter] = [], alternatives: [Alternatives] = [], examples: [Example] = [],
    details: [String] = [], synonyms: [String] = [],
    meaning: (@Sendable ([String]) -> String?)? = nil
  ) {
    self.name = name
    self.group = group
    self.summary = summary
    form = Form(positionals: positionals, options: options, alternatives: alternatives)
    self.examples = examples
    self.details = details
    self.synonyms = synonyms
    self.meaning = meaning
  }
}

/// The values and flags a command, or one of its choices, takes.
public struct Form: Sendable {
  /// The values, in order.
  public var positionals: [Parameter]

  /// The `--flags`, in any order.
  public var options: [Parameter]

  /// Parameters that exclude each other.
  public var alternatives: [Alternatives]

  /// Describes what is taken; nothing by default.
  public init(
    positionals: [Parameter] = [], options: [Parameter] = [], alternatives: [Alternatives] = []
  ) {
    self.positionals = positionals
    self.options = options
    self.alternatives = alternatives
  }
}

/// A value or flag that a command takes.
public struct Parameter: Sendable {
  /// The name, in kebab-case; a flag is typed with `--` before it.
  public var name: String

  /// What may be typed for it.
  public var kind: Kind

  /// One line: what it is for.
  public var summary: String

  /// Whether the command does not work without it.
  public var isRequired: Bool

  /// Whether it may be given more than once.
  public var repeats: Bool

  /// What holds when it is not given, as one would type it.
  public var defaultText: String?

  /// The word that must stand before a positional, as `else` in `expect EXPR else MESSAGE`.
  public var keyword: String?

  /// A value to show in suggestions; the kind has a usual one.
  public var example: String?

  /// Describes a value or flag; by default optional and given once.
  public init(
    _ name: String, _ kind: Kind, _ summary: String, required: Bool = false, repeats: Bool = false,
    default defaultText: String? = nil, keyword: String? = nil, example: String? = nil
  ) {
    self.name = name
    self.kind = kind
    self.summary = summary
    isRequired = required
    self.repeats = repeats
    self.defaultText = defaultText
    self.keyword = keyword
    self.example = example
  }

  /// A value to suggest where it is missing.
  var suggested: String? { example ?? defaultText ?? kind.example }
}

/// Parameters of which at most one may be given.
public struct Alternatives: Sendable {
  /// The names of the parameters.
  public var names: [String]

  /// Whether one of them must be given.
  public var isRequired: Bool

  /// Names parameters that exclude each other.
  public init(_ names: [String], required: Bool = false) {
    self.names = names
    isRequired = required
  }
}

/// One word of a choice, and what it takes in turn.
public struct Variant: Sendable {
  /// The word.
  public var name: String

  /// One line: what it stands for.
  public var summary: String

  /// What it takes after it.
  public var form: Form

  /// Words from elsewhere that lead here in a suggestion.
  public var synonyms: [String]

  /// Describes a word to choose.
  public init(
    _ name: String, _ summary: String = "", positionals: [Parameter] = [],
    options: [Parameter] = [], alternatives: [Alternatives] = [], synonyms: [String] = []
  ) {
    self.name = name
    self.summary = summary
    form = Form(positionals: positionals, options: options, alternatives: alternatives)
    self.synonyms = synonyms
  }
}

/// A line to type and what it does.
public struct Example: Hashable, Sendable {
  /// The line.
  public var line: String

  /// What it does.
  public var says: String

  /// Pairs a line with what it does.
  public init(_ line: String, _ says: String) {
    self.line = line
    self.says = says
  }
}
