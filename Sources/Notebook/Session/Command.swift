/// A command: what it takes, and what it does.
public protocol Command: Sendable {
  /// What it takes: parsing, errors, help, Tab, colour and hints come from it.
  static var spec: Spec { get }
  /// What it does to the session.
  static var effect: CommandEffect { get }
  /// What one call of it does: of a command that only shows when it is given nothing, less.
  static func effect(of call: Call) -> CommandEffect
  /// Does it, or begins to; when it throws, nothing has changed.
  static func start(_ call: Call, in session: inout Session, on host: any Host)
    throws(Diagnostic) -> Activity
}

extension Command {
  /// What the command does.
  public static func effect(of call: Call) -> CommandEffect { effect }
}

/// What a command does to a session, and so what `undo`, `back` and replay do about it.
public enum CommandEffect: Sendable {
  /// Nothing: it looks.
  case looks
  /// It changes the world or what is known; `undo` takes it back.
  case changes
  /// It lets time pass; `back` goes through it event by event, `undo` takes it back.
  case passesTime
  /// It moves between states: `undo`, `redo`.
  case moves
  /// It belongs to the notebook or the lesson and is not replayed.
  case accompanies
}

/// What a command comes to: an answer, or work that goes on in chunks.
public enum Activity: Sendable {
  /// It is done.
  case done(Output)
  /// It goes on.
  case working(any Work)
}

/// Long work, done in chunks of events so that it can be watched and stopped.
public protocol Work: Sendable {
  /// How far it is.
  var progress: Progress { get }
  /// Goes on for about so many events; the answer when it is done.
  mutating func proceed(in session: inout Session, events: Int) throws(Diagnostic) -> Output?
  /// Ends it where it stands, with what was reached.
  mutating func stop(in session: inout Session) -> Output
  /// The line that would lead to the same state, when it was stopped early; nil to keep the typed.
  func stoppedInput(in session: Session) -> String?
}

extension Work {
  /// The line that was typed says it.
  public func stoppedInput(in session: Session) -> String? { nil }
}

/// How far some work is.
public struct Progress: Hashable, Sendable {
  /// What is going on, such as "run 1h".
  public var title: String
  /// The share done, when it can be known.
  public var fraction: Double?
  /// Where it stands, such as "12m of 1h".
  public var detail: String

  /// How far some work is.
  public init(_ title: String, fraction: Double? = nil, detail: String = "") {
    self.title = title
    self.fraction = fraction
    self.detail = detail
  }
}

/// The session's only way to files.
public protocol Host: Sendable {
  /// The bytes of a file; the error is one sentence that names the file.
  func read(_ path: String) throws(HostError) -> [UInt8]
  /// Writes a file, wholly or not at all.
  func write(_ bytes: [UInt8], to path: String) throws(HostError)
  /// The names in a folder, sorted; empty when there is none.
  func list(_ folder: String) -> [String]
}

/// Why a file could not be read or written, in one sentence.
public struct HostError: Error, Hashable, Sendable {
  /// The sentence, in lower case, without a full stop.
  public var message: String

  /// A reason.
  public init(_ message: String) { self.message = message }
}
