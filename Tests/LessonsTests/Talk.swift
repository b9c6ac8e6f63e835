import Cloud
import Display
import Lessons
import Notebook
import Synchronization

/// Files in memory.
final class Shelf: Host {
  private let files: Mutex<[String: String]>

  init(_ files: [String: String] = [:]) { self.files = Mutex(files) }

  subscript(path: String) -> String? {
    get { files.withLock { $0[path] } }
    set { files.withLock { $0[path] = newValue } }
  }

  func read(_ path: String) throws(HostError) -> [UInt8] {
    guard let text = self[path] else { throw HostError("\(path) cannot be read") }
    return Array(text.utf8)
  }

  func write(_ bytes: [UInt8], to path: String) throws(HostError) {
    files.withLock { $0[path] = String(decoding: bytes, as: UTF8.self) }
  }

  func list(_ folder: String) -> [String] {
    files.withLock { files in
      files.keys.filter { $0.hasPrefix(folder + "/") }.map {
        String($0.dropFirst(folder.count + 1))
      }
      .sorted()
    }
  }
}

/// Someone who learns: types lines and reads what comes.
struct Talk {
  let shelf: Shelf
  var session: Session

  /// Sits down before the lessons of a shelf; what was done before is in its progress file.
  init(_ shelf: Shelf) {
    self.shelf = shelf
    session = Session(commands: Commands.all + LessonCommands.all)
    session.guide = Classroom(folders: ["lessons"], progress: "progress.txt", on: shelf)
  }

  /// Types a line; the lines that come, without empty ones.
  @discardableResult
  mutating func say(_ line: String) -> [String] {
    session.applyWholly(line, on: shelf).flatMap { effect in
      switch effect {
      case .show(let output): output.plainLines
      case .fail(let mistake, _): ["error: \(mistake.message)"] + (mistake.help.map { [$0] } ?? [])
      case .quit: ["bye"]
      }
    }.filter { !$0.isEmpty }
  }

  /// Types lines; what comes after the last one.
  @discardableResult
  mutating func say(_ lines: [String]) -> [String] {
    lines.reduce([]) { _, line in say(line) }
  }

  var servers: Int { session.world.rented }

  var room: Classroom? { session.guide as? Classroom }

  /// What was noted about a page of the first lesson.
  func page(_ id: String) -> Logbook.Page? { room?.logbook.page(id, of: "desks") }
}
