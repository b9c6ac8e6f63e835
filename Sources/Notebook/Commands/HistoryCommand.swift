import Display

/// `history`: what was typed.
package enum HistoryCommand: Command {
  package static let spec = Spec(
    "history", group: "notebook", "List what was typed.",
    positionals: [Parameter("count", .count, "only so many of the last lines")],
    examples: [Example("history 5", "the last five lines")])
  package static let effect = CommandEffect.accompanies

  package static func start(_ call: Call, in session: inout Session, on host: any Host)
    throws(Diagnostic) -> Activity
  {
    let all = session.history
    let count = call.has("count") ? try call.count("count") : all.count
    let first = max(0, all.count - count)
    let shown = all[first...]
    let width = "\(all.count)".count
    let lines = shown.enumerated().map { index, line -> StyledText in
      let number = "\(first + index + 1)".leftPadding(toCells: width)
      return "\(number, .dim)  \(line, .command)"
    }
    let result: JSON = ["history": .array(shown.map { .string($0) })]
    guard !lines.isEmpty else { return .done(Output(result, line: "nothing was typed yet")) }
    return .done(Output(result, [.lines(lines)]))
  }
}
