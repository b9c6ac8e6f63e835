/// A word of a line and where it stands.
public struct Word: Hashable, Sendable {
  /// What was typed, without quotation marks.
  public var text: String

  /// Its columns in Characters, quotation marks included.
  public var range: Range<Int>

  /// Whether it was in quotation marks, and so is never a flag.
  public var isQuoted: Bool

  /// Whether it is a `--flag`.
  var isFlag: Bool {
    !isQuoted && text.hasPrefix("--") && text.dropFirst(2).first?.isLetter == true
  }
}

/// Splits a cell into words.
///
/// Blanks part words, except inside `( )`, `[ ]` and quotation marks. `#` at the start of a word begins
/// a comment up to the end of the line. An open bracket or a trailing `\` continues the cell.
public struct Lexer: Sendable {
  /// The words in order.
  public private(set) var words: [Word] = []

  /// Where the comments are.
  public private(set) var comments: [Range<Int>] = []

  /// What does not close or was never opened; harmless inside free text.
  public private(set) var problems: [Diagnostic] = []

  /// Whether the cell goes on in the next line.
  public private(set) var isOpen = false

  let source: Source
  private var position = 0

  /// Reads a cell.
  public init(_ text: String) {
    source = Source(text)
    while position < source.count { step() }
  }

  /// Whether a cell can be run as it stands.
  public static func isComplete(_ text: String) -> Bool { !Lexer(text).isOpen }

  /// The commands of a cell of several lines, those without words left out.
  public static func commands(in text: String) -> [String] {
    var commands: [String] = []
    var pending = ""
    for line in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
      pending += pending.isEmpty ? String(line) : "\n" + line
      let lexer = Lexer(pending)
      if lexer.isOpen { continue }
      if !lexer.words.isEmpty { commands.append(pending) }
      pending = ""
    }
    if !Lexer(pending).words.isEmpty { commands.append(pending) }
    return commands
  }

  private var current: Character { source.characters[position] }

  private mutating func step() {
    if current.isWhitespace {
      position += 1
    } else if current == "#" {
      comment()
    } else if !continuation() {
      word()
    }
  }

  private mutating func comment() {
    let start = position
    while position < source.count, !current.isNewline { position += 1 }
    comments.append(start..<position)
  }

  /// Skips a backslash that ends a line.
  private mutating func continuation() -> Bool {
    guard current == "\\" else { return false }
    let next = position + 1
    if next == source.count {
      isOpen = true
    } else if !source.characters[next].isNewline {
      return false
    }
    position = min(next + 1, source.count)
    return true
  }

  private mutating func word() {
    let start = position
    let isQuoted = current == "\""
    var text = ""
    var open: [Int] = []
    misspeltDash()
    while position < source.count {
      if open.isEmpty {
        if current.isWhitespace { break }
        if current == "\\", continuation() { break }
        if current == "\"" {
          text += quotation()
          continue
        }
      } else if current == "#", source.characters[position - 1].isWhitespace {
        comment()
        continue
      }
      bracket(&open)
      typographicQuote()
      text.append(current.isNewline ? " " : current)
      position += 1
    }
    words.append(Word(text: text, range: start..<position, isQuoted: isQuoted))
    guard let last = open.last else { return }
    isOpen = true
    let closers = open.reversed().map { source.characters[$0] == "(" ? ")" : "]" }.joined()
    problems.append(
      Diagnostic(
        "\(String(source.characters[last]).quoted) is never closed", at: last..<last + 1,
        suggestion: source.replacing(position..<position, with: closers)))
  }

  private mutating func bracket(_ open: inout [Int]) {
    switch current {
    case "(", "[": open.append(position)
    case ")", "]":
      let opener: Character = current == ")" ? "(" : "["
      if let last = open.last, source.characters[last] == opener {
        open.removeLast()
      } else {
        problems.append(
          Diagnostic(
            "nothing opens this \(String(current).quoted)", at: position..<position + 1,
            suggestion: source.replacing(position..<position + 1, with: "")))
      }
    default: break
    }
  }

  /// Reads `"…"`, in which `\"` and `\\` stand for themselves.
  private mutating func quotation() -> String {
    let start = position
    var text = ""
    position += 1
    while position < source.count, !current.isNewline {
      if current == "\"" {
        position += 1
        return text
      }
      let next = position + 1
      if current == "\\", next < source.count, "\"\\".contains(source.characters[next]) {
        position = next
      }
      text.append(current)
      position += 1
    }
    problems.append(
      Diagnostic(
        "the quotation mark is never closed", at: start..<start + 1,
        suggestion: source.replacing(position..<position, with: "\"")))
    return text
  }

  /// Notes a dash that a word processor made of `--`.
  private mutating func misspeltDash() {
    let next = position + 1
    guard "–—".contains(current), next < source.count, source.characters[next].isLetter else {
      return
    }
    problems.append(
      Diagnostic(
        "a flag begins with two hyphens, not with '\(current)'", at: position..<next,
        suggestion: source.replacing(position..<next, with: "--")))
  }

  private mutating func typographicQuote() {
    guard "“”„".contains(current), problems.isEmpty else { return }
    let straight = String(source.characters.map { "“”„".contains($0) ? "\"" : $0 })
    problems.append(
      Diagnostic(
        "'\(current)' is a typographic quotation mark", at: position..<position + 1,
        suggestion: straight))
  }
}
