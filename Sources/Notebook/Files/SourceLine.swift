/// A line of a file and the bytes that ended it.
struct SourceLine: Sendable, Equatable {
  let text: String
  let ending: String

  var raw: String { text + ending }
  var isBlank: Bool { text.utf8.allSatisfy { $0 == 0x20 || $0 == 0x09 } }

  /// Splits as CommonMark does: after LF, CR LF, or a CR alone.
  static func split(_ text: String) -> [SourceLine] {
    let bytes = Array(text.utf8)
    var lines: [SourceLine] = []
    var start = 0
    var position = 0
    while position < bytes.count {
      var next = position + 1
      if bytes[position] == 0x0D, next < bytes.count, bytes[next] == 0x0A { next += 1 }
      if bytes[position] == 0x0D || bytes[position] == 0x0A {
        lines.append(
          SourceLine(
            text: String(decoding: bytes[start..<position], as: UTF8.self),
            ending: String(decoding: bytes[position..<next], as: UTF8.self)))
        start = next
      }
      position = next
    }
    if start < bytes.count {
      lines.append(
        SourceLine(text: String(decoding: bytes[start...], as: UTF8.self), ending: ""))
    }
    return lines
  }

  /// The lines that joining by LF made a text of; no line at all makes an empty one.
  static func unjoined(_ text: String) -> [String] {
    text.isEmpty ? [] : split(text + "\n").map(\.text)
  }
}

extension Substring {
  /// Without the spaces and tabs at both ends.
  var withoutOuterBlanks: Substring {
    var rest = self
    while let first = rest.first, first == " " || first == "\t" { rest.removeFirst() }
    while let last = rest.last, last == " " || last == "\t" { rest.removeLast() }
    return rest
  }

  /// The first word and what follows it, both without blanks around them.
  var headAndRest: (head: Substring, rest: Substring) {
    let trimmed = withoutOuterBlanks
    let head = trimmed.prefix { $0 != " " && $0 != "\t" }
    return (head, trimmed[head.endIndex...].withoutOuterBlanks)
  }

  /// The column of its first character in the line it was cut from, from 1.
  var columnInLine: Int { base.distance(from: base.startIndex, to: startIndex) + 1 }
}
