/// The flat `key: value` lines between two `---` lines at the top of a file.
///
/// Everything is kept as written, comments and order included; changing a value changes its line.
public struct FrontMatter: Sendable, Equatable {
  /// One `key: value` line.
  public struct Entry: Sendable, Equatable {
    /// The word before the colon.
    public let key: String
    /// What follows the colon, without the blanks around it.
    public let value: String
    /// The line of the file, from 1.
    public let line: Int
  }

  var lines: [SourceLine]

  /// Front matter of no lines at all, which is not written.
  public init() { lines = [] }

  /// Whether there is nothing, not even the `---` lines.
  public var isEmpty: Bool { lines.isEmpty }

  /// The entries in file order.
  public var entries: [Entry] {
    lines.enumerated().compactMap { index, line in
      Self.entry(line.text).map {
        Entry(key: String($0.key), value: String($0.value), line: index + 1)
      }
    }
  }

  /// The value of a key, the first if there are several; nil when absent.
  ///
  /// Setting replaces the line of the key, or adds one at the end; nil removes it. A line end
  /// inside a new value becomes a blank. A key that could not be read back is ignored.
  public subscript(key: String) -> String? {
    get { entries.first { $0.key == key }?.value }
    set { set(key, to: newValue) }
  }

  private mutating func set(_ key: String, to value: String?) {
    let old = entries.first { $0.key == key }.map { $0.line - 1 }
    guard let value else {
      if let old { lines.remove(at: old) }
      return
    }
    let text = "\(key): " + SourceLine.split(value).map(\.text).joined(separator: " ")
    guard Self.entry(text)?.key == key[...] else { return }
    if lines.isEmpty {
      lines = Array(repeating: SourceLine(text: Self.mark, ending: "\n"), count: 2)
    }
    let ending = lines.first.map(\.ending) ?? "\n"
    let line = SourceLine(text: text, ending: ending.isEmpty ? "\n" : ending)
    if let old {
      lines[old] = line
    } else {
      let close = lines.dropFirst().lastIndex { Self.isMark($0.text) }
      lines.insert(line, at: close ?? lines.endIndex)
    }
  }
}

extension FrontMatter {
  static let mark = "---"

  static func isMark(_ line: String) -> Bool {
    line.hasPrefix(mark) && line.dropFirst(3).allSatisfy { $0 == " " || $0 == "\t" }
  }

  static func entry(_ line: String) -> (key: Substring, value: Substring)? {
    guard let colon = line.firstIndex(of: ":") else { return nil }
    let key = line[..<colon]
    guard let first = key.first, first.isASCII, first.isLetter, key.allSatisfy(isKeyCharacter)
    else { return nil }
    let value = line[line.index(after: colon)...]
    guard value.isEmpty || value.first == " " || value.first == "\t" else { return nil }
    return (key, value.withoutOuterBlanks)
  }

  static func isKeyCharacter(_ character: Character) -> Bool {
    character.isASCII
      && (character.isLetter || character.isNumber || character == "-" || character == "_")
  }

  /// Reads the front matter that these lines begin with, if they do.
  ///
  /// A `---` that no `key: value` line follows is a thematic break of somebody else's file.
  init(_ source: [SourceLine], problems: inout [FileProblem]) {
    self.init()
    guard let first = source.first, Self.isMark(first.text), source.count > 1,
      let start = source.dropFirst().first(where: { $0.text.first != "#" }),
      Self.entry(start.text) != nil || Self.isMark(source[1].text)
    else { return }
    if let close = source.dropFirst().firstIndex(where: { Self.isMark($0.text) }) {
      lines = Array(source[...close])
    } else {
      lines = [first]
      lines += source.dropFirst().prefix { $0.text.first == "#" || Self.entry($0.text) != nil }
      problems.append(
        FileProblem(
          line: 1, column: 1, message: "the front matter is not closed by a line `---`",
          suggestion: Self.mark))
    }
    report(to: &problems)
  }

  private func report(to problems: inout [FileProblem]) {
    var seen: [Substring] = []
    for (index, line) in lines.enumerated() where !Self.isMark(line.text) && !line.isBlank {
      let text = line.text[...].withoutOuterBlanks
      if let key = Self.entry(line.text)?.key {
        if seen.contains(key) {
          problems.append(
            FileProblem(line: index + 1, column: 1, message: "the key `\(key)` is there twice"))
        }
        seen.append(key)
      } else if text.first != "#" {
        problems.append(
          FileProblem(
            line: index + 1, column: text.columnInLine,
            message: "a line of front matter is `key: value`",
            suggestion: Self.repaired(text)))
      }
    }
  }

  /// `seed 7` and `seed = 7` are meant as `seed: 7`; anything else may become a comment.
  private static func repaired(_ text: Substring) -> String {
    let key = text.prefix(while: isKeyCharacter)
    let value = text[key.endIndex...].drop { " \t:=".contains($0) }
    let candidate = "\(key): \(value)"
    let isSimple = !value.isEmpty && !value.contains(" ") && entry(candidate) != nil
    return isSimple ? candidate : "# \(text)"
  }
}
