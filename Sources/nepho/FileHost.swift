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
      let count = Glibc.read(file, &buffer, buffer.count)
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
    // Beside the file, so that renaming it replaces the old one wholly or not at all.
    makeFolders(of: path)
    let beside = "\(path).\(getpid()).new"
    let file = open(beside, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    guard file >= 0 else { throw failure("cannot be written", path) }
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else {
        let problem = failure("cannot be written", path)
        close(file)
        unlink(beside)
        throw problem
      }
      rest = rest.dropFirst(count)
    }
    guard fsync(file) == 0 || errno == EINVAL, close(file) == 0, rename(beside, path) == 0 else {
      let problem = failure("cannot be written", path)
      unlink(beside)
      throw problem
    }
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
