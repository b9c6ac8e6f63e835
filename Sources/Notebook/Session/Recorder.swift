import Cloud
import Simulation

/// Follows a world event by event and keeps the life of each request it sees.
struct Recorder {
  /// The requests in the order of their first arrival.
  private(set) var records: [RequestRecord] = []
  /// The number of the first request that is recorded.
  private let first: UInt64
  private var places: [UInt64: Int] = [:]

  /// Records requests from a number on.
  init(from first: UInt64) { self.first = first }

  /// How many of the recorded requests are not over.
  private(set) var open = 0

  /// Notes what the world's last event meant for its requests.
  mutating func note(_ event: Event, explanation: Explanation? = nil) {
    switch event.what {
    case .arrived(let id, on: let server, let behind):
      change(id, at: event.time) {
        $0.server = server
        $0.behind = behind
        $0.explanation = explanation ?? $0.explanation
      }
    case .refused(let id, let refusal, by: let server, let again):
      change(id, at: event.time) {
        $0.server = server
        $0.refusal = refusal
        $0.explanation = explanation ?? $0.explanation
        if !again { $0.end(.refused, at: event.time) }
      }
    case .finished(let answer, _):
      change(answer.id, at: event.time) {
        $0.server = answer.server
        $0.start = answer.start
        $0.end(.completed, at: answer.finish)
      }
    case .timedOut(let id, _, let again):
      change(id, at: event.time) { if !again { $0.end(.timedOut, at: event.time) } }
    case .wasted, .booted, .left, .checked: break
    }
  }

  private mutating func change(
    _ id: RequestID, at time: Instant, _ body: (inout RequestRecord) -> Void
  ) {
    guard id.number >= first else { return }
    if places[id.number] == nil {
      places[id.number] = records.count
      records.append(RequestRecord(id: id, arrival: time))
      open += 1
    }
    guard let place = places[id.number] else { return }
    let wasOpen = records[place].status == .open
    records[place].id = max(records[place].id, id)
    body(&records[place])
    if wasOpen, records[place].status != .open { open -= 1 }
  }
}

extension RequestRecord {
  fileprivate mutating func end(_ status: Status, at time: Instant) {
    self.status = status
    finish = time
  }
}
