package import Cloud
package import Display
import Simulation

/// `step`: lets a few events happen and tells each.
package enum Step: Command {
  package static let spec = Spec(
    "step", group: "time", "Let one event happen, or a few, and tell each.",
    positionals: [
      Parameter(
        "amount", .either([.count(1...100_000), .positive(.duration)]),
        "how many events, or how long", default: "1")
    ],
    examples: [
      Example("step", "the next event"), Example("step 10", "the next ten"),
      Example("step 500ms", "the events of half a second"),
    ],
    synonyms: ["s"])
  package static let effect = CommandEffect.passesTime

  package static func start(_ call: Call, in session: inout Session, on host: any Host)
    throws(Diagnostic) -> Activity
  {
    let start = session.world.now
    var stop = Stop()
    var most = 100_000
    if case .count(let count)? = call["amount"]?.value {
      most = count
    } else {
      stop.time = start + (try call.time("amount"))
    }
    var told: [Event] = []
    while told.count < most {
      let position = session.world.position
      let exit = session.state.world.advance(
        until: Stop(time: stop.time, position: position + 1))
      guard session.world.position > position, let event = session.world.lastEvent else {
        if exit == .idle, told.isEmpty {
          throw call.mistake(
            "nothing is left that could happen", help: "send requests: send 3 --paused")
        }
        break
      }
      told.append(event)
    }
    session.state.segment.pass(session.world)
    let rows = told.map { [StyledText(Text.time($0.time), .dim), EventWords.line($0)] }
    let result: JSON = [
      "events": .array(
        told.map { ["time": .number($0.time.seconds), "says": .string(EventWords.line($0).plain)] })
    ]
    var blocks: [Block] = [
      .table(
        Table([Table.Column("", .right), Table.Column("")], rows: rows, foldedBeyond: 40))
    ]
    if told.count == most, stop.time != nil {
      blocks.append(.note("stopped after \(Text.count(most)) events"))
    }
    if told.isEmpty { blocks = [.note("nothing happened until \(Text.time(session.world.now))")] }
    return .done(Output(result, blocks))
  }
}

extension RequestID {
  /// The other of a first try and its copy.
  var otherOfPair: RequestID { RequestID(number: number, attempt: attempt == 1 ? 2 : 1) }
}

extension Superseded {
  /// What becomes of it, after what was answered instead.
  var words: StyledText {
    waits
      ? "; \(id.name, .accent) leaves the queue of \(server.name, .accent)"
      : "; \(server.name, .accent) still has \(id.name, .accent)"
  }
}

/// Events in words.
package enum EventWords {
  static func line(_ event: Event) -> StyledText { line(event.what) }

  package static func line(_ what: Event.What) -> StyledText {
    switch what {
    case .arrived(let id, on: let server, let behind):
      let place =
        behind == 0 ? "which is idle" : "which has \(Text.count(behind, "request")) already"
      return "\(id.name, .accent) arrives and goes to \(server.name, .accent), \(place)"
    case .refused(let id, let why, by: let server, let again):
      let by = server.map { " by \($0.name)" } ?? ""
      return """
        \(id.name, .accent) is turned away\(by, .accent): \(why.words)\
        \(again ? "; it is sent again" : "", .warning)
        """
    case .waits(let id):
      return "\(id.name, .accent) arrives; no server accepts it, so it waits at the balancer"
    case .given(let id, to: let server, let behind):
      let place = behind == 0 ? "which is idle" : "which has \(Text.count(behind, "request"))"
      return "\(id.name, .accent) waits no longer: it goes to \(server.name, .accent), \(place)"
    case .hedged(let id, on: let server, let behind):
      let place = behind == 0 ? "which is idle" : "which has \(Text.count(behind, "request"))"
      return """
        \(id.otherOfPair.name, .accent) is unanswered; its copy \(id.name, .accent) goes to \
        \(server.name, .accent), \(place)
        """
    case .outlived(let id, on: let server):
      let fate = server.map { "comes to nothing on \($0.name)" } ?? "finds no server"
      return "\(id.name, .accent) \(fate); \(id.otherOfPair.name, .accent) goes on"
    case .failed(let id, on: let server, let next, let again):
      let follows: StyledText = next.map { ", and begins \($0.name)" } ?? ""
      return """
        \(server.name, .accent) answers \(id.name, .accent) with \("an error", .bad)\(follows)\
        \(again ? "; it is sent again" : "", .warning)
        """
    case .tended: return "the balancer looks after its servers"
    case .finished(let answer, let next):
      let follows: StyledText = next.map { ", which begins \($0.name)" } ?? ""
      return """
        \(answer.id.name, .accent) is answered by \(answer.server.name, .accent) after \
        \(Text.time(answer.latency), .value)\(follows)\(answer.superseded?.words ?? "")
        """
    case .wasted(let id, on: let server, let next):
      let follows: StyledText = next.map { ", and begins \($0.name)" } ?? ""
      return """
        \(server.name, .accent) finishes \(id.name, .accent), for which nobody waits any more\
        \(follows)
        """
    case .dropped(let id, on: let server):
      return "\(server.name, .accent) drops \(id.name, .accent), for which nobody waits any more"
    case .timedOut(let id, on: let server, let again):
      return """
        the client of \(id.name, .accent) gives up waiting for \
        \(server?.name ?? "a server", .accent)\
        \(again ? " and sends it again" : "", .warning)
        """
    case .booted(let server): return "\(server.name, .accent) comes into service"
    case .warmed, .noticed, .crashed, .repaired, .prepared, .faultBegan, .faultEnded:
      return MachineWords.line(what)
    case .left(let server, let cut):
      let lost = cut > 0 ? "; \(Text.count(cut, "request")) cut off" : ""
      return "\(server.name, .accent) is given back\(lost, .bad)"
    case .checked(let policy, let change):
      let what =
        change == 0
        ? "changes nothing"
        : (change > 0 ? "adds " : "removes ") + Text.count(abs(change), "server")
      return "scaler \(policy, .accent) checks and \(what)"
    }
  }
}
