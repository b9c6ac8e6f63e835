import Notebook
import Testing

/// A session with every command, as a test talks to it.
struct SeeingTalk {
  var session = Session(commands: Commands.all)

  /// What is shown for a line, mistakes with their carets.
  mutating func say(_ line: String) -> [String] {
    shown(session.applyWholly(line, on: NoFiles()))
  }

  /// The same with the work done in chunks of so many events.
  mutating func say(_ line: String, events: Int) -> [String] {
    var turn = session.apply(line, on: NoFiles())
    while case .working = turn { turn = session.resume(events: events) }
    guard case .done(let effects) = turn else { return [] }
    return shown(effects)
  }

  /// The result of a line for the machine interface; nil if it is a mistake.
  mutating func result(of line: String) -> JSON? {
    for case .show(let output) in session.applyWholly(line, on: NoFiles()) { return output.result }
    return nil
  }

  /// Says some lines and forgets what comes.
  mutating func prepare(_ lines: [String]) {
    for line in lines { _ = say(line) }
  }

  private func shown(_ effects: [Session.Effect]) -> [String] {
    effects.flatMap { effect -> [String] in
      switch effect {
      case .show(let output): output.plainLines
      case .fail(let mistake, let source): mistake.lines(source: source)
      case .quit: []
      }
    }
  }
}

/// A host without files.
private struct NoFiles: Host {
  func read(_ path: String) throws(HostError) -> [UInt8] {
    throw HostError("there is no file \(path)")
  }

  func write(_ bytes: [UInt8], to path: String) throws(HostError) {}

  func list(_ folder: String) -> [String] { [] }
}

extension JSON {
  /// The value of a key; nil when this is no object or has none.
  subscript(_ key: String) -> JSON? {
    guard case .object(let members) = self else { return nil }
    return members.first { $0.key == key }?.value
  }

  /// The keys in order; empty when this is no object.
  var keys: [String] {
    guard case .object(let members) = self else { return [] }
    return members.map(\.key)
  }

  /// The values; empty when this is no array.
  var values: [JSON] {
    guard case .array(let values) = self else { return [] }
    return values
  }
}

/// Says the lines of a transcript anew and compares what comes.
func expectTranscript(
  _ transcript: String, _ location: SourceLocation = #_sourceLocation
) {
  var talk = SeeingTalk()
  let inputs = transcript.split(separator: "\n").filter { $0.hasPrefix("cloud> ") }
  let said = inputs.flatMap { [String($0)] + talk.say(String($0.dropFirst(7))) }
  let lines = transcript.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
  for (index, line) in lines.enumerated() where index >= said.count || said[index] != line {
    let now = index < said.count ? said[index] : "nothing"
    Issue.record("line \(index + 1): expected\n\(line)\nbut got\n\(now)", sourceLocation: location)
    return
  }
  #expect(said.count == lines.count, sourceLocation: location)
}
