import Cloud
import Notebook
import Synchronization

/// A session with every command, as a test talks to it.
struct Talk {
  var session: Session
  let disk = Disk()

  init(seed: UInt64 = 1) { session = Session(commands: Commands.all, seed: seed) }

  /// What the world comes to.
  var digest: UInt64 { session.world.digest }

  /// The inputs of the cells that led here.
  var inputs: [String] { session.cells.map(\.input) }

  /// Says a line and gives what is shown, mistakes with their carets.
  @discardableResult
  mutating func say(_ line: String) -> [String] {
    session.applyWholly(line, on: disk).flatMap(Self.shown)
  }

  /// Says lines one after another and gives what is shown for the last.
  @discardableResult
  mutating func say(all lines: [String]) -> [String] {
    var shown: [String] = []
    for line in lines { shown = say(line) }
    return shown
  }

  /// Says a line that goes on in chunks of so many events.
  @discardableResult
  mutating func say(_ line: String, inChunksOf events: Int) -> [String] {
    var turn = session.apply(line, on: disk)
    while case .working = turn { turn = session.resume(events: events) }
    guard case .done(let effects) = turn else { return [] }
    return effects.flatMap(Self.shown)
  }

  /// Says a line and stops it after so many chunks of so many events; nil if it was over before.
  mutating func stop(_ line: String, after chunks: Int, of events: Int) -> [String]? {
    var turn = session.apply(line, on: disk)
    for _ in 0..<chunks {
      guard case .working = turn else { return nil }
      turn = session.resume(events: events)
    }
    guard case .working = turn, case .done(let effects) = session.interrupt() else { return nil }
    return effects.flatMap(Self.shown)
  }

  /// The JSON of a line's answer; the mistake's sentence if it is one.
  mutating func result(of line: String) -> String {
    for effect in session.applyWholly(line, on: disk) {
      switch effect {
      case .show(let output): return output.result.text
      case .fail(let mistake, _): return mistake.message
      case .quit: continue
      }
    }
    return ""
  }

  /// Talks a whole transcript anew: the lines after each `cloud> ` as they come out now.
  static func transcript(_ transcript: String) -> String {
    var talk = Talk()
    return transcript.split(separator: "\n").filter { $0.hasPrefix("cloud> ") }
      .map { line in
        ([String(line)] + talk.say(String(line.dropFirst(7)))).joined(separator: "\n")
      }.joined(separator: "\n")
  }

  /// The JSON of a line's answer in a session that was told some others before.
  static func result(after lines: [String], of line: String) -> String {
    var talk = Talk()
    talk.say(all: lines)
    return talk.result(of: line)
  }

  /// A new session that has been told the inputs that led here.
  var replayed: Talk {
    var other = Talk(seed: session.firstSeed)
    other.say(all: inputs)
    return other
  }

  private static func shown(_ effect: Session.Effect) -> [String] {
    switch effect {
    case .show(let output): output.plainLines
    case .fail(let mistake, let source): mistake.lines(source: source, promptWidth: 7)
    case .quit: ["(quit)"]
    }
  }
}

/// Files in memory.
final class Disk: Host {
  private let files = Mutex<[String: [UInt8]]>([:])

  func put(_ text: String, at path: String) { files.withLock { $0[path] = Array(text.utf8) } }

  func text(at path: String) -> String? {
    files.withLock { $0[path] }.map { String(decoding: $0, as: UTF8.self) }
  }

  func read(_ path: String) throws(HostError) -> [UInt8] {
    guard let bytes = files.withLock({ $0[path] }) else {
      throw HostError("there is no file \(path)")
    }
    return bytes
  }

  func write(_ bytes: [UInt8], to path: String) throws(HostError) {
    if path.hasPrefix("/locked/") { throw HostError("\(path) cannot be written") }
    files.withLock { $0[path] = bytes }
  }

  func list(_ folder: String) -> [String] { files.withLock { $0.keys.sorted() } }
}

/// Dice that fall the same way for the same seed.
struct Dice {
  private var state: UInt64

  init(_ seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 }

  /// A number from 0 to below the bound.
  mutating func roll(_ bound: Int) -> Int {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return Int((mixed ^ (mixed >> 31)) % UInt64(max(1, bound)))
  }

  /// One of some values.
  mutating func pick<Value>(_ values: [Value]) -> Value { values[roll(values.count)] }
}
