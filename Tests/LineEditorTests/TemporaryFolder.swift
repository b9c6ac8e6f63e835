import Testing

#if canImport(Darwin)
import Darwin
#else
import Glibc
#endif

/// A new folder, which goes with this value.
final class TemporaryFolder {
  private let root: String

  init() throws {
    var template = Array("/tmp/nepho-tests-XXXXXX".utf8CString)
    root = String(cString: try #require(mkdtemp(&template)))
  }

  deinit {
    for name in names { unlink(path(name)) }
    rmdir(root)
  }

  /// The files that are in it.
  var names: [String] {
    guard let folder = opendir(root) else { return [] }
    defer { closedir(folder) }
    var names: [String] = []
    while let entry = readdir(folder)?.pointee {
      let name = withUnsafeBytes(of: entry.d_name) {
        String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
      }
      if name != "." && name != ".." { names.append(name) }
    }
    return names.sorted()
  }

  func path(_ name: String) -> String { root + "/" + name }

  func write(_ text: String, to name: String) throws {
    let file = try #require(fopen(path(name), "w"))
    fwrite(text, 1, text.utf8.count, file)
    fclose(file)
  }

  func read(_ name: String) throws -> [UInt8] {
    let file = try #require(fopen(path(name), "r"))
    defer { fclose(file) }
    var bytes: [UInt8] = []
    while true {
      let byte = fgetc(file)
      guard byte >= 0 else { return bytes }
      bytes.append(UInt8(truncatingIfNeeded: byte))
    }
  }
}
