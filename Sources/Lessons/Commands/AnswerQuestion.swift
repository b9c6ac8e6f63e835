import Notebook

/// `answer`: answers the open question.
enum AnswerQuestion: Command {
  static let spec = Spec(
    "answer", group: "learning", "Answer the open question; the bare letter does the same.",
    positionals: [
      Parameter("letters", .text, "a letter, or letters in order", required: true, example: "b")
    ],
    examples: [
      Example("answer b", "the second option"), Example("answer c a b", "lines in order"),
    ])
  static let effect = CommandEffect.accompanies

  static func start(_ call: Call, in session: inout Session, on host: any Host)
    throws(Diagnostic) -> Activity
  {
    try session.teach(on: host) { room, session throws(Diagnostic) in
      .done(try room.answer(call, in: session))
    }
  }
}
