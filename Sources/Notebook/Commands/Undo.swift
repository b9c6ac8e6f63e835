import Cloud
import Display
import Simulation

/// `undo`: takes the last cell back.
package enum Undo: Command {
  package static let spec = Spec(
    "undo", group: "time", "Take the last cell back.",
    examples: [Example("undo", "as if the last cell had not been")])
  package static let effect = CommandEffect.moves

  package static func start(_ call: Call, in session: inout Session, on host: any Host)
    throws(Diagnostic) -> Activity
  {
    guard let input = session.undo() else {
      throw call.mistake("there is nothing to undo")
    }
    return .done(session.moved("undone", input))
  }
}

/// `redo`: does again what `undo` took back.
package enum Redo: Command {
  package static let spec = Spec(
    "redo", group: "time", "Do again what undo took back.",
    examples: [Example("redo", "the cell that was undone last")])
  package static let effect = CommandEffect.moves

  package static func start(_ call: Call, in session: inout Session, on host: any Host)
    throws(Diagnostic) -> Activity
  {
    guard let input = session.redo() else {
      throw call.mistake("there is nothing to redo")
    }
    return .done(session.moved("done again", input))
  }
}

extension Session {
  /// Goes back to before the last cell that changed something; its input, or nil when there is
  /// none.
  mutating func undo() -> String? {
    guard let moment = past.popLast() else { return nil }
    future.append(Moment(state: state, cells: cells, input: moment.input))
    state = moment.state
    cells = moment.cells
    return moment.input
  }

  /// Takes back the last undo; the input of its cell, or nil when there is none.
  mutating func redo() -> String? {
    guard let moment = future.popLast() else { return nil }
    past.append(Moment(state: state, cells: cells, input: moment.input))
    state = moment.state
    cells = moment.cells
    return moment.input
  }

  fileprivate func moved(_ verb: String, _ input: String) -> Output {
    Output(
      ["input": .string(input), "time": .number(world.now.seconds)],
      line: "\(verb): \(input, .command); now at \(Text.time(world.now), .value)")
  }
}
