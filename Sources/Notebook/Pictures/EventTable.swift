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
      if let server = record.server, record.status != .refused {
        let event = Event(
          time: record.arrival, what: .arrived(record.id, on: server, behind: record.behind))
        lines.append((place, line(event)))
      } else if let refusal = record.refusal {
        let what = Event.What.refused(record.id, refusal, by: record.server, again: false)
        lines.append((place, line(Event(time: record.arrival, what: what))))
      }
      if record.status == .completed, let server = record.server, let start = record.start,
        let finish = record.finish
      {
        let answer = Answer(
          id: record.id, server: server, arrival: record.arrival, start: start, finish: finish)
        lines.append((-1, line(Event(time: finish, what: .finished(answer, next: nil)))))
      }
    }
    let sorted = lines.sorted { ($0.line.time, $0.place) < ($1.line.time, $1.place) }
    return sorted.suffix(EventReplay.most).map(\.line)
  }

  /// An event in words.
  static func line(_ event: Event) -> Line {
    var words: StyledText
    var members: [JSON.Member] = [JSON.Member("time", .number(event.time.seconds))]
    func note(_ key: String, _ value: JSON) { members.append(JSON.Member(key, value)) }
    func request(_ id: RequestID) -> StyledText { StyledText(id.name, .accent) }
    func server(_ id: ServerID) -> StyledText { StyledText(id.name, .accent) }
    switch event.what {
    case .arrived(let id, on: let host, let behind):
      note("event", "arrived")
      note("request", .string(id.name))
      note("server", .string(host.name))
      note("behind", .int(behind))
      words = "\(request(id)) arrives and goes to \(server(host))"
      words += behind > 0 ? ", which has \(Text.count(behind))" : ", which has none"
    case .refused(let id, let refusal, by: let host, let again):
      note("event", "refused")
      note("request", .string(id.name))
      note("server", JSON(host?.name))
      words = "\(request(id)) is \("turned away", .bad)"
      if let host { words += " by \(server(host))" }
      words += ": \(refusal.words)" + (again ? "; it is sent again" : "")
    case .finished(let answer, let next):
      note("event", "finished")
      note("request", .string(answer.id.name))
      note("server", .string(answer.server.name))
      note("latency", .number(answer.latency.seconds))
      words = """
        \(server(answer.server)) answers \(request(answer.id)) after \
        \(Text.time(answer.latency), .value)
        """
      if let next { words += ", begins \(request(next))" }
    case .wasted(let id, on: let host, let next):
      note("event", "wasted")
      note("request", .string(id.name))
      note("server", .string(host.name))
      words = "\(server(host)) finishes \(request(id)), whose client has \("given up", .warning)"
      if let next { words += ", begins \(request(next))" }
    case .timedOut(let id, on: let host, let again):
      note("event", "timed-out")
      note("request", .string(id.name))
      note("server", .string(host.name))
      words = "the client of \(request(id)), on \(server(host)), \("gives up", .bad)"
      words += again ? " and sends it again" : ""
    case .booted(let id):
      note("event", "booted")
      note("server", .string(id.name))
      words = "\(server(id)) comes \("into service", .good)"
    case .left(let id, let cut):
      note("event", "left")
      note("server", .string(id.name))
      words = "\(server(id)) is given back"
      if cut > 0 { words += "; \(Text.count(cut, "request"), .bad) cut off" }
    case .checked(let policy, let change):
      note("event", "checked")
      note("scaler", .string(policy))
      note("change", .int(change))
      words = "autoscaler \(policy, .accent) checks: "
      words += change == 0
        ? "nothing to do" : "\(change > 0 ? "+" : "−")\(Text.count(abs(change), "server"))"
    }
    return Line(time: event.time, words: words, json: .object(members))
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
      lines.append(EventTable.line(event))
    }
    return EventTable.output(lines, run: run)
  }
}
