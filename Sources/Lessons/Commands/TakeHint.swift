import Notebook

/// `hint`: the next hint that fits the state one is in.
enum TakeHint: Command {
  static let spec = Spec(
    "hint", group: "learning", "Take a hint.",
    examples: [Example("hint", "the next one after a try; or ask twice")],
    details: ["The next hint comes after another try, or when you ask once more."],
    synonyms: ["clue", "stuck"])
  static let effect = CommandEffect.accompanies

  static func start(_ call: Call, in session: inout Session, on host: any Host)
    throws(Diagnostic) -> Activity
  {
    try session.teach(on: host) { room, session throws(Diagnostic) in
      .done(try room.hint(call, in: session))
    }
  }
}
