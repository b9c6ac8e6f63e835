import CEdit
import LineEditor
import Synchronization
import TestSupport
import Testing

#if canImport(Darwin)
import Darwin
#else
import Glibc
#endif

/// Somebody at a terminal: presses keys, looks at the screen, and gets the cells that were read.
///
/// The editor reads on a thread of its own. Nobody sleeps: keys are pressed when the screen shows
/// what they follow, and every look waits until it is true, or for ten seconds.
final class Typist {
  private(set) var screen: Screen
  /// The number of cells that were read.
  private var lines = 0
  private let master: Int32
  private let slave: Int32
  private let desk: Desk

  /// Sits down before an editor that reads cell after cell, each followed by `run`, which also
  /// gets the terminal.
  init(
    columns: Int = 40, rows: Int = 12, history: String? = nil,
    settings: String = "/dev/null",
    run: @escaping @Sendable (EditLine, Line, Int32) -> Void = { _, _, _ in }
  ) throws {
    setenv("TERM", "xterm", 1)
    setenv("EDITRC", settings, 1)
    (master, slave) = try Self.openTerminal()
    screen = Screen(columns: columns, rows: rows)
    let desk = Desk()
    self.desk = desk
    resize(columns: columns, rows: rows, raising: false)
    let terminal = slave
    desk.start {
      let editor = EditLine(
        name: "nepho", language: .test, history: History(path: history), input: terminal,
        output: terminal)
      guard let editor else { return desk.put(nil) }
      while true {
        let line = editor.next(prompt: Prompt("cloud> ", sgr: "32"))
        desk.put(line)
        run(editor, line, terminal)
        switch line {
        case .end, .failed: return
        case .cell, .cancelled: continue
        }
      }
    }
  }

  deinit {
    close(master)
    desk.join()
    close(slave)
  }

  /// Two ends of a pseudo-terminal, the second of which is the terminal.
  static func openTerminal() throws -> (Int32, Int32) {
    var master: Int32 = -1
    var slave: Int32 = -1
    try #require(cedit_open_terminal(&master, &slave) == 0)
    return (master, slave)
  }

  /// Presses keys.
  func type(_ keys: String) {
    var bytes = Array(keys.utf8)[...]
    while !bytes.isEmpty {
      let count = bytes.withUnsafeBytes { write(master, $0.baseAddress, $0.count) }
      guard count > 0 else { return }
      bytes = bytes.dropFirst(count)
    }
  }

  /// Pastes as a terminal does.
  func paste(_ text: String) { type("\u{1b}[200~\(text)\u{1b}[201~") }

  /// Makes the window another size.
  func resize(columns: Int, rows: Int, raising: Bool = true) {
    _ = cedit_set_size(master, Int32(columns), Int32(rows))
    screen.resize(columns: columns)
    if raising { kill(getpid(), SIGWINCH) }
  }

  /// Waits until the screen is as wanted; false if it never is.
  func sees(_ isWanted: (Screen) -> Bool) -> Bool {
    while !isWanted(screen) {
      guard look(orAt: nil) else { return false }
    }
    return true
  }

  /// Waits until the last rows of the screen are these.
  func sees(_ rows: String...) -> Bool {
    let isSeen = sees { Array($0.lines.suffix(rows.count)) == rows }
    if !isSeen { Issue.record("wanted \(rows), the screen is \(screen.lines)") }
    return isSeen
  }

  /// Waits for an editor that reads: what is typed before that, the terminal itself edits.
  func begins() -> Bool {
    sees { $0.readings == lines && $0.isPainted }
  }

  /// Puts a text on the screen behind the editor's back.
  func scribble(_ text: String) { _ = write(slave, text, text.utf8.count) }

  /// The next cell that was read; nil if there was none, or no editor.
  func line() -> Line? {
    while true {
      if let line = desk.take() {
        lines += 1
        return line
      }
      guard look(orAt: desk.bell) else { return nil }
    }
  }

  /// Looks at what has come; false if nothing does, or the terminal is gone.
  private func look(orAt other: Int32?) -> Bool {
    var waiting = [
      pollfd(fd: master, events: Int16(POLLIN), revents: 0),
      pollfd(fd: other ?? -1, events: Int16(POLLIN), revents: 0),
    ]
    var count: Int32
    repeat { count = poll(&waiting, 2, 10_000) } while count < 0 && errno == EINTR
    guard count > 0 else { return false }
    if waiting[0].revents != 0 {
      var bytes = [UInt8](repeating: 0, count: 4096)
      let length = read(master, &bytes, bytes.count)
      guard length > 0 else { return false }
      screen.feed(bytes[..<length])
    }
    return true
  }
}

/// Where an editor's thread puts the cells it has read.
private final class Desk: Sendable {
  private let lines = Mutex<[Line?]>([])
  private let thread = Mutex<pthread_t?>(nil)
  private let ends: (read: Int32, write: Int32)

  init() {
    var ends: [Int32] = [-1, -1]
    _ = pipe(&ends)
    self.ends = (ends[0], ends[1])
  }

  deinit {
    close(ends.read)
    close(ends.write)
  }

  /// Readable when a cell lies here.
  var bell: Int32 { ends.read }

  func put(_ line: Line?) {
    lines.withLock { $0.append(line) }
    _ = write(ends.write, [0], 1)
  }

  func take() -> Line?? {
    lines.withLock { lines in
      guard !lines.isEmpty else { return nil }
      var byte: UInt8 = 0
      _ = read(ends.read, &byte, 1)
      return lines.removeFirst()
    }
  }

  func start(_ body: @escaping @Sendable () -> Void) {
    let box = Unmanaged.passRetained(Body(body)).toOpaque()
    #if canImport(Darwin)
    var created: pthread_t?
    pthread_create(&created, nil, { run($0) }, box)
    #else
    var created = pthread_t()
    pthread_create(&created, nil, { run($0) }, box)
    #endif
    let identifier = created
    thread.withLock { $0 = identifier }
  }

  func join() {
    if let identifier = thread.withLock({ $0 }) { pthread_join(identifier, nil) }
  }
}

private final class Body: Sendable {
  let run: @Sendable () -> Void
  init(_ run: @escaping @Sendable () -> Void) { self.run = run }
}

private func run(_ box: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
  if let box { Unmanaged<Body>.fromOpaque(box).takeRetainedValue().run() }
  return nil
}

extension Language {
  /// A language with brackets, a few words, one that is bold, and one that hints.
  static var test: Language {
    Language(
      isComplete: { text in
        text.filter { $0 == "(" }.count <= text.filter { $0 == ")" }.count
      },
      complete: { text, cursor in
        let before = Array(text.unicodeScalars.prefix(cursor))
        let start = (before.lastIndex { $0 == " " || $0 == "\n" } ?? -1) + 1
        var word = String.UnicodeScalarView()
        word.append(contentsOf: before[start...])
        let words = [
          ("spawn", "rent servers"), ("send", "send requests"), ("日本", "Japan"), ("日光", "Nikko"),
          ("server-1", ""), ("server-2", ""), ("server-3", ""), ("lessons/", "a folder"),
        ]
        return Completions(
          start: start, candidates: words.filter { $0.0.hasPrefix(String(word)) })
      },
      highlight: { $0.hasPrefix("spawn") ? [(0..<5, "1"), (90..<99, "4")] : [] },
      hint: { $0 == "spawn" ? " 5 --cpu 2" : nil })
  }
}
