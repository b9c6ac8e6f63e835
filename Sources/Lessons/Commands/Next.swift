import Notebook

/// `next`: goes on in a lesson.
enum Next: Command {
  static let spec = Spec(
    "next", group: "learning", "Go on in the lesson; Enter on an empty line does the same.",
    examples: [Example("next", "runs the lesson's command, or shows what comes next")],
    details: [
      "Where the lesson shows a command, next runs it. Where a question or a task is open, it says "
        + "what is missing; a second next leaves it."
    ],
    synonyms: ["continue", "skip", "nxt"])
  static let effect = CommandEffect.accompanies

  static func start(_ call: Call, in session: inout Session, on host: any Host)
    throws(Diagnostic) -> Activity
  {
    try session.teach(on: host) { room, session throws(Diagnostic) in
      try room.next(call, in: &session, on: host)
    }
  }
}
