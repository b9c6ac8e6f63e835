import Notebook

/// Commands that run one after another in a session of their own, in chunks.
struct Replay: Sendable {
  /// A command that failed.
  struct Failure: Sendable {
    var input: String
    var mistake: Diagnostic
  }

  /// The session they run in.
  private(set) var session: Session
  /// The first command that failed where none was expected to.
  private(set) var failure: Failure?
  private var rest: ArraySlice<String>
  private var isWorking = false
  private let count: Int
  private let host: any Host

  init(_ lines: [String], in session: Session, on host: any Host) {
    self.session = session
    self.host = host
    rest = lines[...]
    count = lines.count
  }

  var fraction: Double { count == 0 ? 1 : Double(count - rest.count) / Double(count) }

  /// Goes on for about so many events; whether everything has run.
  mutating func proceed(events: Int) -> Bool {
    while isWorking || !rest.isEmpty {
      let turn: Session.Turn
      if isWorking {
        turn = session.resume(events: events)
        if case .working = turn { return false }
      } else {
        turn = session.apply(rest.removeFirst(), on: host)
      }
      switch turn {
      case .working: isWorking = true
      case .done(let effects):
        isWorking = false
        note(effects)
      }
    }
    return true
  }

  private mutating func note(_ effects: [Session.Effect]) {
    for effect in effects {
      if case .fail(let mistake, let source) = effect, failure == nil {
        failure = Failure(input: source, mistake: mistake)
      }
    }
  }
}
