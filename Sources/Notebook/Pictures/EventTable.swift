import Cloud
import Display
import Simulation

/// Events in words.
enum EventTable {
  /// One event: when, in words, and for the machine interface.
  struct Line: Sendable {
    var time: Instant
    var words: StyledText
    var json: JSON
  }

  static func output(_ lines: [Line], run: Run) -> Output {
    let rows = lines.map { [StyledText(Text.time($0.time), .value), $0.words] }
    let result: JSON = ["events": .array(lines.map(\.json))]
    guard !rows.isEmpty else { return Output(result, line: "nothing happened in \(run.name)") }
    let title: StyledText = "the last \(Text.count(rows.count, "event")) of \(run.name, .accent)"
    let table = Table([Table.Column("", .right), Table.Column("")], rows: rows)
    return Output(result, [.lines([title]), .table(table)])
  }

  /// The last events that the records of a `send` tell of.
  static func lines(of records: [RequestRecord]) -> [Line] {
    var lines: [(place: Int, line: Line)] = []
    for record in records {
      let place = Int(clamping: record.id.number)
      if let refusal = record.refusal, [.refused, .limited].contains(record.status) {
        let what = Event.What.refused(record.id, refusal, by: record.server, again: false)
        lines.append((place, line(record.arrival, what)))
      } else if let server = record.server, let first = record.first {
        let id = record.copy == nil ? record.id : record.firstTry
        let what = Event.What.arrived(id, on: first, behind: record.behind)
        lines.append((place, line(record.arrival, what)))
        if let copy = record.copy {
          let what = Event.What.hedged(id.otherOfPair, on: copy.server, behind: copy.behind)
          lines.append((place, line(copy.time, what)))
        }
        if record.status == .completed, let finish = record.finish {
          let answered = line(
            finish, answered: record.id, by: server, after: finish - record.arrival)
          lines.append((-1, answered))
        }
      }
    }
    let sorted = lines.sorted { ($0.line.time, $0.place) < ($1.line.time, $1.place) }
    return sorted.suffix(EventReplay.most).map(\.line)
  }

  /// An event in words.
  static func line(_ time: Instant, _ what: Event.What) -> Line {
    var words: StyledText
    switch what {
    case .arrived(let id, on: let host, let behind):
      words = "\(id.name, .accent) arrives and goes to \(host.name, .accent)"
      words += behind > 0 ? ", which has \(Text.count(behind))" : ", which has none"
      return Line(time, "arrived", words, request: id, server: host)
    case .refused(let id, let refusal, by: let host, let again):
      words = "\(id.name, .accent) is \("turned away", .bad)"
      if let host { words += " by \(host.name, .accent)" }
      words += ": \(refusal.words)"
      if again { words += "; it is sent again" }
      return Line(time, refusal.isLimit ? "limited" : "refused", words, request: id, server: host)
    case .waits(let id):
      words = "\(id.name, .accent) arrives and waits: no server accepts it"
      return Line(time, "waits", words, request: id)
    case .given(let id, to: let host, let behind):
      words = "\(id.name, .accent), which waited, goes to \(host.name, .accent)"
      words += behind > 0 ? ", which has \(Text.count(behind))" : ", which has none"
      return Line(time, "given", words, request: id, server: host)
    case .hedged(let id, on: let host, let behind):
      words = "\(id.name, .accent), a copy of \(id.otherOfPair.name, .accent), goes to "
      words += "\(host.name, .accent)"
      words += behind > 0 ? ", which has \(Text.count(behind))" : ", which has none"
      return Line(time, "hedged", words, request: id, server: host)
    case .outlived(let id, on: let host):
      words = "\(id.name, .accent) comes to nothing"
      if let host { words += " on \(host.name, .accent)" }
      words += "; \(id.otherOfPair.name, .accent) goes on"
      return Line(time, "outlived", words, request: id, server: host)
    case .failed(let id, on: let host, let next, let again):
      words = "\(host.name, .accent) answers \(id.name, .accent) with \("an error", .bad)"
      words += begins(next)
      if again { words += "; it is sent again" }
      return Line(time, "failed", words, request: id, server: host)
    case .tended: return Line(time, "tended", "the balancer looks after its servers")
    case .finished(let answer, let next):
      return line(
        time, answered: answer.id, by: answer.server, after: answer.latency, next: next,
        superseded: answer.superseded)
    case .wasted(let id, on: let host, let next):
      words = "\(host.name, .accent) finishes \(id.name, .accent), for which "
      words += "\("nobody waits", .warning) any more\(begins(next))"
      return Line(time, "wasted", words, request: id, server: host)
    case .dropped(let id, on: let host):
      words = "\(host.name, .accent) drops \(id.name, .accent), whose client has "
      words += "\("given up", .warning)"
      return Line(time, "dropped", words, request: id, server: host)
    case .timedOut(let id, on: let host, let again):
      words = "the client of \(id.name, .accent), "
      words += host.map { "on \($0.name, .accent), " } ?? "which waits, "
      words += "\("gives up", .bad)"
      if again { words += " and sends it again" }
      return Line(time, "timed-out", words, request: id, server: host)
    case .booted(let id):
      words = "\(id.name, .accent) comes \("into service", .good)"
      return Line(time, "booted", words, server: id)
    case .warmed(let id): return Line(time, "warmed", MachineWords.line(what), server: id)
    case .noticed(let id, _): return Line(time, "noticed", MachineWords.line(what), server: id)
    case .crashed(let id, _): return Line(time, "crashed", MachineWords.line(what), server: id)
    case .repaired(let id): return Line(time, "repaired", MachineWords.line(what), server: id)
    case .prepared(let id): return Line(time, "prepared", MachineWords.line(what), server: id)
    case .faultBegan: return Line(time, "fault-began", MachineWords.line(what))
    case .faultEnded: return Line(time, "fault-ended", MachineWords.line(what))
    case .left(let id, let cut):
      words = "\(id.name, .accent) is given back"
      if cut > 0 { words += "; \(Text.count(cut, "request"), .bad) cut off" }
      return Line(time, "left", words, server: id)
    case .checked(let scaler, let change):
      words = "scaler \(scaler, .accent) checks: "
      let sign = change > 0 ? "+" : "−"
      words += change == 0 ? "nothing to do" : "\(sign)\(Text.count(abs(change), "server"))"
      return Line(time, "checked", words)
    }
  }

  private static func line(
    _ time: Instant, answered id: RequestID, by host: ServerID, after latency: Simulation.Duration,
    next: RequestID? = nil, superseded: Superseded? = nil
  ) -> Line {
    let words: StyledText = """
      \(host.name, .accent) answers \(id.name, .accent) after \(Text.time(latency), .value)\
      \(begins(next))\(superseded?.words ?? "")
      """
    return Line(time, "finished", words, request: id, server: host)
  }

  private static func begins(_ next: RequestID?) -> StyledText {
    next.map { ", begins \($0.name, .accent)" } ?? ""
  }
}

extension EventTable.Line {
  fileprivate init(
    _ time: Instant, _ event: String, _ words: StyledText, request: RequestID? = nil,
    server: ServerID? = nil
  ) {
    self.time = time
    self.words = words
    json = [
      "time": .number(time.seconds), "event": .string(event), "request": JSON(request?.name),
      "server": JSON(server?.name), "words": .string(words.plain),
    ]
  }
}

/// Plays a run again for its last events.
struct EventReplay: Work {
  /// So many events are told of.
  static let most = 20
  /// Events between worlds that are kept, to go back to.
  private static let stride = 65_536

  private let title: String
  private let run: Run
  private var replay: Replay
  /// Worlds on the way, at least `most` events before the present one, and the present stretch's.
  private var kept: [Replay]

  init(_ run: Run, title: String) {
    self.title = title
    self.run = run
    replay = Replay(run)
    kept = [replay]
  }

  var progress: Progress { Progress(title, fraction: replay.fraction, detail: run.name) }

  mutating func proceed(in session: inout Session, events: Int) throws(Diagnostic) -> Output? {
    var left = events
    while left > 0 {
      let before = replay.world.position
      if before - (kept.last?.world.position ?? 0) >= Self.stride {
        kept.append(replay)
        if kept.count > 2 { kept.removeFirst() }
      }
      let isOver = replay.advance(events: min(left, Self.stride))
      left -= max(1, replay.world.position - before)
      if isOver { return last() }
    }
    return nil
  }

  mutating func stop(in session: inout Session) -> Output { last() }

  /// Goes through the last events one by one, from the nearest kept world before them.
  private func last() -> Output {
    let end = replay.world.position
    let from = max(run.start.position, end - Self.most)
    guard var near = kept.last(where: { $0.world.position <= from }) ?? kept.first else {
      return EventTable.output([], run: run)
    }
    if near.world.position < from { _ = near.advance(events: from - near.world.position) }
    var lines: [EventTable.Line] = []
    while near.world.position < end {
      let position = near.world.position
      _ = near.advance(events: 1)
      guard near.world.position > position, let event = near.world.lastEvent else { break }
      lines.append(EventTable.line(event.time, event.what))
    }
    return EventTable.output(lines, run: run)
  }
}
