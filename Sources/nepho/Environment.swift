#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// What the process was started with: variables, folders, the terminal.
enum Environment {
  /// A variable, or nil when it is not set or empty.
  static func variable(_ name: String) -> String? {
    guard let value = getenv(name), value[0] != 0 else { return nil }
    return String(cString: value)
  }

  /// Whether standard output is a terminal.
  static var isTerminal: Bool { isatty(1) == 1 }

  /// The columns of the terminal, or nil when standard output is none.
  static var columns: Int? { columns(of: 1) }

  /// The columns of the terminal that progress is shown on.
  static var progressColumns: Int? { columns(of: 2) }

  private static func columns(of descriptor: Int32) -> Int? {
    var size = winsize()
    guard isatty(descriptor) == 1, ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0
    else { return nil }
    return Int(size.ws_col)
  }

  /// Whether standard error is a terminal on which a line can be drawn over.
  static var drawsProgress: Bool { isatty(2) == 1 && hasCapableTerminal }

  private static var hasCapableTerminal: Bool { variable("TERM").map { $0 != "dumb" } ?? false }

  /// Whether colour is welcome: on a terminal that has it, unless `NO_COLOR` is set to something.
  static var wantsColor: Bool {
    isTerminal && variable("NO_COLOR") == nil && hasCapableTerminal
  }

  /// Whether characters beyond ASCII can be shown.
  static var isUnicode: Bool {
    let locale = variable("LC_ALL") ?? variable("LC_CTYPE") ?? variable("LANG")
    guard let locale else { return true }
    let name = locale.lowercased()
    return name.hasSuffix("utf-8") || name.hasSuffix("utf8") || name.contains("utf-8@")
      || !(name == "c" || name == "posix" || name.contains("iso8859") || name.contains("ascii"))
  }

  /// A file among the user's own, by the XDG rules: `$XDG_STATE_HOME`, else `~/.local/state`.
  static func stateFile(_ name: String) -> String? {
    if let folder = variable("XDG_STATE_HOME"), folder.hasPrefix("/") {
      return "\(folder)/nepho/\(name)"
    }
    return variable("HOME").map { "\($0)/.local/state/nepho/\(name)" }
  }

  /// Where lessons are: `$NEPHO_LESSONS`, then those that are part of the program.
  static var lessonFolders: [String] {
    (variable("NEPHO_LESSONS").map { [$0] } ?? []) + [FileHost.builtIn]
  }
}
