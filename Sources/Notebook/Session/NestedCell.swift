/// A cell that runs as part of another cell's work, such as the cells of a notebook being opened.
public struct NestedCell: Sendable {
  private var pending: Session.Pending?

  /// No cell yet.
  public init() {}

  /// Whether a cell is being worked on.
  public var isWorking: Bool { pending != nil }

  /// Begins a cell, which does not count as typed.
  public mutating func begin(_ line: String, in session: inout Session, on host: any Host)
    -> Session.Turn
  {
    let typed = session.history
    let turn = session.apply(line, on: host)
    session.history = typed
    pending = session.pending
    session.pending = nil
    return turn
  }

  /// Goes on with it for about so many events.
  public mutating func resume(in session: inout Session, events: Int) -> Session.Turn {
    session.pending = pending
    pending = nil
    let turn = session.resume(events: events)
    pending = session.pending
    session.pending = nil
    return turn
  }

  /// Stops it where it stands.
  public mutating func interrupt(in session: inout Session) -> Session.Turn {
    session.pending = pending
    pending = nil
    return session.interrupt()
  }
}
