#if canImport(Darwin)
import Darwin
#else
import Glibc
#endif

/// A file that cells are only ever appended to, by any number of sessions at once.
///
/// Each cell is one `write` to a file opened for appending, and is in the system's hands when that
/// returns: killing the process loses nothing. Each opens the path anew and locks the file, because
/// a session that starts may replace it by a shorter one.
package struct HistoryFile {
  /// What could not be done to the file.
  package struct Failure: Error {
    /// A sentence for the user.
    package let message: String
  }

  /// The most that is read of a file, from its end.
  private static let window = 64 << 20

  private let path: String

  /// The file at a path; its folders are made when they are needed.
  package init(path: String) { self.path = path }

  /// The newest cells, oldest first; damaged lines are skipped.
  package func load(limit: Int) throws(Failure) -> [String] {
    guard let file = try descriptor(O_RDONLY) else { return [] }
    defer { close(file) }
    return try lines(of: file).suffix(limit).compactMap { HistoryRecord.decode($0) }
  }

  /// Replaces a file of more than twice as many lines by one that holds the newest cells.
  package func cut(to limit: Int) throws(Failure) {
    guard let file = try descriptor(O_RDONLY) else { return }
    defer { close(file) }
    lock(file)
    let lines = try lines(of: file)
    guard isCurrent(file), lines.count > 2 * limit else { return }
    try replace(with: lines.suffix(limit).compactMap { HistoryRecord.decode($0) })
  }

  private func lines(of file: Int32) throws(Failure) -> [ArraySlice<UInt8>] {
    try contents(of: file).split(separator: UInt8(ascii: "\n"))
  }

  /// Adds a cell at the end.
  package func append(_ entry: String) throws(Failure) {
    try append(HistoryRecord.encode(entry))
  }

  /// Opens the path again if the file was replaced before it was locked; not for ever, since on some
  /// file systems no two looks see the same file.
  private func append(_ bytes: [UInt8]) throws(Failure) {
    for attempt in 0..<10 {
      guard let file = try descriptor(O_RDWR | O_APPEND | O_CREAT) else { return }
      defer { close(file) }
      lock(file)
      guard isCurrent(file) || attempt == 9 else { continue }
      return try put(isTorn(file) ? [UInt8(ascii: "\n")] + bytes : bytes, into: file)
    }
  }

  /// Replaces the file, which is locked, by one that holds `entries`.
  private func replace(with entries: [String]) throws(Failure) {
    let target = realPath
    let draft = target + ".\(getpid())"
    let new = open(draft, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
    guard new >= 0 else { throw failure("write") }
    defer { close(new) }
    do throws(Failure) {
      try put(entries.flatMap { HistoryRecord.encode($0) }, into: new)
      guard fsync(new) == 0, rename(draft, target) == 0 else { throw failure("replace") }
    } catch {
      unlink(draft)
      throw error
    }
  }

  // MARK: Descriptors

  /// The file, opened; nil if there is none and it is not to be made.
  ///
  /// It is opened without waiting, which a pipe of that name would otherwise make us do.
  private func descriptor(_ flags: Int32) throws(Failure) -> Int32? {
    if flags & O_CREAT != 0 { makeFolders() }
    let file = open(path, flags | O_CLOEXEC | O_NONBLOCK, 0o600)
    guard file >= 0 else {
      if errno == ENOENT, flags & O_CREAT == 0 { return nil }
      throw failure(flags & O_CREAT == 0 ? "read" : "write")
    }
    guard let status = status(file), status.st_mode & S_IFMT == S_IFREG else {
      close(file)
      throw Failure(message: "The history \(path) is not a file.")
    }
    return file
  }

  /// Keeps other sessions off until the file is closed; where there are no locks it does not.
  private func lock(_ file: Int32) { _ = flock(file, LOCK_EX) }

  private func makeFolders() {
    for (index, character) in zip(path.indices, path) where character == "/" {
      mkdir(String(path[..<index]), 0o700)
    }
  }

  /// The path behind symbolic links, which a replacement must leave alone.
  private var realPath: String {
    guard let real = realpath(path, nil) else { return path }
    defer { free(real) }
    return String(cString: real)
  }

  private func status(_ file: Int32) -> stat? {
    var status = stat()
    return fstat(file, &status) == 0 ? status : nil
  }

  private func isCurrent(_ file: Int32) -> Bool {
    var named = stat()
    guard let status = status(file), stat(path, &named) == 0 else { return true }
    return status.st_ino == named.st_ino && status.st_dev == named.st_dev
  }

  /// Whether the last line has no end, because somebody was cut off while writing.
  private func isTorn(_ file: Int32) -> Bool {
    guard let status = status(file), status.st_size > 0 else { return false }
    var byte: UInt8 = 0
    return pread(file, &byte, 1, status.st_size - 1) == 1 && byte != UInt8(ascii: "\n")
  }

  /// All that is in a file, or the end of it where that is too much.
  private func contents(of file: Int32) throws(Failure) -> [UInt8] {
    if let status = status(file), status.st_size > Self.window {
      lseek(file, status.st_size - off_t(Self.window), SEEK_SET)
    }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = read(file, &chunk, chunk.count)
      if count == 0 { return bytes }
      if count < 0 { throw failure("read") }
      bytes += chunk[..<count]
    }
  }

  private func put(_ bytes: [UInt8], into file: Int32) throws(Failure) {
    if write(file, bytes, bytes.count) < bytes.count { throw failure("write") }
  }

  private func failure(_ verb: String) -> Failure {
    Failure(message: "Cannot \(verb) the history \(path): \(String(cString: strerror(errno))).")
  }
}
