import Cloud
import Display
import Simulation

/// Requests that waited at the balancer, and the servers they were given to.
struct GivenRequests {
  fileprivate var requests: [(id: RequestID, server: ServerID)] = []

  /// The end of a line that says what let them in; empty when there are none.
  var words: StyledText {
    requests.reduce("") { line, next in
      line + "; \(next.id.name, .accent), which waited, went to \(next.server.name, .accent)"
    }
  }

  /// Who went where.
  var json: JSON {
    .array(requests.map { ["id": .string($0.id.name), "server": .string($0.server.name)] })
  }
}

extension World {
  /// Lets requests that wait at the balancer have the room that there is now.
  mutating func giveWaiting() -> GivenRequests {
    var given = GivenRequests()
    while true {
      var next = self
      next.advance(until: Stop(time: now), budget: 1)
      // Nobody has room: whoever called for what waits has been heard.
      if next.position == position { self = next }
      guard next.position > position, case .given(let id, to: let server, _)? = next.lastEvent?.what
      else { return given }
      given.requests.append((id, server))
      self = next
    }
  }
}
