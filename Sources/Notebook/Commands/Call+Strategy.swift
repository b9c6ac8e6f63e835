import Cloud
import Simulation

extension Call {
  /// Whether nothing was typed after the command's name, so that it shows.
  var isBare: Bool { !arguments.contains { !$0.isDefault } }

  /// Sets what was typed of a strategy's parameters.
  func configure(_ strategy: inout some Strategy) throws(Diagnostic) {
    for setting in type(of: strategy).settings where isGiven(setting.name) {
      guard strategy.set(setting.name, to: try value(of: setting)) else {
        throw other(setting.name, setting.kind.typed.description)
      }
    }
  }

  private func value(of setting: Setting) throws(Diagnostic) -> SettingValue {
    switch setting.kind {
    case .count: .number(Double(try count(setting.name)))
    case .number: .number(try number(setting.name))
    case .duration: .number(try duration(setting.name))
    case .rate: .number(try rate(setting.name))
    case .ratio: .number(try ratio(setting.name))
    case .choice: .choice(try word(setting.name))
    case .rows: .rows(try rows(setting.name))
    }
  }
}

extension Strategy {
  /// What the language takes for the strategy's parameters, with their defaults.
  static var options: [Parameter] {
    let strategy = Self()
    return settings.map { setting in
      Parameter(
        setting.name, setting.kind.typed, setting.summary.asPhrase,
        default: strategy.value(of: setting.name).map { setting.kind.text($0) })
    }
  }

  /// The name and the parameters as one types them, such as `two-choices --d 2`; of many
  /// parameters the first and those that are not at their defaults.
  var typed: String {
    let all = typedSettings
    let usual = Self().typedSettings
    let shown =
      all.count > 5
      ? all.prefix(1) + zip(all, usual).dropFirst().filter { $0 != $1 }.map(\.0) : all
    let text = shown.reduce(Self.name) { "\($0) --\($1.name) \($1.value)" }
    return shown.count < all.count ? text + " (else its defaults)" : text
  }

  /// The parameters by name.
  var parametersJSON: JSON {
    .object(
      Self.settings.map { setting in
        switch value(of: setting.name) {
        case .number(let number)?:
          if case .count = setting.kind {
            return JSON.Member(setting.name, .int(Int(exactly: number) ?? 0))
          }
          return JSON.Member(setting.name, .number(number))
        case .choice(let name)?: return JSON.Member(setting.name, .string(name))
        case .rows(let rows)?:
          return JSON.Member(
            setting.name, .array(rows.map { .array($0.map { .number($0) }) }))
        case nil: return JSON.Member(setting.name, .null)
        }
      })
  }

  /// The strategy in a list: its name, summary and default parameters.
  static var listed: [JSON.Member] {
    [
      JSON.Member("name", .string(name)), JSON.Member("summary", .string(summary)),
      JSON.Member("parameters", Self().parametersJSON),
    ]
  }
}

extension SettingKind {
  /// What may be typed.
  var typed: Kind {
    switch self {
    case .count(let range): .count(range)
    case .number(let range): .number(range)
    case .duration(let range): .measure(.duration, range)
    case .rate(let range): .measure(.rate, range)
    case .ratio(let range): .measure(.share, range)
    case .choice(let names): .choice(names.map { Variant($0) })
    case .rows(let kind):
      .rows(
        RowForm(
          kind.fields.map(\.typed), between: kind.separators, ascends: kind.ascends,
          most: RowKind.most, example: kind.example))
    }
  }

  /// A value as one types it.
  func text(_ value: SettingValue) -> String {
    switch (self, value) {
    case (_, .choice(let name)): name
    case (.rows(let kind), .rows(let rows)):
      rows.map { row in
        let parts = zip(kind.fields, row).map { $0.text(.number($1)) }
        return zip(parts, kind.separators + [""]).map { $0 + $1 }.joined()
      }.joined(separator: ",")
    case (_, .rows): ""
    case (.duration, .number(let seconds)): Text.exact(nanoseconds: seconds * 1e9)
    case (.rate, .number(let rate)): Text.exact(rate: rate)
    case (.ratio, .number(let ratio)): Text.exact(ratio: ratio)
    case (_, .number(let number)): Text.exact(number)
    }
  }
}

extension String {
  /// A sentence as a part of another one: without capital and full stop.
  var asPhrase: String {
    let text = last == "." ? dropLast() : self[...]
    return text.prefix(1).lowercased() + text.dropFirst()
  }
}
