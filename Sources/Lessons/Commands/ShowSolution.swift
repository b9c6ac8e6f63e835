import Display
import Notebook

/// `solution`: shows one way to do the task, or does it.
enum ShowSolution: Command {
  static let spec = Spec(
    "solution", group: "learning", "Show one way to do the task.",
    positionals: [Parameter("how", .words("run"), "run it from where the task begins")],
    examples: [
      Example("solution", "the commands and why"), Example("solution run", "runs them"),
    ],
    synonyms: ["solve", "reveal"])
  static let effect = CommandEffect.accompanies

  static func start(_ call: Call, in session: inout Session, on host: any Host)
    throws(Diagnostic) -> Activity
  {
    try session.teach(on: host) { room, session throws(Diagnostic) in
      guard call.has("how") else { return .done(try room.solution(call)) }
      return try room.runSolution(call, in: &session, on: host)
    }
  }
}

extension Classroom {
  fileprivate mutating func runSolution(
    _ call: Call, in session: inout Session, on host: any Host
  ) throws(Diagnostic) -> Activity {
    guard let desk else { throw call.noLesson }
    guard desk.isAtGoal, let solution = desk.page.solution else {
      throw call.mistake("there is no task here", help: "next goes on")
    }
    showing()
    let aside = Session(commands: session.commands, at: desk.home)
    return .working(
      Walk(call.source, [solution.steps.map(\.input)], from: aside, on: host) { session, arrival in
        var room = session.guide as? Classroom ?? Classroom(on: host)
        session.guide = nil
        defer { session.guide = room }
        return room.arrive(with: arrival, in: &session, as: call.source)
      })
  }

  private mutating func arrive(
    with arrival: Walk.Arrival, in session: inout Session, as input: String
  ) -> Output {
    move(&session, to: arrival.places[0], for: nil, as: input)
    desk?.isAway = true
    var blocks = takeRemarks()
    blocks += arrival.cells.flatMap { cell in
      [Block.lines([StyledText(cell.input, .command)])] + (cell.output?.blocks ?? [])
    }
    if let announcement = announcement(in: session) { blocks += announcement.blocks }
    return Output(
      ["ran": .array(arrival.cells.map { .string($0.input) }), "met": .bool(desk?.isMet == true)],
      blocks)
  }
}
