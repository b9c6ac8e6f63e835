import CEdit

#if canImport(Darwin)
import Darwin
#else
import Glibc
#endif

/// What the system knows about a terminal.
package enum Terminal {
  /// Whether a cell can be edited between two descriptors: both are a terminal that can move its
  /// cursor.
  static func canEdit(input: Int32, output: Int32) -> Bool {
    guard let kind = getenv("TERM").map({ String(cString: $0) }) else { return false }
    return !kind.isEmpty && kind != "dumb" && isatty(input) == 1 && isatty(output) == 1
  }

  /// Lets the C library treat text as UTF-8, whatever the environment says.
  ///
  /// Only characters: the other categories would change how numbers are read and written.
  package static func useUTF8() {
    for name in ["", "C.UTF-8", "en_US.UTF-8", "UTF-8"] {
      if setlocale(LC_CTYPE, name) != nil, String(cString: cedit_codeset()) == "UTF-8" { return }
    }
  }

  /// The width and height in cells; 80 by 24 where the terminal does not tell.
  static func size(_ terminal: Int32) -> (columns: Int, rows: Int) {
    var columns: Int32 = 80
    var rows: Int32 = 24
    _ = cedit_size(terminal, &columns, &rows)
    return (Int(columns), Int(rows))
  }

  /// Writes a text, past the buffers of the C library.
  static func send(_ text: String, to descriptor: Int32) {
    var bytes = Array(text.utf8)[...]
    while !bytes.isEmpty {
      let count = bytes.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
      if count < 0 && errno != EINTR { return }
      bytes = bytes.dropFirst(max(0, count))
    }
  }
}
