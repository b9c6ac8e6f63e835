import Cloud
import Display

/// `help`: the commands, and what is known about any of them, an algorithm or a topic.
package enum Help: Command {
  package static let spec = Spec(
    "help", group: "notebook", "List the commands, or tell about one thing.",
    positionals: [
      Parameter("topic", .name(.topic), "a command, an algorithm or a topic", example: "spawn")
    ],
    examples: [
      Example("help", "all commands"), Example("help units", "how numbers are written"),
    ],
    synonyms: ["man", "?", "commands", "usage", "h"])
  package static let effect = CommandEffect.accompanies

  package static func start(_ call: Call, in session: inout Session, on host: any Host)
    throws(Diagnostic) -> Activity
  {
    let specs = session.commands.map { $0.spec }
    guard call.has("topic") else { return .done(overview(specs)) }
    let name = try call.word("topic")
    if let spec = specs.first(where: { $0.name == name }) {
      let summary: JSON = [
        "name": .string(name), "summary": .string(spec.summary), "usage": .string(spec.usage),
      ]
      // A policy may be called as a command is: step.
      guard let strategy = session.state.strategy(name) else {
        return .done(Output(["help": summary], SpecCard.blocks(spec)))
      }
      return .done(
        Output(
          ["help": summary, "strategy": strategy.json],
          SpecCard.blocks(spec) + [.lines([""])] + strategy.card))
    }
    if let strategy = session.state.strategy(name) {
      return .done(Output(["help": strategy.json], strategy.card))
    }
    guard let topic = HelpTopic(rawValue: name) else {
      throw call.mistake("there is no help about '\(name)'", about: "topic", help: "try: help")
    }
    let summary: JSON = ["name": .string(name), "summary": .string(topic.summary)]
    return .done(Output(["help": summary], topic.blocks(session.state)))
  }

  /// Every command with its summary, by group.
  private static func overview(_ specs: [Spec]) -> Output {
    let order = [
      "fleet", "traffic", "policy", "time", "seeing", "experiment", "learning", "notebook",
    ]
    var groups = order
    for spec in specs where !groups.contains(spec.group) { groups.append(spec.group) }
    var rows: [[StyledText]] = []
    for group in groups {
      let members = specs.filter { $0.group == group }
      for (index, spec) in members.enumerated() {
        rows.append([
          index == 0 ? StyledText(group, .title) : "", StyledText(spec.name, .command),
          StyledText(spec.summary),
        ])
      }
    }
    let topics = HelpTopic.allCases.map(\.rawValue).joined(separator: ", ")
    let json = specs.map { spec -> JSON in
      [
        "name": .string(spec.name), "group": .string(spec.group),
        "summary": .string(spec.summary),
      ]
    }
    let columns = [Table.Column("", priority: 1), Table.Column("", priority: 2), Table.Column("")]
    return Output(
      ["commands": .array(json)],
      [
        .table(Table(columns, rows: rows, wraps: true)),
        .lines([
          "",
          "\("help NAME", .command) tells more: of a command, an algorithm, or \(topics)",
        ]),
      ])
  }
}

/// A command's usage, parameters and examples.
enum SpecCard {
  static func blocks(_ spec: Spec) -> [Block] {
    var blocks: [Block] = [.lines(["\(spec.name, .accent): \(spec.summary)", ""])]
    let usage = StyledText("  usage: ", .dim) + StyledText(spec.usage)
    blocks.append(.lines(usage.wrapped(to: 80, hanging: 9 + spec.name.cells + 1)))
    let rows = parameters(of: spec.form, indent: "  ")
    if !rows.isEmpty {
      let columns = [
        Table.Column("", priority: 2), Table.Column("", priority: 1), Table.Column(""),
      ]
      blocks += [.lines([""]), .table(Table(columns, rows: rows, wraps: true))]
    }
    if !spec.details.isEmpty {
      blocks.append(.lines([""]))
      blocks += spec.details.map { .lines(StyledText($0).wrapped(to: 80)) }
    }
    if !spec.examples.isEmpty {
      blocks.append(.lines([""]))
      blocks.append(
        .table(
          Table(
            [Table.Column("", priority: 1), Table.Column("")],
            rows: spec.examples.map {
              [StyledText("  " + $0.line, .command), StyledText("# \($0.says)", .dim)]
            }, wraps: true)))
    }
    return blocks
  }

  /// The values and flags, with what the choices take in turn.
  private static func parameters(of form: Form, indent: String) -> [[StyledText]] {
    var rows: [[StyledText]] = []
    for parameter in form.positionals {
      let label = parameter.keyword.map { "\($0) \(parameter.name)" } ?? parameter.name
      rows.append(row(parameter, indent + label))
      guard case .choice(let variants, _) = parameter.kind else { continue }
      // The choices inside a choice have help of their own.
      for variant in variants where indent.count == 2 && !variant.summary.isEmpty {
        rows.append([
          StyledText(indent + "  " + variant.name, .command), "", StyledText(variant.summary),
        ])
        rows += parameters(of: variant.form, indent: indent + "    ")
      }
    }
    return rows + form.options.map { row($0, "\(indent)--\($0.name)") }
  }

  private static func row(_ parameter: Parameter, _ label: String) -> [StyledText] {
    var says = StyledText(parameter.summary)
    if let text = parameter.defaultText { says += " (\(text, .value))" }
    return [StyledText(label, .command), StyledText(parameter.kind.placeholder), says]
  }
}
