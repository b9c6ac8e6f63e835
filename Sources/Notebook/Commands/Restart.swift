import Cloud
import Display
import Simulation

/// `restart`: boots servers anew.
package enum Restart: Command {
  package static let spec = Spec(
    "restart", group: "fleet", "Boot servers anew: what is on them fails.",
    positionals: [ServerChoice.servers], options: [ServerChoice.zone],
    alternatives: [ServerChoice.alternatives],
    examples: [
      Example("restart s1", "it takes requests again after its boot time"),
      Example("restart all", "every server at once"),
    ],
    details: [
      "A server takes as long as its own --boot, see `spawn`. A crashed one comes back, a slow one "
        + "stays slow. Servers that are gone cannot be restarted: rent others."
    ],
    synonyms: ["reboot", "revive", "recover"])
  package static let effect = CommandEffect.changes

  package static func start(_ call: Call, in session: inout Session, on host: any Host)
    throws(Diagnostic) -> Activity
  {
    let ids = try call.chosenServers(in: session.world)
    let losses = session.world.losing { $0.restart(ids) }
    let boots = ids.compactMap { session.world.server($0) }.map {
      JSON.number($0.spec.boot.seconds)
    }
    let line = "\(session.world.bootWords(ids)): \(losses.words)\(session.world.emptiness)"
    return .done(
      Output(
        .object(
          [JSON.Member("servers", ids.json), JSON.Member("boot", .array(boots))] + losses.members),
        line: StyledText(line)))
  }
}
