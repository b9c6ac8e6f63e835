import CEdit
import Synchronization

#if canImport(Darwin)
import Darwin
#else
import Glibc
#endif

/// Ctrl-C and the other signals a terminal sends.
///
/// A handler sets a flag, for who computes, and writes the signal's number into a pipe, for who
/// waits. It is installed by the first reader that is made.
public enum Interrupts {
  private static let flag = Atomic<Bool>(false)

  /// The pipe's two ends; -1 where the system has no descriptor left, which `poll` ignores.
  private static let ends: (read: Int32, write: Int32) = {
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else { return (-1, -1) }
    for end in ends {
      _ = fcntl(end, F_SETFD, FD_CLOEXEC)
      _ = fcntl(end, F_SETFL, O_NONBLOCK)
    }
    return (ends[0], ends[1])
  }()

  /// Whether Ctrl-C was pressed since the last call; a cell that runs asks from time to time.
  public static func taken() -> Bool { flag.exchange(false, ordering: .relaxed) }

  /// Makes a write to a closed pipe an error instead of the end of the process.
  public static func ignoreBrokenPipes() { cedit_ignore(SIGPIPE) }

  static var isPending: Bool { flag.load(ordering: .relaxed) }

  /// The descriptor that is readable when a signal has come.
  static var descriptor: Int32 { ends.read }

  /// Installs the handler.
  ///
  /// Both globals are touched first: a handler must not be the one that initialises them. System
  /// calls restart, so that resizing never cuts off somebody's output; `poll` ends all the same.
  static func watch() {
    _ = isPending
    _ = descriptor
    for number in [SIGINT, SIGWINCH, SIGCONT] {
      cedit_watch(number) { number in
        let saved = errno
        if number == SIGINT { Interrupts.flag.store(true, ordering: .relaxed) }
        var byte = UInt8(truncatingIfNeeded: number)
        _ = write(Interrupts.ends.write, &byte, 1)
        errno = saved
      }
    }
  }

  /// The next signal that has come, if any; a Ctrl-C is taken once, here or there.
  static func next() -> Int32? {
    var byte: UInt8 = 0
    while read(ends.read, &byte, 1) == 1 {
      if Int32(byte) != SIGINT || taken() { return Int32(byte) }
    }
    return nil
  }

  /// Forgets what came while nobody read, else the Ctrl-C that stopped a cell cancels the next.
  static func forget() {
    while next() != nil {}
    _ = taken()
  }
}
