import Cloud
import Display
import Simulation

/// Where a server came from, what happened to it, and what its share is.
enum LifeOfServer {
  static func output(_ server: Server, in session: Session) -> Output {
    let actions = session.world.actions
    let start = actions.first { $0.added.contains(server.id) }
    let end = actions.first { $0.removed.contains(server.id) }
    var lines: [StyledText] = [
      """
      \(server.id.name, .accent): \(ServerTable.state(server)), \
      \(ServerOptions.words(server.spec))
      """
    ]
    var events: [JSON] = []
    func add(_ time: Double, _ label: String, _ text: StyledText) {
      events.append(["time": .number(time), "what": .string("\(label) \(text.plain)")])
      lines.append(ResultCard.row(label, "\(Text.seconds(time), .value)  \(text)"))
    }
    if let start {
      add(
        start.time.seconds, "rented",
        """
        by \(start.name, .accent), \(start.who), which wanted \
        \(Text.count(start.decision.after)) instead of \(Text.count(start.decision.before)): \
        \(start.decision.reason)
        """)
      if case .constant = server.spec.bootTime, server.spec.boot > .zero {
        let ready = start.time + server.spec.boot
        if ready <= session.world.now {
          add(ready.seconds, "ready", "after booting for \(Text.time(server.spec.boot))")
        }
      }
    }
    // Servers from before a reset had the same names.
    let begun = session.cells.lastIndex { cell in
      cell.mistake == nil && cell.input.split(whereSeparator: \.isWhitespace).first == "reset"
    }
    for cell in session.cells[(begun ?? 0)...]
    where cell.mistake == nil && cell.concerns(server.id, session) {
      add(
        cell.time, start == nil && lines.count == 1 ? "rented" : "then",
        "by \(cell.input, .command)")
    }
    if let end {
      add(
        end.time.seconds, "given back",
        "by \(end.name, .accent), \(end.who): \(end.decision.reason)")
    }
    lines.append(
      ResultCard.row(
        "now",
        "\(Text.count(server.running), .value) in service, \(Text.count(server.queued), .value) waiting"
      ))
    if let run = session.state.runs.last {
      lines.append(ResultCard.row("share", share(of: server, in: run)))
    }
    let result: JSON = [
      "why": [
        "id": .string(server.id.name), "state": .string(server.stateKey),
        "scaling": JSON(start?.name), "events": .array(events),
        "active": .int(server.active), "queued": .int(server.queued),
      ]
    ]
    return Output(result, [.lines(lines)])
  }

  /// What it got of the last run, beside what its weight stands for.
  private static func share(of server: Server, in run: Run) -> StyledText {
    let measurement = run.measurement
    guard let share = measurement.servers.first(where: { $0.server.id == server.id }) else {
      return "none of \(run.name)"
    }
    let picked = measurement.servers.reduce(0) { $0 + $1.picked }
    let weights = measurement.servers.reduce(0) { $0 + $1.server.spec.effectiveWeight }
    var text: StyledText = """
      \(Text.count(share.picked), .value) of the \(Text.count(picked, "request")) of \(run.name)
      """
    if picked > 0 {
      text += ", \(Text.percent(Double(share.picked) / Double(picked)), .strong)"
    }
    if weights > 0 {
      text += "; its weight is \(Text.percent(server.spec.effectiveWeight / weights)) of all"
    }
    if let busy = share.utilisation { text += "; \(Text.percent(busy), .value) busy" }
    return text
  }
}

extension SessionCell {
  /// Whether it rented a server or did something to it.
  fileprivate func concerns(_ id: ServerID, _ session: Session) -> Bool {
    guard let call = try? session.grammar.parse(input) else { return false }
    if call.spec.name == "spawn" {
      guard case .object(let members)? = output?.result,
        case .array(let names)? = members.first(where: { $0.key == "servers" })?.value
      else { return false }
      return names.contains(.string(id.name))
    }
    guard call.spec.group == "fleet" else { return false }
    return call.servers("servers").contains { selection in
      switch selection {
      case .all: true
      case .range(let numbers): numbers.contains(id.index + 1)
      }
    }
  }
}
