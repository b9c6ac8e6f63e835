import Display
import Notebook

/// Work that brings a session to another place by running a lesson's commands aside: nothing
/// changes until it has arrived.
struct Walk: Work {
  /// What it came to, one part after another.
  struct Arrival: Sendable {
    /// Where each part ended.
    var places: [Checkpoint]
    /// What failed, in each part.
    var failures: [Replay.Failure?]
    /// What was run, and what came of it.
    var cells: [SessionCell]
  }

  private let title: String
  private let host: any Host
  private let parts: [[String]]
  private let arrive: @Sendable (inout Session, Arrival) -> Output
  private var replay: Replay
  private var arrival: Arrival
  private let start: Int

  /// Runs the parts one after another in a session of their own, then arrives.
  init(
    _ title: String, _ parts: [[String]], from aside: Session, on host: any Host,
    arrive: @escaping @Sendable (inout Session, Arrival) -> Output
  ) {
    self.title = title
    self.host = host
    self.parts = parts
    self.arrive = arrive
    replay = Replay(parts.first ?? [], in: aside, on: host)
    arrival = Arrival(places: [], failures: [], cells: [])
    start = aside.cells.count
  }

  var progress: Progress { Progress(title, fraction: replay.fraction) }

  mutating func proceed(in session: inout Session, events: Int) throws(Diagnostic) -> Output? {
    guard replay.proceed(events: events) else { return nil }
    arrival.places.append(replay.session.checkpoint)
    arrival.failures.append(replay.failure)
    if arrival.places.count < parts.count {
      replay = Replay(parts[arrival.places.count], in: replay.session, on: host)
      return nil
    }
    arrival.cells = Array(replay.session.cells.dropFirst(start))
    return arrive(&session, arrival)
  }

  mutating func stop(in session: inout Session) -> Output {
    Output(["stopped": true], line: "stopped; nothing has changed")
  }
}
