/// `quit`: ends the session.
package enum Quit: Command {
  package static let spec = Spec(
    "quit", group: "notebook", "End.",
    examples: [Example("quit", "what was typed is kept in the history")],
    synonyms: ["exit", "bye", "q", "logout"])
  package static let effect = CommandEffect.accompanies

  package static func start(_ call: Call, in session: inout Session, on host: any Host)
    throws(Diagnostic) -> Activity
  {
    session.hasQuit = true
    return .done(Output())
  }
}
