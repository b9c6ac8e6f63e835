import Cloud
import Display
import Simulation

/// `fork`: keeps a copy of the world under a name.
package enum Fork: Command {
  package static let spec = Spec(
    "fork", group: "time", "Keep a copy of this world under a name.",
    positionals: [Parameter("name", .newName, "the copy's name")],
    examples: [Example("fork calm", "a copy named calm; you stay where you are")],
    synonyms: ["branch", "copy", "snapshot"])
  package static let effect = CommandEffect.changes

  package static func start(_ call: Call, in session: inout Session, on host: any Host)
    throws(Diagnostic) -> Activity
  {
    let name = call.has("name") ? try call.word("name") : session.state.nextForkName
    guard session.state.isFree(name) else {
      throw call.mistake(
        "'\(name)' is taken", about: "name", try: session.state.nextForkName)
    }
    session.state.forks.append(State.Fork(name: name, world: session.world))
    return .done(
      Output(
        ["name": .string(name), "time": .number(session.world.now.seconds)],
        line: """
          \(name, .accent) is a copy of \(session.state.worldName, .accent); go there with: \
          \("switch \(name)", .command)
          """))
  }
}

/// `switch`: goes to another world.
package enum Switch: Command {
  package static let spec = Spec(
    "switch", group: "time", "Go to another world.",
    positionals: [Parameter("name", .name(.fork), "its name", required: true)],
    examples: [Example("switch calm", "the world kept as calm")],
    synonyms: ["checkout"])
  package static let effect = CommandEffect.changes

  package static func start(_ call: Call, in session: inout Session, on host: any Host)
    throws(Diagnostic) -> Activity
  {
    let name = try call.word("name")
    guard name != session.state.worldName else {
      throw call.mistake("you are in \(name) already", about: "name")
    }
    guard let place = session.state.forks.firstIndex(where: { $0.name == name }) else {
      throw call.mistake("no world is called '\(name)'", about: "name")
    }
    let left = State.Fork(name: session.state.worldName, world: session.world)
    session.world = session.state.forks[place].world
    session.state.worldName = name
    session.state.forks[place] = left
    let world = session.world
    return .done(
      Output(
        ["name": .string(name), "time": .number(world.now.seconds)],
        line: """
          now in \(name, .accent), at \(Text.time(world.now), .value), with \
          \(Text.count(world.count(of: .inService), "server")) in service
          """))
  }
}

extension State {
  /// The name of a copy that was given none: `fork1`, `fork2`, ….
  var nextForkName: String {
    var number = 1
    while !isFree("fork\(number)") { number += 1 }
    return "fork\(number)"
  }
}
