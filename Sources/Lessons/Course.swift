public import Notebook

/// The lessons found in some folders.
///
/// Making one only lists the folders; a lesson is read when it is asked for.
public struct Course: Sendable {
  /// The paths of the lessons, by file name; a name that two folders have counts once, where it
  /// was found first.
  public let paths: [String]

  /// Lists folders; the first one wins where two have a file of the same name.
  public init(folders: [String], on host: any Host) {
    var found: [(name: String, path: String)] = []
    for folder in folders {
      for name in host.list(folder) where name.hasSuffix(".md") && !name.hasPrefix("README") {
        if found.contains(where: { $0.name == name }) { continue }
        found.append((name, folder.hasSuffix("/") ? folder + name : "\(folder)/\(name)"))
      }
    }
    paths = found.sorted { $0.name < $1.name }.map(\.path)
  }

  /// All lessons that can be read.
  public func lessons(on host: any Host) -> [Lesson] {
    paths.compactMap { path in (try? host.read(path)).map { Lesson($0, path: path) } }
  }

  /// What may be typed for a lesson.
  var candidates: [Candidate] {
    paths.map { path in
      let name = FileName(path)
      return Candidate(name.number.isEmpty ? name.slug : name.number, name.slug)
    }
  }

  /// The lesson that a word means: a number, the start of a slug, an id, or a file.
  ///
  /// - Throws: when there is none, or a word could mean two.
  func lesson(_ word: String, on host: any Host) throws(HostError) -> Lesson {
    if let path = try path(of: word) { return Lesson(try host.read(path), path: path) }
    if let lesson = lessons(on: host).first(where: { $0.id == word }) { return lesson }
    if word.hasSuffix(".md") || word.contains("/") {
      return Lesson(try host.read(word), path: word)
    }
    throw HostError("there is no lesson \(word)")
  }

  private func path(of word: String) throws(HostError) -> String? {
    if let number = Int(word) { return paths.first { Int(FileName($0).number) == number } }
    let slugs = paths.map {
      (path: $0, slug: FileName($0).slug, file: $0.split(separator: "/").last ?? "")
    }
    let exact = slugs.first { $0.slug == word || $0.file == word || $0.file == "\(word).md" }
    if let exact { return exact.path }
    let fitting = slugs.filter { $0.slug.hasPrefix(word) || $0.file.hasPrefix(word) }
    if fitting.count > 1 {
      let names = fitting.map(\.slug).joined(separator: " or ")
      throw HostError("\(word) may mean \(names)")
    }
    return fitting.first?.path
  }
}
