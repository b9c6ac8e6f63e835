import Cloud
import Display

/// `reset`: empties the world.
package enum Reset: Command {
  package static let spec = Spec(
    "reset", group: "fleet", "Empty the world; the seed and the runs so far are kept.",
    examples: [Example("reset", "no servers, no loads, time zero")],
    synonyms: ["clear", "restart-all", "wipe"])
  package static let effect = CommandEffect.changes

  package static func start(_ call: Call, in session: inout Session, on host: any Host)
    throws(Diagnostic) -> Activity
  {
    session.world = World(seed: session.world.seed)
    let runs = session.state.runs.map(\.name)
    let kept = runs.isEmpty ? "" : "; \(Text.count(runs.count, "run")) kept: \(runs.listed("and"))"
    return .done(
      Output(
        [
          "seed": .int(Int(clamping: session.world.seed)), "runs": .array(runs.map { .string($0) }),
        ],
        line: "an empty world at \(Text.time(session.world.now)), seed \(session.world.seed)\(kept)"
      ))
  }
}
