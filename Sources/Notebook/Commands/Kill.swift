import Cloud
import Display

/// `kill`: crashes servers.
package enum Kill: Command {
  package static let spec = Spec(
    "kill", group: "fleet", "Crash servers: what is on them fails.",
    positionals: [ServerChoice.servers], options: [ServerChoice.zone],
    alternatives: [ServerChoice.alternatives],
    examples: [
      Example("kill s1", "it dies with everything that is on it"),
      Example("kill --zone a", "a whole zone fails"),
    ],
    details: ["A crashed server is not paid for any longer; `restart` brings it back."],
    synonyms: ["crash", "terminate-now", "shoot"])
  package static let effect = CommandEffect.changes

  package static func start(_ call: Call, in session: inout Session, on host: any Host)
    throws(Diagnostic) -> Activity
  {
    let ids = try call.chosenServers(in: session.world, leavingOut: [.crashed])
    let losses = session.world.losing { _ = $0.kill(ids) }
    let line =
      "\(Text.servers(ids)) crashed: \(losses.words)\(session.world.emptiness)"
    return .done(
      Output(
        .object([JSON.Member("servers", ids.json)] + losses.members), line: StyledText(line)))
  }
}
