/// A number in prose that is checked like output: `` `2507 ms`<!--= rr.latency.p99 --> ``.
public struct ProseValue: Sendable, Equatable {
  /// What the prose says, without the backticks.
  public let text: String
  /// What it should be the value of.
  public let expression: FileExpression
  /// The line of the file, from 1.
  public let line: Int
  /// Where in its line `text` stands, in UTF-8 bytes.
  public let range: Range<Int>
  /// The line within its prose, from 0.
  let row: Int
}

extension ProseValue {
  private static let opening = Array("<!--=".utf8)
  private static let backslash = UInt8(ascii: "\\")
  private static let closing = Array("-->".utf8)

  /// Finds the values of one line.
  ///
  /// A code span that is longer quoted may show such a value without being one, so spans are
  /// matched as CommonMark does within the line.
  static func find(in text: String, line: Int, row: Int) -> [ProseValue] {
    let bytes = Array(text.utf8)
    var found: [ProseValue] = []
    var position = 0
    while let start = bytes[position...].firstIndex(of: Fence.backtick) {
      if bytes[..<start].reversed().prefix(while: { $0 == backslash }).count % 2 == 1 {
        position = start + 1
        continue
      }
      let length = bytes[start...].prefix { $0 == Fence.backtick }.count
      position = start + length
      guard let end = spanEnd(in: bytes, from: position, length: length) else { continue }
      let span = position..<end
      position = end + length
      guard bytes[position...].starts(with: opening) else { continue }
      let inside = position + opening.count
      guard let close = closingIndex(in: bytes, from: inside) else { break }
      let source = text.slice(inside..<close).withoutOuterBlanks
      found.append(
        ProseValue(
          text: String(text.slice(span)),
          expression: FileExpression(String(source), line: line, column: source.columnInLine),
          line: line, range: span, row: row))
      position = close + closing.count
    }
    return found
  }

  private static func spanEnd(in bytes: [UInt8], from start: Int, length: Int) -> Int? {
    var position = start
    while let next = bytes[position...].firstIndex(of: Fence.backtick) {
      let run = bytes[next...].prefix { $0 == Fence.backtick }.count
      if run == length { return next }
      position = next + run
    }
    return nil
  }

  private static func closingIndex(in bytes: [UInt8], from start: Int) -> Int? {
    bytes[start...].indices.first { bytes[$0...].starts(with: closing) }
  }

  static func canHold(_ text: String) -> Bool {
    guard let first = text.utf8.first, let last = text.utf8.last else { return false }
    return first != 0x20 && last != 0x20
      && text.utf8.allSatisfy { $0 != Fence.backtick && $0 != 0x0A && $0 != 0x0D }
  }
}

extension String {
  /// The part between two UTF-8 offsets.
  fileprivate func slice(_ range: Range<Int>) -> Substring {
    self[
      utf8.index(
        startIndex, offsetBy: range.lowerBound)..<utf8.index(
          startIndex, offsetBy: range.upperBound)]
  }
}
