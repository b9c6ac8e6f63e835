import Notebook

/// `check`: says what is missing from the task.
enum CheckGoal: Command {
  static let spec = Spec(
    "check", group: "learning", "Say what is missing from the task.",
    examples: [Example("check", "each condition that does not hold, with its values")],
    synonyms: ["verify", "submit"])
  static let effect = CommandEffect.accompanies

  static func start(_ call: Call, in session: inout Session, on host: any Host)
    throws(Diagnostic) -> Activity
  {
    try session.teach(on: host) { room, session throws(Diagnostic) in
      .done(try room.check(call, in: session))
    }
  }
}
