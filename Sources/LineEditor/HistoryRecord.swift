/// One cell of a history as a line of a file: a checksum, a blank, and the text with backslash and
/// line ends escaped, so that whatever happens to a line harms that line alone.
package enum HistoryRecord {
  /// The line of a cell, newline included.
  package static func encode(_ entry: String) -> [UInt8] {
    var text: [UInt8] = []
    for byte in entry.utf8 {
      switch byte {
      case UInt8(ascii: "\\"): text += Array(#"\\"#.utf8)
      case UInt8(ascii: "\n"): text += Array(#"\n"#.utf8)
      case UInt8(ascii: "\r"): text += Array(#"\r"#.utf8)
      default: text.append(byte)
      }
    }
    return Array(checksum(text).utf8) + [UInt8(ascii: " ")] + text + [UInt8(ascii: "\n")]
  }

  /// The cell of a line without its newline; nil for a damaged line.
  package static func decode(_ line: ArraySlice<UInt8>) -> String? {
    guard line.count > 9, line[line.startIndex + 8] == UInt8(ascii: " ") else { return nil }
    let text = line.dropFirst(9)
    guard line.prefix(8).elementsEqual(checksum(text).utf8) else { return nil }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.count)
    var isEscaped = false
    for byte in text {
      switch (isEscaped, byte) {
      case (false, UInt8(ascii: "\\")):
        isEscaped = true
        continue
      case (true, UInt8(ascii: "n")): bytes.append(UInt8(ascii: "\n"))
      case (true, UInt8(ascii: "r")): bytes.append(UInt8(ascii: "\r"))
      default: bytes.append(byte)
      }
      isEscaped = false
    }
    return isEscaped ? nil : String(validating: bytes, as: UTF8.self)
  }

  /// FNV-1a with 32 bits, in eight hexadecimal digits.
  private static func checksum(_ bytes: some Sequence<UInt8>) -> String {
    var sum: UInt32 = 0x811C_9DC5
    for byte in bytes { sum = (sum ^ UInt32(byte)) &* 0x0100_0193 }
    let digits = String(sum, radix: 16)
    return String(repeating: "0", count: 8 - digits.count) + digits
  }
}
