import Cloud
import Display
import Simulation

/// `finish`: answers a request that was held open.
package enum Finish: Command {
  package static let spec = Spec(
    "finish", group: "traffic", "Answer a request that is held open.",
    positionals: [Parameter("request", .item([.request]), "which one", required: true)],
    examples: [Example("finish r3", "the one that `send 5 --hold` left open as r3")],
    synonyms: ["complete", "answer-request", "respond"])
  package static let effect = CommandEffect.changes

  package static func start(_ call: Call, in session: inout Session, on host: any Host)
    throws(Diagnostic) -> Activity
  {
    guard case .item(let item)? = call["request"]?.value else {
      throw call.mistake("finish needs a request such as r3")
    }
    let number = UInt64(item.number)
    let id = RequestID(number: number)
    guard item.number <= session.world.arrived else {
      throw call.mistake(
        "there is no request \(id.name) yet", about: "request",
        help: "send one and hold it: send --hold")
    }
    guard session.world.finish(request: number) else {
      throw call.mistake(
        "\(id.name) is not held open", about: "request",
        help: "requests are held by: send 3 --hold")
    }
    guard let answer = session.world.answer(to: number) else {
      return .done(
        Output(
          ["id": .string(id.name), "status": "open"],
          line: "\(id.name, .accent) still waits for a slot; then it is answered at once"))
    }
    let given = session.world.giveWaiting()
    var line: StyledText = """
      \(id.name, .accent) answered by \(answer.server.name, .accent) after \
      \(Text.time(answer.latency), .value)
      """
    line = line + given.words
    return .done(
      Output(
        [
          "id": .string(id.name), "status": "completed", "server": .string(answer.server.name),
          "finish": .number(answer.finish.seconds), "latency": .number(answer.latency.seconds),
          "given": given.json,
        ], line: line))
  }
}

extension World {
  /// Lets what is left of this instant happen up to the answer to a request, if it is among it.
  fileprivate mutating func answer(to number: UInt64) -> Answer? {
    while true {
      let position = position
      advance(until: Stop(time: now), budget: 1)
      guard self.position > position else { return nil }
      if case .finished(let answer, _)? = lastEvent?.what, answer.id.number == number {
        return answer
      }
    }
  }
}
