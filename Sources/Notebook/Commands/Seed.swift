import Cloud
import Display

/// `seed`: shows or changes what chance derives from.
package enum Seed: Command {
  package static let spec = Spec(
    "seed", group: "fleet", "Show the seed, or draw all chance anew from another one.",
    positionals: [Parameter("number", .count(0...Int.max), "the seed", example: "7")],
    examples: [
      Example("seed", "the present seed"),
      Example("seed 7", "other arrivals and choices from now on"),
    ],
    details: ["What is there stays as it is; the same seed and commands give the same results."],
    synonyms: ["random-seed", "randomize", "randomise"])
  package static let effect = CommandEffect.changes

  package static func effect(of call: Call) -> CommandEffect { call.isBare ? .looks : .changes }

  package static func start(_ call: Call, in session: inout Session, on host: any Host)
    throws(Diagnostic) -> Activity
  {
    if !call.isBare { session.world.reseed(UInt64(try call.count("number"))) }
    let seed = session.world.seed
    return .done(
      Output(
        ["seed": .int(Int(clamping: seed))],
        line: "seed \(seed, .value)\(call.isBare ? "" : " from now on")"))
  }
}
