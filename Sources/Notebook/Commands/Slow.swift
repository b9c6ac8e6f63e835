import Cloud
import Display

/// `slow`: makes servers slower than they should be, or cures them.
package enum Slow: Command {
  package static let spec = Spec(
    "slow", group: "fleet", "Make servers slower than they should be, or cure them.",
    positionals: [ServerChoice.servers],
    options: [
      ServerChoice.zone,
      Parameter(
        "factor", .number(.leastNonzeroMagnitude...1e6), "how many times slower; 1 cures",
        required: true, example: "4"),
    ],
    alternatives: [ServerChoice.alternatives],
    examples: [
      Example("slow s1 --factor 4", "four times slower"),
      Example("slow all --factor 1", "as fast as they should be"),
    ],
    details: [
      "What a server has done so far counts. Its weight stays: nobody has told the balancer."
    ],
    synonyms: ["degrade", "throttle", "cure"])
  package static let effect = CommandEffect.changes

  package static func start(_ call: Call, in session: inout Session, on host: any Host)
    throws(Diagnostic) -> Activity
  {
    let factor = try call.number("factor")
    guard factor >= 1 else {
      throw call.mistake(
        "--factor says how many times slower: 4 is four times slower, 1 is cured",
        about: "factor", try: Text.number((1 / factor).rounded()))
    }
    let ids = try call.chosenServers(in: session.world)
    session.world.slow(ids, factor: factor)
    let line =
      factor == 1
      ? "\(Text.servers(ids)) as fast as before"
      : "\(Text.servers(ids)) \(Text.exact(factor)) times slower"
    return .done(
      Output(["servers": ids.json, "factor": .number(factor)], line: StyledText(line)))
  }
}
