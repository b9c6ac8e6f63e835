import Cloud
import Display
import Simulation

/// `fault`: makes servers answer with errors, or cures them.
package enum Fault: Command {
  package static let spec = Spec(
    "fault", group: "fleet", "Make servers answer with errors, or cure them.",
    positionals: [ServerChoice.servers],
    options: [
      ServerChoice.zone,
      Parameter(
        "errors", .percent, "share of its requests that it answers with an error; 0% cures",
        required: true, example: "100%"),
      Parameter("after", .duration, "work that an error takes", default: "0s"),
    ],
    alternatives: [ServerChoice.alternatives],
    examples: [
      Example("fault s2 --errors 100%", "s2 fails at once whatever it is given"),
      Example("fault s2 --errors 10% --after 50ms", "one request in ten fails, after 50ms"),
      Example("fault all --errors 0%", "nobody fails any more"),
    ],
    details: [
      "A server that fails fast looks idle: rules that count requests send it more and more."
    ],
    synonyms: ["error", "errors", "chaos", "inject"])
  package static let effect = CommandEffect.changes

  package static func start(_ call: Call, in session: inout Session, on host: any Host)
    throws(Diagnostic) -> Activity
  {
    let share = try call.ratio("errors")
    let ids = try call.chosenServers(in: session.world)
    session.world.fail(ids, share: share, after: try call.time("after"))
    let names = Text.servers(ids)
    let line =
      share == 0
      ? "\(names) without errors"
      : "\(names): \(Text.exact(ratio: share)) of the requests answered with an error"
    return .done(
      Output(["servers": ids.json, "errors": .number(share)], line: StyledText(line)))
  }
}
