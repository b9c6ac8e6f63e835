import CEdit
import TestSupport
import Testing

#if canImport(Darwin)
import Darwin
#else
import Glibc
#endif

/// Somebody who sits before the whole program at a terminal.
///
/// Nobody sleeps: every look waits until it is true, or for twenty seconds.
final class Seat {
  private(set) var screen: Screen
  let child: Child
  private let master: Int32
  /// Whether the program has ended and its status was asked for.
  private var isLeft = false

  init(_ program: Program, columns: Int = 80, rows: Int = 24, arguments: [String] = []) throws {
    var keyboard: Int32 = -1
    var slave: Int32 = -1
    try #require(cedit_open_terminal(&keyboard, &slave) == 0)
    master = keyboard
    defer { close(slave) }
    let terminal = String(cString: try #require(ttyname(slave)))
    _ = cedit_set_size(master, Int32(columns), Int32(rows))
    screen = Screen(columns: columns, rows: rows)
    // The first terminal that the leader of a session opens is the one it takes signals from.
    child = try program.start(
      Program.path, arguments,
      files: [(0, terminal, O_RDWR), (1, terminal, O_RDWR), (2, terminal, O_RDWR)], leads: true,
      environment: ["TERM=xterm"])
  }

  /// Ends a program that a failed test left behind, which else may outlive all tests.
  deinit {
    close(master)
    guard !isLeft else { return }
    kill(child.id, SIGKILL)
    _ = try? child.wait()
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

  /// Waits until a text is on the screen; false if it never is.
  func sees(_ text: String) -> Bool { sees { $0.contains { $0.contains(text) } } }

  /// Waits until the lines of the screen are as wanted; false if they never are.
  func sees(_ isWanted: ([String]) -> Bool) -> Bool {
    while !isWanted(screen.lines) {
      guard look() else { return false }
    }
    return true
  }

  /// Waits for an empty prompt on the last line.
  func isAsked() -> Bool { sees { $0.last == "cloud>" } }

  /// Reads to the end and gives the exit status; kills a program that says nothing and does not end.
  func leaves() throws -> Int32 {
    while look() {}
    if !isHungUp { kill(child.id, SIGKILL) }
    isLeft = true
    return try child.wait()
  }

  /// Whether nobody holds the terminal's other end.
  private var isHungUp: Bool {
    var waiting = pollfd(fd: master, events: 0, revents: 0)
    return poll(&waiting, 1, 0) == 1 && waiting.revents & Int16(POLLHUP) != 0
  }

  /// Looks at what has come; false if nothing does, or the terminal is gone.
  private func look() -> Bool {
    var waiting = pollfd(fd: master, events: Int16(POLLIN), revents: 0)
    var count: Int32
    repeat { count = poll(&waiting, 1, 20_000) } while count < 0 && errno == EINTR
    guard count > 0 else { return false }
    var bytes = [UInt8](repeating: 0, count: 4096)
    let length = read(master, &bytes, bytes.count)
    guard length > 0 else { return false }
    screen.feed(bytes[..<length])
    return true
  }
}
