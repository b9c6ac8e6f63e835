import Testing

#if canImport(Darwin)
import Darwin
#else
import Glibc
#endif

/// The program as the system starts it, in a folder of its own that is also its home.
struct Program {
  /// What a script came to.
  struct Outcome: Equatable {
    var status: Int32
    var output: String
    var errors: String
  }

  let folder: String

  init() throws {
    var template = Array("/tmp/nepho-program-XXXXXX".utf8CString)
    folder = String(cString: try #require(mkdtemp(&template)))
  }

  /// Where the build put the program: beside the tests.
  static var path: String {
    let arguments = CommandLine.arguments
    let bundle = arguments.first { $0.contains(".xctest") } ?? arguments[0]
    let parts = bundle.split(separator: "/", omittingEmptySubsequences: false)
    let folder = parts.prefix { !$0.hasSuffix(".xctest") }
    return folder.joined(separator: "/") + "/nepho"
  }

  /// `POSIX_SPAWN_SETSID`, which is not in every header.
  private static var ownSession: Int16 {
    #if canImport(Darwin)
    0x0400
    #else
    0x80
    #endif
  }

  /// Runs a shell script, in which `nepho` is the program, to its end.
  func sh(_ script: String, input: String = "") throws -> Outcome {
    try sh(script, input: Array(input.utf8))
  }

  /// Runs a shell script with bytes as its input.
  func sh(_ script: String, input: [UInt8]) throws -> Outcome {
    try write(input, to: "stdin")
    let lines = "ulimit -t 100; nepho() { \"$NEPHO\" \"$@\"; }\n" + script
    let process = try start(
      "/bin/sh", ["-c", lines],
      files: [(0, "stdin", O_RDONLY), (1, "stdout", O_WRONLY), (2, "stderr", O_WRONLY)])
    let status = try process.wait()
    return Outcome(status: status, output: try read("stdout"), errors: try read("stderr"))
  }

  /// Starts a program in the folder.
  func start(
    _ path: String, _ arguments: [String], files: [(Int32, String, Int32)], leads: Bool = false,
    environment: [String] = []
  ) throws -> Child {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    for (descriptor, name, mode) in files {
      let place = name.hasPrefix("/") ? name : "\(folder)/\(name)"
      let flags = mode == O_WRONLY ? O_WRONLY | O_CREAT | O_TRUNC : mode
      posix_spawn_file_actions_addopen(&actions, descriptor, place, flags, 0o644)
    }
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    // A test's thread blocks signals, and a program inherits that.
    var blocked = sigset_t()
    sigemptyset(&blocked)
    posix_spawnattr_setsigmask(&attributes, &blocked)
    let flags = Int16(POSIX_SPAWN_SETSIGMASK) | (leads ? Program.ownSession : 0)
    posix_spawnattr_setflags(&attributes, flags)
    let variables =
      ["NEPHO=\(Self.path)", "HOME=\(folder)", "PATH=/usr/bin:/bin", "LANG=C.UTF-8", "F=\(folder)"]
      + environment
    var process: pid_t = 0
    let failure = withStrings([path] + arguments) { arguments in
      withStrings(variables) { posix_spawn(&process, path, &actions, &attributes, arguments, $0) }
    }
    try #require(failure == 0)
    return Child(id: process)
  }

  func write(_ bytes: [UInt8], to name: String) throws {
    let file = try #require(fopen("\(folder)/\(name)", "w"))
    fwrite(bytes, 1, bytes.count, file)
    fclose(file)
  }

  func write(_ text: String, to name: String) throws { try write(Array(text.utf8), to: name) }

  func read(_ name: String) throws -> String {
    let file = try #require(fopen("\(folder)/\(name)", "r"))
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 4096)
    while true {
      let count = fread(&chunk, 1, chunk.count, file)
      if count == 0 { return String(decoding: bytes, as: UTF8.self) }
      bytes += chunk[..<count]
    }
  }
}

/// A process that was started.
struct Child {
  let id: pid_t

  /// Its exit status; of one that a signal ended, 128 and the signal.
  func wait() throws -> Int32 {
    var status: Int32 = 0
    var answer: pid_t
    repeat { answer = waitpid(id, &status, 0) } while answer < 0 && errno == EINTR
    try #require(answer == id)
    let signal = status & 0x7F
    return signal == 0 ? (status >> 8) & 0xFF : 128 + signal
  }
}

/// Passes strings as C takes lists of them.
private func withStrings<Result>(
  _ strings: [String], _ body: ([UnsafeMutablePointer<CChar>?]) -> Result
) -> Result {
  let copies = strings.map { strdup($0) }
  defer { for copy in copies { free(copy) } }
  return body(copies + [nil])
}
