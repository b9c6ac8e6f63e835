import Cloud
import Simulation

/// Follows some requests of a world, event by event, and keeps the life of each.
struct Recorder: Sendable {
  /// The requests in the order of their first arrival.
  private(set) var records: [RequestRecord] = []
  /// How many of them are not over.
  private(set) var open = 0
  private var places: [UInt64: Int] = [:]
  /// By number, the server of the copy while the first try is under way as well.
  private var copies: [UInt64: ServerID] = [:]
  private let followsAll: Bool

  /// Follows every request that arrives from now on, or only those it is told to.
  init(all: Bool = false) { followsAll = all }

  /// How many of them are over.
  var settled: Int { records.count - open }

  /// Follows the request of a number, which is about to arrive.
  mutating func follow(_ number: UInt64) { places[number] = -1 }

  /// Notes what an event meant for the requests that are followed.
  mutating func note(_ event: Event, explanation: Explanation? = nil) {
    switch event.what {
    case .arrived(let id, on: let server, let behind):
      change(id, at: event.time, begins: true) {
        $0.reopen()
        $0.go(to: server, behind: behind)
        $0.explanation = explanation ?? $0.explanation
      }
    case .refused(let id, let refusal, by: let server, let again):
      change(id, at: event.time, begins: true) {
        $0.server = server
        if let server { $0.tries.append(server) }
        $0.refusal = refusal
        if !refusal.isLimit { $0.explanation = explanation ?? $0.explanation }
        let status = RequestRecord.Status(refusal)
        if again { $0.miss(status, at: event.time) } else { $0.end(status, at: event.time) }
      }
    case .waits(let id):
      change(id, at: event.time, begins: true) {
        $0.reopen()
        $0.stay = RequestRecord.Stay(since: event.time)
        $0.explanation = explanation ?? $0.explanation
      }
    case .given(let id, to: let server, let behind):
      change(id, at: event.time) {
        $0.go(to: server, behind: behind)
        $0.stay?.given = event.time
      }
    case .hedged(let id, on: let server, let behind):
      guard places[id.number].map({ $0 >= 0 }) ?? false else { return }
      copies[id.number] = server
      change(id.otherOfPair, at: event.time) {
        $0.copy = RequestRecord.Copy(time: event.time, server: server, behind: behind)
        $0.tries.append(server)
      }
    case .outlived(let id, _):
      let copy = copies.removeValue(forKey: id.number)
      if id.attempt == 1 { change(id, at: event.time) { $0.server = copy ?? $0.server } }
    case .failed(let id, on: let server, _, let again):
      change(id, at: event.time) {
        $0.server = server
        if again { $0.miss(.failed, at: event.time) } else { $0.end(.failed, at: event.time) }
      }
    case .finished(let answer, _):
      copies[answer.id.number] = nil
      change(answer.id, at: event.time) {
        $0.server = answer.server
        $0.start = answer.start
        $0.end(.completed, at: answer.finish)
      }
    case .timedOut(let id, _, let again):
      copies[id.number] = nil
      change(id, at: event.time) {
        if again { $0.miss(.timedOut, at: event.time) } else { $0.end(.timedOut, at: event.time) }
      }
    case .left(let server, let cut):
      if cut > 0 { lose(on: server, at: event.time) }
    case .crashed(let server, let lost):
      if lost > 0 { lose(on: server, at: event.time) }
    case .faultBegan(_, let kind, let servers, let lost):
      if lost > 0, kind == .crash || kind == .outage {
        for server in servers { lose(on: server, at: event.time) }
      }
    case .wasted, .dropped, .booted, .checked, .tended, .warmed, .noticed, .repaired, .prepared,
      .faultEnded:
      break
    }
  }

  /// Those that were on a server fail; one that is sent again will arrive once more.
  private mutating func lose(on server: ServerID, at time: Instant) {
    for place in records.indices where records[place].status == .open {
      let copy = copies[records[place].id.number]
      if copy == server || records[place].server == server {
        copies[records[place].id.number] = nil
      }
      guard records[place].server == server else { continue }
      if let copy {
        records[place].server = copy
      } else {
        records[place].end(.failed, at: time)
        open -= 1
      }
    }
  }

  private mutating func change(
    _ id: RequestID, at time: Instant, begins: Bool = false,
    _ body: (inout RequestRecord) -> Void
  ) {
    var place = places[id.number]
    if place == -1 || (place == nil && followsAll && begins && id.attempt == 1) {
      place = records.count
      places[id.number] = records.count
      records.append(RequestRecord(id: id, arrival: time))
      open += 1
    }
    guard let place, place >= 0 else { return }
    let wasOpen = records[place].status == .open
    if records[place].id < id { records[place].go(on: id, at: time) }
    body(&records[place])
    let isOpen = records[place].status == .open
    if wasOpen != isOpen { open += isOpen ? 1 : -1 }
  }
}

extension RequestRecord.Status {
  /// What a refusal is for the request.
  fileprivate init(_ refusal: Refusal) {
    let isFailure = refusal == .noConnection || refusal == .allTried
    self = refusal.isLimit ? .limited : isFailure ? .failed : .refused
  }
}

extension RequestRecord {
  fileprivate mutating func go(to server: ServerID, behind: Int) {
    self.server = server
    self.behind = behind
    tries.append(server)
  }

  /// Another try of it, or its copy, is what is told of from now on.
  fileprivate mutating func go(on next: RequestID, at time: Instant) {
    if copy == nil {
      // Whatever was lost with its server is sent again without a word.
      if misses.last?.attempt != id.attempt { miss(status, at: finish ?? time) }
      sent = time
      explanation = nil
    }
    id = next
    stay = nil
    refusal = nil
  }

  fileprivate mutating func miss(_ status: Status, at time: Instant) {
    misses.append(
      Miss(
        attempt: id.attempt, sent: sent ?? arrival, server: server, over: time,
        status: status == .open ? .failed : status, refusal: refusal))
  }

  fileprivate mutating func reopen() {
    status = .open
    finish = nil
  }

  fileprivate mutating func end(_ status: Status, at time: Instant) {
    self.status = status
    finish = time
  }
}
