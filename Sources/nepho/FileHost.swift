import Notebook

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// The files of this machine.
struct FileHost: Host {
  func read(_ path: String) throws(HostError) -> [UInt8] {
    if let lesson = Self.builtInLesson(path) { return lesson }
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { throw failure("cannot be read", path) }
    defer { close(file) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = buffer.withUnsafeMutableBytes { platformRead(file, $0) }
      if count == 0 { return bytes }
      if count < 0 {
        if errno == EINTR { continue }
        throw failure("cannot be read", path)
      }
      bytes += buffer[..<count]
      if bytes.count > 1 << 30 { throw HostError("\(path) is larger than 1GiB") }
    }
  }

  func write(_ bytes: [UInt8], to path: String) throws(HostError) {
    makeFolders(of: path)
    var old = stat()
    let exists = stat(path, &old) == 0
    guard !exists || old.st_mode & S_IFMT == S_IFREG else {
      // A pipe or a device stays what it is.
      return try fill(path, with: bytes, O_WRONLY, naming: path)
    }
    // Beside the file, so that renaming it replaces the old one wholly or not at all.
    let target = exists ? realPath(path) : path
    let beside = "\(target).\(getpid()).new"
    do throws(HostError) {
      try fill(beside, with: bytes, O_WRONLY | O_CREAT | O_TRUNC, naming: path)
      if exists { chmod(beside, old.st_mode & 0o777) }
      guard rename(beside, target) == 0 else { throw failure("cannot be written", path) }
    } catch {
      unlink(beside)
      throw error
    }
  }

  private func fill(
    _ path: String, with bytes: [UInt8], _ flags: Int32, naming name: String
  ) throws(HostError) {
    let file = open(path, flags | O_CLOEXEC, 0o644)
    guard file >= 0 else { throw failure("cannot be written", name) }
    var rest = bytes[...]
    var isDone = true
    while isDone, !rest.isEmpty {
      let count = rest.withUnsafeBytes { platformWrite(file, $0) }
      if count < 0, errno == EINTR { continue }
      isDone = count > 0
      rest = rest.dropFirst(max(0, count))
    }
    // What is no file cannot be synchronised, which is no failure.
    isDone = isDone && (fsync(file) == 0 || errno == EINVAL)
    let problem = errno
    let isClosed = close(file) == 0
    guard isDone, isClosed else {
      if !isDone { errno = problem }
      throw failure("cannot be written", name)
    }
  }

  /// The path behind symbolic links, which stay.
  private func realPath(_ path: String) -> String {
    guard let real = realpath(path, nil) else { return path }
    defer { free(real) }
    return String(cString: real)
  }

  func list(_ folder: String) -> [String] {
    if folder == Self.builtIn { return Self.builtInLessons }
    guard let directory = opendir(folder) else { return [] }
    defer { closedir(directory) }
    var names: [String] = []
    while let entry = readdir(directory) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if !name.hasPrefix(".") { names.append(name) }
    }
    return names.sorted()
  }

  private func makeFolders(of path: String) {
    var folder = ""
    for part in path.split(separator: "/", omittingEmptySubsequences: false).dropLast() {
      folder += part + "/"
      if !part.isEmpty { mkdir(folder, 0o755) }
    }
  }

  private func failure(_ what: String, _ path: String) -> HostError {
    HostError("\(path) \(what): \(String(cString: strerror(errno)).lowercased())")
  }
}

/// The system's `read`, which has the name of a method here.
private func platformRead(_ file: Int32, _ buffer: UnsafeMutableRawBufferPointer) -> Int {
  read(file, buffer.baseAddress, buffer.count)
}

/// The system's `write`, which has the name of a method here.
func platformWrite(_ file: Int32, _ bytes: UnsafeRawBufferPointer) -> Int {
  write(file, bytes.baseAddress, bytes.count)
}
