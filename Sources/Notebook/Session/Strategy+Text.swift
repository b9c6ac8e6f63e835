import Cloud
import Display
import Simulation

extension Strategy {
  /// The parameters with their present values as one types them: "--d 3".
  var typedSettings: [(name: String, value: String)] {
    Self.settings.compactMap { setting in
      value(of: setting.name).map { (setting.name, $0.typed(as: setting.kind)) }
    }
  }

  /// What `help` and `show algorithm` say: the rule, its parameters, its source, where it fails.
  var card: [Block] {
    let details = Self.details
    var blocks: [Block] = [
      .lines(
        ["\(Self.name, .accent): \(Self.summary)"]
          + Self.paragraph("rule", details.rule) + Self.paragraph("ties", details.ties)
          + Self.paragraph("fails", details.failure) + Self.paragraph("source", details.source))
    ]
    let rows = Self.settings.map { setting -> [StyledText] in
      let present = value(of: setting.name)?.typed(as: setting.kind) ?? ""
      return [
        StyledText("--\(setting.name)", .command), StyledText(present, .value),
        StyledText(setting.kind.words), StyledText(setting.summary),
      ]
    }
    if !rows.isEmpty {
      let columns = [
        Table.Column("parameter", priority: 3), Table.Column("value", priority: 2),
        Table.Column("takes", priority: 0), Table.Column("meaning", priority: 1),
      ]
      blocks.append(.lines([""]))
      blocks.append(.table(Table(columns, rows: rows)))
    }
    if let lesson = details.lesson {
      blocks.append(.lines(["", "\("learn \(lesson)", .command) shows it at work"]))
    }
    return blocks
  }

  /// The same for the machine interface.
  var json: JSON {
    let details = Self.details
    let parameters = Self.settings.map { setting -> JSON in
      [
        "name": .string(setting.name), "value": value(of: setting.name)?.json ?? .null,
        "summary": .string(setting.summary),
      ]
    }
    return [
      "name": .string(Self.name), "summary": .string(Self.summary),
      "rule": .string(details.rule), "ties": .string(details.ties),
      "failure": .string(details.failure), "source": .string(details.source),
      "parameters": .array(parameters),
    ]
  }

  private static func paragraph(_ label: String, _ text: String) -> [StyledText] {
    let margin = "  " + label.padding(toCells: 8)
    let body = StyledText(text).wrapped(to: 80 - margin.cells)
    return body.enumerated().map { index, line in
      StyledText(index == 0 ? margin : String(repeating: " ", count: margin.cells), .dim) + line
    }
  }
}

extension SettingValue {
  /// The value as one types it.
  func typed(as kind: SettingKind) -> String {
    switch (self, kind) {
    case (.choice(let name), _): name
    case (.number(let number), .duration): Text.seconds(number)
    case (.number(let number), .rate): Text.rate(number)
    case (.number(let number), .ratio): Text.percent(number)
    case (.number(let number), .count): Text.count(Int(number))
    case (.number(let number), _): Text.number(number)
    }
  }

  /// The value for the machine interface.
  var json: JSON {
    switch self {
    case .number(let number): .number(number)
    case .choice(let name): .string(name)
    }
  }
}

extension SettingKind {
  /// What may be typed, such as "1..1000" or "10ms..24h".
  var words: String {
    func range(_ range: ClosedRange<Double>, _ typed: (Double) -> String) -> String {
      "\(typed(range.lowerBound))..\(typed(range.upperBound))"
    }
    return switch self {
    case .count(let bounds): "\(Text.count(bounds.lowerBound))..\(Text.count(bounds.upperBound))"
    case .number(let bounds): range(bounds, Text.number)
    case .duration(let bounds): range(bounds, Text.seconds)
    case .rate(let bounds): range(bounds, Text.rate)
    case .ratio(let bounds): range(bounds, Text.percent)
    case .choice(let names): names.joined(separator: ", ")
    }
  }
}
