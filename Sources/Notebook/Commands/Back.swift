import Cloud
import Display
import Simulation

/// `back`: goes back through the events of the cells that let time pass.
package enum Back: Command {
  package static let spec = Spec(
    "back", group: "time", "Go back by events or by time.",
    positionals: [
      Parameter(
        "amount", .either([.count(1...Int.max), .positive(.duration)]),
        "how many events, or how long", default: "1")
    ],
    examples: [
      Example("back", "to before the last event"), Example("back 10s", "ten seconds earlier"),
    ],
    details: [
      "It goes through run, step and send, and stops at a cell that changed the world; `undo` "
        + "takes that cell back."
    ],
    synonyms: ["rewind"])
  package static let effect = CommandEffect.passesTime

  package static func start(_ call: Call, in session: inout Session, on host: any Host)
    throws(Diagnostic) -> Activity
  {
    let world = session.world
    let start = session.state.segment.start
    guard world.position > start.position || world.now > start.now else {
      throw call.mistake("there is no event to go back over", help: "undo takes the last cell back")
    }
    var limited = false
    if case .count(let count)? = call["amount"]?.value {
      limited = world.position - start.position < count
      let target = max(start.position, world.position.clampedSum(-count))
      session.world = session.state.segment.rewind(to: target)
    } else {
      let wanted = world.now - (try call.time("amount"))
      limited = wanted < start.now
      session.world = session.state.segment.rewind(to: max(wanted, start.now))
    }
    let now = session.world
    var lines: [StyledText] = [
      "now at \(Text.time(now.now), .value), after event \(Text.count(now.position), .value)"
    ]
    if limited {
      lines.append("that is where the last change to the world was made; undo takes it back")
    }
    return .done(
      Output(["time": .number(now.now.seconds), "position": .int(now.position)], [.lines(lines)]))
  }
}
