import Cloud
import Display

/// `help`: the commands, and what is known about any of them, an algorithm or a topic.
package enum Help: Command {
  package static let spec = Spec(
    "help", group: "notebook", "List the commands, or tell about one thing.",
    positionals: [
      Parameter("topic", .name(.topic), "a command, an algorithm or a topic", example: "spawn"),
      Parameter("choice", .word, "one of the command's choices", example: "wave"),
    ],
    examples: [
      Example("help", "all commands"), Example("help load wave", "one choice of a command"),
      Example("help hpa", "an algorithm"), Example("help units", "how numbers are written"),
    ],
    synonyms: ["man", "?", "commands", "usage", "h"])
  package static let effect = CommandEffect.accompanies

  package static func start(_ call: Call, in session: inout Session, on host: any Host)
    throws(Diagnostic) -> Activity
  {
    let specs = session.commands.map { $0.spec }
    guard call.has("topic") else {
      // A word that is no topic is read as a choice.
      guard !call.has("choice") else {
        throw unknown(try call.word("choice"), call, specs, session)
      }
      return .done(overview(specs))
    }
    let name = try call.word("topic")
    let spec = specs.first { $0.name == name }
    if call.has("choice") { return .done(try choice(of: spec, call, session.state)) }
    let strategy = session.state.strategy(name)
    if let spec {
      let state = session.state
      let card = SpecCard(spec) { state.strategy($0) != nil }
      // A policy may be called as a command is: step.
      guard let strategy else { return .done(Output(["help": card.json], card.blocks)) }
      return .done(
        Output(
          ["help": card.json, "strategy": strategy.json],
          card.blocks + [.lines([""])] + strategy.card))
    }
    if let strategy { return .done(Output(["help": strategy.json], strategy.card)) }
    guard let topic = HelpTopic(rawValue: name) else {
      throw call.mistake("there is no help about '\(name)'", about: "topic", help: "try: help")
    }
    let summary: JSON = ["name": .string(name), "summary": .string(topic.summary)]
    return .done(Output(["help": summary], topic.blocks(session.state)))
  }

  /// The mistake of a word that is no topic, which may be a choice of one command alone.
  private static func unknown(_ word: String, _ call: Call, _ specs: [Spec], _ session: Session)
    -> Diagnostic
  {
    let owners = specs.filter { spec in
      spec.form.positionals.flatMap(\.variants).contains { $0.name == word }
    }
    let topics = session.state.names(of: .topic, specs: specs)?.map(\.text) ?? []
    let meant =
      owners.count == 1
      ? owners.first.map { "\($0.name) \(word)" } : Suggestion.nearest(to: word, in: topics)
    return call.mistake(
      "no topic is called \(word.quoted)", about: "choice", try: meant,
      help: meant == nil ? "help lists the commands" : nil)
  }

  /// What a command's choice takes, or what is known of the algorithm that it names.
  private static func choice(of spec: Spec?, _ call: Call, _ state: State) throws(Diagnostic)
    -> Output
  {
    let name = try call.word("choice")
    let variants = spec?.form.positionals.flatMap(\.variants) ?? []
    guard let spec, let variant = variants.first(where: { $0.name == name }) else {
      let names = variants.map(\.name)
      let topic = try call.word("topic")
      let meant = Suggestion.nearest(to: name, in: names).map { " \($0)" } ?? ""
      var mistake = call.mistake(
        "\(topic) has no \(names.isEmpty ? "choices" : name.quoted)", about: "choice")
      mistake.suggestion = "help \(topic)\(meant)"
      throw mistake
    }
    if let strategy = state.strategy(name) {
      return Output(["help": strategy.json], strategy.card)
    }
    let card = SpecCard(variant, of: spec)
    return Output(["help": card.json], card.blocks)
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
